import Accounting
import Events
import Postgres
import ReadModels

/// Brings the touched wallets' histories up to date and folds each once. Confined to one thread.
struct WalletFolding {
    private let ruleSet: any RuleSet.Type
    private var cache: WalletCache
    private let decoder = StoredEventDecoder()

    init(ruleSet: any RuleSet.Type, cachedEventLimit: Int) {
        self.ruleSet = ruleSet
        cache = WalletCache(eventLimit: cachedEventLimit)
    }

    /// Folds the touched wallets; those that are not cached are loaded first. `parked` are those that were parked
    /// before: the events that count of one that no longer is are all its effects.
    mutating func fold(
        _ touched: [TouchedWallet], parked: Set<WalletKey>, _ connection: PostgresConnection
    ) throws -> [FoldedWallet] {
        let cached = touched.map { cache.take($0.wallet) }
        var known = touched.indices.map { cached[$0] ?? WalletCache.Known(wallet: touched[$0].wallet) }
        let missing = touched.indices.filter { cached[$0] == nil }
        try WalletEventsTable.forEachEvent(of: missing.map { touched[$0].wallet }, connection) {
            (place, partition, entry) in
            decoder.read(entry, partition: partition, into: &known[missing[place]])
        }
        return touched.indices.map { place in
            let folded = fold(touched[place], &known[place], wasParked: parked.contains(touched[place].wallet))
            cache.put(known[place])
            return folded
        }
    }

    private func fold(
        _ touched: TouchedWallet, _ known: inout WalletCache.Known, wasParked: Bool
    ) -> FoldedWallet {
        var touched = touched
        known.poison = known.poison ?? touched.poison
        known.lastOffset = max(known.lastOffset, touched.lastOffset)
        touched.lastOffset = known.lastOffset
        var effects: [RecordedEvent] = []
        for event in touched.events where event.position.offset < known.poison?.offset ?? .max {
            if known.history.insert(event) { effects.append(event) }
        }
        if wasParked, known.poison == nil { effects = Array(known.history.events) }
        return FoldedWallet(touched: touched, outcome: outcome(of: known), effects: effects)
    }

    private func outcome(of known: WalletCache.Known) -> FoldedWallet.Outcome {
        do throws(FoldError) {
            let numbers = try ruleSet.fold(known.history)
            return numbers.isServable ? .numbers(numbers, poison: known.poison) : .empty(poison: known.poison)
        } catch {
            return .unfoldable(
                Poison(offset: known.lastOffset, code: error.code.rawValue, reason: error.description))
        }
    }
}

extension StoredEventDecoder {
    /// Adds a stored event; the first that cannot be decoded ends what counts.
    fileprivate func read(_ entry: EventChunk.Entry, partition: Int32, into known: inout WalletCache.Known) {
        known.lastOffset = max(known.lastOffset, entry.offset)
        guard known.poison == nil else { return }
        do {
            known.history.insert(try decode(entry, partition: partition))
        } catch {
            known.poison = Poison(offset: entry.offset, code: error.code.rawValue, reason: error.description)
        }
    }
}

extension WalletNumbers {
    /// Whether anything of the wallet's own history has arrived.
    fileprivate var isServable: Bool {
        completeness.transactions + completeness.refused + completeness.trash > 0 || completeness.coveredTo != nil
    }
}
