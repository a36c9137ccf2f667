import Accounting
import Events

/// Histories of wallets touched lately, so that a hot wallet is not read back from the database with every batch. Valid
/// only while the partitions' epochs are held; whoever loses them must empty it.
struct WalletCache {
    private struct Entry {
        var history: WalletHistory
        /// The first stored event that cannot be decoded.
        var poison: Poison?
        var lastUse: UInt64
    }

    private var entries: [WalletKey: Entry] = [:]
    private var eventCount = 0
    private var clock: UInt64 = 0
    /// Events kept at most, over all wallets.
    let eventLimit: Int

    init(eventLimit: Int) { self.eventLimit = eventLimit }

    /// What is known of a wallet; nil when it must be loaded.
    mutating func take(_ wallet: WalletKey) -> (history: WalletHistory, poison: Poison?)? {
        guard let entry = entries.removeValue(forKey: wallet) else { return nil }
        eventCount -= entry.history.count
        return (entry.history, entry.poison)
    }

    /// Keeps a wallet's history, and forgets those unused for longest when there are too many events.
    mutating func put(_ history: WalletHistory, poison: Poison?) {
        guard history.count <= eventLimit / 2 else { return }
        clock += 1
        entries[history.wallet] = Entry(history: history, poison: poison, lastUse: clock)
        eventCount += history.count
        if eventCount > eventLimit { evict() }
    }

    /// Forgets everything.
    mutating func removeAll() {
        entries.removeAll()
        eventCount = 0
    }

    /// Halves the cache at once, so that sorting by use is paid rarely.
    private mutating func evict() {
        for (wallet, entry) in entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
            guard eventCount > eventLimit / 2 else { return }
            entries.removeValue(forKey: wallet)
            eventCount -= entry.history.count
        }
    }
}
