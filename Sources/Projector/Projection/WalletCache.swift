import Accounting
import Events

/// What is known of wallets touched lately, so that a hot wallet is not read back from the database with every batch.
/// Valid only while the partitions' epochs are held: it dies with its session.
struct WalletCache {
    /// One wallet's stream as far as it is projected.
    struct Known {
        /// The events that count, up to the poison.
        var history: WalletHistory
        /// The first stored event that cannot be decoded.
        var poison: Poison?
        /// Offset of the newest stored event.
        var lastOffset: Int64 = -1

        init(wallet: WalletKey) { history = WalletHistory(wallet: wallet) }
    }

    private var entries: [WalletKey: (known: Known, lastUse: UInt64)] = [:]
    private var eventCount = 0
    private var clock: UInt64 = 0
    /// Events kept at most, over all wallets.
    let eventLimit: Int

    init(eventLimit: Int) { self.eventLimit = eventLimit }

    /// What is known of a wallet; nil when it must be loaded.
    mutating func take(_ wallet: WalletKey) -> Known? {
        guard let entry = entries.removeValue(forKey: wallet) else { return nil }
        eventCount -= entry.known.history.count
        return entry.known
    }

    /// Keeps what is known of a wallet, and forgets those unused for longest when there are too many events.
    mutating func put(_ known: Known) {
        guard known.history.count <= eventLimit / 2 else { return }
        clock += 1
        eventCount += known.history.count
        entries[known.history.wallet] = (known, clock)
        if eventCount > eventLimit { evict() }
    }

    /// Halves the cache at once, so that sorting by use is paid rarely.
    private mutating func evict() {
        for (wallet, entry) in entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
            guard eventCount > eventLimit / 2 else { return }
            entries.removeValue(forKey: wallet)
            eventCount -= entry.known.history.count
        }
    }
}
