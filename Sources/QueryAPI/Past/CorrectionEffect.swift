import Accounting
import Events

/// A correction of a wallet's stream, in force or taken back (I12).
struct MadeCorrection: Sendable {
    /// The event that made it.
    let made: RecordedEvent
    let correction: Correction
    /// The event that took it back; nil while it is in force.
    let undone: RecordedEvent?

    /// All of a history, in the order of the log.
    static func all(in history: WalletHistory) -> [MadeCorrection] {
        var made: [(RecordedEvent, Correction)] = []
        var undoings: [String: RecordedEvent] = [:]
        for recorded in history.events {
            switch recorded.event.body {
            case .correctionMade(let correction): made.append((recorded, correction))
            case .correctionUndone(let correction):
                guard let command = correction.undoes else { continue }
                let earlier = undoings[command].map { $0.position.offset < recorded.position.offset } ?? false
                if !earlier { undoings[command] = recorded }
            default: break
            }
        }
        return made.sorted { $0.0.position.offset < $1.0.position.offset }.map { recorded, correction in
            MadeCorrection(made: recorded, correction: correction, undone: undoings[correction.command])
        }
    }
}

/// What a correction changes: the numbers with it less those without.
struct CorrectionEffect: Sendable {
    /// What it changes of one asset.
    struct Token: Sendable {
        let asset: Address
        let symbol: String
        let realised: Money?
        let total: Money?
        /// Whether it counts as spam with the correction and without it.
        let isSpam: (with: Bool, without: Bool)
    }

    /// Of the wallet's headline figures; nil where the difference leaves 128 bits.
    let realised: Money?
    let unrealised: Money?
    let total: Money?
    /// Assets of which it changes anything, by address.
    let tokens: [Token]

    /// Compares two folds of a wallet.
    init(with numbers: WalletNumbers, without others: WalletNumbers) {
        let (with, without) = (numbers.portfolio, others.portfolio)
        realised = try? with.realised.subtracting(without.realised)
        unrealised = try? with.unrealised.subtracting(without.unrealised)
        total = try? with.total.subtracting(without.total)
        let before = Dictionary(others.tokens.map { ($0.asset, $0) }, uniquingKeysWith: { first, _ in first })
        tokens = numbers.tokens.compactMap { token in
            let other = before[token.asset] ?? TokenFigures(asset: token.asset, symbol: "", decimals: token.decimals)
            guard token != other else { return nil }
            return Token(
                asset: token.asset, symbol: token.symbol, realised: try? token.realised.subtracting(other.realised),
                total: token.knownTotal.flatMap { total in
                    other.knownTotal.flatMap { try? total.subtracting($0) }
                },
                isSpam: (token.detail.isSpam, other.detail.isSpam))
        }
    }
}

extension TokenFigures {
    /// Realised plus the unrealised that is known; nil when it leaves 128 bits.
    fileprivate var knownTotal: Money? { try? realised.adding(unrealised ?? .zero) }
}
