import Accounting
import Events
import Postgres
import ReadModels

/// Folds a wallet out of its packed events: pure, the same code as the projector's (I3).
enum PastFold {
    /// What the events come to, of which there are about `count`.
    static func fold(
        _ packed: [UInt8], count: Int, of figures: WalletFigures, in generation: Generation, upTo offset: Int64,
        _ selection: PastSelection
    ) throws -> PastWallet {
        let rules = try FoldingRules(generation)
        var stream = PastStream(wallet: figures.wallet, partition: figures.partition, count: count)
        try stream.read(packed, upTo: offset, selection)
        let history = selection.asOf.map { stream.history.asOf($0) } ?? stream.history
        let numbers = try rules.fold(history, method: selection.method)
        guard let body = StoredObject(WalletBody.render(numbers, wallet: figures.wallet)) else {
            throw PostgresError(.unexpectedShape, "a rendered body is no JSON object")
        }
        return PastWallet(
            figures: figures, generation: generation, selection: selection, offset: offset, history: history,
            numbers: numbers, body: body, tellings: stream.tellings,
            isDegraded: figures.isDegraded || stream.isDegraded)
    }
}

/// A wallet's events as they are decoded one after the other.
private struct PastStream {
    private(set) var history: WalletHistory
    private(set) var tellings: [Telling] = []
    private(set) var isDegraded = false
    private let partition: Int32
    private let decoder = EventDecoder()

    init(wallet: WalletKey, partition: Int32, count: Int) {
        history = WalletHistory(wallet: wallet)
        history.reserveCapacity(count)
        tellings.reserveCapacity(count)
        self.partition = partition
    }

    /// Reads chunks, each behind its length in four bytes. What follows an event that cannot be read does not count.
    mutating func read(_ packed: [UInt8], upTo offset: Int64, _ selection: PastSelection) throws {
        var rest = packed[...]
        while !rest.isEmpty {
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard rest.count >= 4 + length else {
                throw PostgresError(.unexpectedShape, "wallet_events ends within a chunk")
            }
            try EventChunk.unpack(rest.dropFirst(4).prefix(length)) { entry in
                if entry.offset <= offset, !isDegraded, Self.isKnown(entry, selection) { add(entry) }
            }
            rest = rest.dropFirst(4 + length)
        }
    }

    private static func isKnown(_ entry: EventChunk.Entry, _ selection: PastSelection) -> Bool {
        if case .time(let time) = selection.knownAt { entry.time <= time } else { true }
    }

    private mutating func add(_ entry: EventChunk.Entry) {
        guard let kind = EventKind(rawValue: entry.kind),
            let event = try? decoder.decode(kind: kind, entry.value.span.bytes)
        else {
            isDegraded = true
            return
        }
        let recorded = RecordedEvent(
            event: event,
            position: LogPosition(topic: .walletTransactions, partition: partition, offset: entry.offset),
            recordedAt: entry.time, source: entry.source)
        history.insert(recorded)
        tellings.append(Telling(recorded, chain: history.wallet.chain))
    }
}

extension WalletHistory {
    /// What had happened by then: transactions and observations up to that moment of the chain's time, and coverage as
    /// far as it reached. Commands and corrections are knowledge, which `known_at` is about.
    func asOf(_ moment: Int64) -> WalletHistory {
        filtered { recorded in
            switch recorded.event.body {
            case .transactionObserved(let transaction): transaction.minedAt <= moment ? recorded : nil
            case .transactionRefused(let transaction): transaction.minedAt ?? moment <= moment ? recorded : nil
            case .priceObserved(let price): price.time <= moment ? recorded : nil
            case .portfolioValued(let valuation): recorded.keeping(valuation, until: moment)
            case .coverageRecorded(let coverage): recorded.keeping(coverage, until: moment)
            default: recorded
            }
        }
    }

    /// The same history without one event.
    func without(_ position: LogPosition) -> WalletHistory { filtered { $0.position == position ? nil : $0 } }

    private func filtered(_ keep: (RecordedEvent) -> RecordedEvent?) -> WalletHistory {
        var history = WalletHistory(wallet: wallet)
        history.reserveCapacity(count)
        for recorded in events {
            if let kept = keep(recorded) { history.insert(kept) }
        }
        return history
    }
}

extension RecordedEvent {
    fileprivate func keeping(_ valuation: PortfolioValued, until moment: Int64) -> RecordedEvent? {
        var kept = valuation
        kept.entries.removeAll { $0.priceTime > moment }
        var recorded = self
        recorded.event.body = .portfolioValued(kept)
        return kept.entries.isEmpty ? nil : recorded
    }

    fileprivate func keeping(_ coverage: CoverageRecorded, until moment: Int64) -> RecordedEvent? {
        guard coverage.from <= moment else { return nil }
        var kept = coverage
        kept.to = min(coverage.to, moment)
        var recorded = self
        recorded.event.body = .coverageRecorded(kept)
        return recorded
    }
}
