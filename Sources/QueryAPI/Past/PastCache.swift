import Events
import Synchronization

/// The last folds, by generation, wallet, position and question; what was used longest ago goes first.
final class PastCache: Sendable {
    /// Events that the folds kept may rest on together: what bounds the memory.
    static let maximumEventCount = 400_000
    /// Folds that are kept at most.
    static let maximumCount = 64

    private let entries = Mutex<[PastWallet]>([])

    /// Folds of an address for a question, all of one generation and chain: those of the last that was used. They are
    /// handed on with the question, so that none is lost meanwhile.
    func candidates(for wallet: WalletReference, _ selection: PastSelection) -> [PastWallet] {
        entries.withLock { entries in
            let found = entries.filter { $0.selection == selection && $0.isOf(wallet) }
            guard let last = found.last else { return [] }
            return found.filter { $0.generation == last.generation && $0.wallet == last.wallet }
        }
    }

    /// Keeps a fold, or moves one that was kept to the front.
    func keep(_ fold: PastWallet) {
        entries.withLock { entries in
            entries.removeAll { $0.isSame(as: fold) }
            entries.append(fold)
            var count = entries.reduce(0) { $0 + $1.tellings.count }
            while entries.count > 1, count > Self.maximumEventCount || entries.count > Self.maximumCount {
                count -= entries.removeFirst().tellings.count
            }
        }
    }
}

extension PastWallet {
    fileprivate func isOf(_ reference: WalletReference) -> Bool {
        wallet.address == reference.address && reference.chains.contains(wallet.chain)
    }

    fileprivate func isSame(as other: PastWallet) -> Bool {
        wallet == other.wallet && offset == other.offset && selection == other.selection
            && generation == other.generation
    }
}
