import Accounting
import Events
import Postgres
import ReadModels
import Synchronization

/// Answers questions about the past and by other methods: folds the wallet's events on demand, one fold at a time
/// (design.md, Read API).
final class PastReader: Sendable {
    /// Bounds of folding.
    struct Limits: Sendable {
        /// Questions that may wait for the one that is being answered; more are refused with 503.
        var waitingCount = 8
        /// Events of a wallet beyond which it is not folded.
        var maximumEventCount: Int64 = 200_000
    }

    private let limits: Limits
    private let cache = PastCache()
    private let underWay = Mutex(0)
    /// Whose turn it is to fold: decoding and folding take a core and the wallet's memory.
    private let turn = Mutex(())

    init(limits: Limits = Limits()) { self.limits = limits }

    /// Takes a place among those that may wait; throws when there is none. Given back by `leave`.
    func enter() throws(APIError) {
        let isFull = underWay.withLock { count in
            if count > limits.waitingCount { return true }
            count += 1
            return false
        }
        if isFull { throw APIError(.overloaded, "too many questions about the past are waiting") }
    }

    /// Gives the place back.
    func leave() { underWay.withLock { $0 -= 1 } }

    /// A question that is answered from a fold; `purpose` must tell apart whatever `answer` makes of it.
    func question(
        _ purpose: String, of request: WalletRequest, _ selection: PastSelection, upTo pinned: LogPosition? = nil,
        answer: @escaping @Sendable (PastWallet) throws -> Answer
    ) -> Question {
        var asked = selection
        var last = pinned
        if case .position(let partition, let offset) = selection.knownAt {
            asked.knownAt = nil
            let position = LogPosition(topic: .walletTransactions, partition: partition, offset: offset)
            last = last.map { $0.offset < offset ? $0 : position } ?? position
        }
        let (part, end) = (asked, last)
        let candidates = cache.candidates(for: request.wallet, part)
        let values: [PostgresValue] = [
            .int64(end?.offset ?? .max), .int64(limits.maximumEventCount), .int64Array(candidates.map(\.offset)),
            .int32(candidates.first?.generation.number ?? 0), .int16(candidates.first?.chain.rawValue ?? 0),
        ]
        return request.question(purpose, lane: .slow, PastStatement.events, adding: values) { [self] found in
            if case .position(let partition, let offset) = selection.knownAt {
                try found.checkReach(partition: partition, offset: offset)
            }
            let fold = try fold(found, part, upTo: end, candidates)
            return try turn.withLock { _ in try answer(fold) }
        }
    }

    private func fold(
        _ found: FoundWallet, _ selection: PastSelection, upTo pinned: LogPosition?, _ candidates: [PastWallet]
    ) throws -> PastWallet {
        let column = WalletStatement.addedColumn
        let total = found.rows.isNull(row: 0, column: column) ? 0 : try found.rows.int64(row: 0, column: column)
        guard total <= limits.maximumEventCount else {
            throw APIError(
                .tooManyEvents,
                "the wallet has \(total) events, questions that fold it are answered up to "
                    + "\(limits.maximumEventCount)")
        }
        let newest = total == 0 ? 0 : try found.rows.int64(row: 0, column: column + 1)
        let offset = min(newest, pinned?.offset ?? .max)
        let known = candidates.first { fold in
            fold.generation == found.generation && fold.offset == offset && fold.wallet == found.figures.wallet
        }
        if let known {
            cache.keep(known)
            return known
        }
        let isEmpty = found.rows.isNull(row: 0, column: column + 3)
        let packed = isEmpty ? [] : try found.rows.bytes(row: 0, column: column + 3)
        let fold = try turn.withLock { _ in
            try PastFold.fold(
                packed, count: Int(total), of: found.figures, in: found.generation, upTo: offset, selection)
        }
        cache.keep(fold)
        return fold
    }
}

extension FoundWallet {
    /// Throws when a position is in another partition than the wallet's, or beyond what was appended.
    fileprivate func checkReach(partition: Int32, offset: Int64) throws {
        guard partition == figures.partition else {
            throw APIError.invalid(
                "known_at", "\(partition):\(offset)", mustBe: "in the wallet's partition, which is \(figures.partition)"
            )
        }
        let column = WalletStatement.addedColumn + 2
        let end = rows.isNull(row: 0, column: column) ? 0 : try rows.int64(row: 0, column: column)
        guard offset < end else {
            throw APIError.invalid(
                "known_at", "\(partition):\(offset)",
                mustBe: "not beyond the log, which is known up to "
                    + "\(partition):\(end - 1)")
        }
    }
}
