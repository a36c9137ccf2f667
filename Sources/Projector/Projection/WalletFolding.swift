import Accounting
import Events
import Postgres
import ReadModels

/// Brings the touched wallets' histories up to date and folds each once. Confined to one thread.
struct WalletFolding {
    private let ruleSet: any RuleSet.Type
    private var cache: WalletCache

    init(ruleSet: any RuleSet.Type, cachedEventLimit: Int) {
        self.ruleSet = ruleSet
        cache = WalletCache(eventLimit: cachedEventLimit)
    }

    /// Forgets all histories: what was folded has not been written.
    mutating func reset() { cache.removeAll() }

    /// Folds the touched wallets; those that are not cached are loaded in one round trip.
    mutating func fold(
        _ touched: [TouchedWallet], decoding: BatchGrouping, _ connection: PostgresConnection
    ) throws -> [FoldedWallet] {
        var known: [(history: WalletHistory, poison: Poison?)?] = touched.map { cache.take($0.wallet) }
        let missing = touched.indices.filter { known[$0] == nil }
        for place in missing { known[place] = (WalletHistory(wallet: touched[place].wallet), nil) }
        try WalletEventsTable.forEachEvent(of: missing.map { touched[$0].wallet }, connection) {
            (place, partition, entry) in
            do {
                known[missing[place]]?.history.insert(try decoding.decode(entry, partition: partition))
            } catch let error as EventDecodingError {
                let poison = Poison(offset: entry.offset, code: error.code.rawValue, reason: error.description)
                if known[missing[place]]?.poison == nil { known[missing[place]]?.poison = poison }
            }
        }
        return touched.indices.map { place in
            var (history, poison) = known[place] ?? (WalletHistory(wallet: touched[place].wallet), nil)
            for event in touched[place].events { history.insert(event) }
            poison = poison ?? touched[place].poison
            let outcome = outcome(of: history, poison: poison, lastOffset: touched[place].lastOffset)
            cache.put(history, poison: poison)
            return FoldedWallet(touched: touched[place], outcome: outcome)
        }
    }

    private func outcome(of history: WalletHistory, poison: Poison?, lastOffset: Int64) -> FoldedWallet.Outcome {
        if let poison { return .parked(poison) }
        do throws(FoldError) {
            let numbers = try ruleSet.fold(history)
            return numbers.isServable ? .numbers(numbers) : .empty
        } catch {
            return .parked(Poison(offset: lastOffset, code: error.code.rawValue, reason: error.description))
        }
    }
}

extension WalletNumbers {
    /// Whether anything of the wallet's own history has arrived.
    fileprivate var isServable: Bool {
        completeness.transactions + completeness.refused + completeness.trash > 0 || completeness.coveredTo != nil
    }
}
