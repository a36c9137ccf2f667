import Events
import ReadModels

/// The summary columns of a `wallet_pnl` row: what lists show and what every answer about a wallet says around it.
struct WalletFigures: Sendable, Hashable {
    var wallet: WalletKey
    var total: Int128
    var realised: Int128
    var unrealised: Int128
    var invested: Int128
    var returned: Int128
    var trades: Int64
    var wins: Int64
    var losses: Int64
    var winRateMillionths: Int64
    var profitRatioMillionths: Int64
    var averageHoldMicroseconds: Int64
    var uniqueTokens: Int64
    var activeDays: Int64
    var oneSided: Int64
    var transactions: Int64
    var refused: Int64
    var analysedAt: Int64
    var timeframe: String?
    var transactionLimit: Int64?
    var isLimitHit: Bool
    var isDegraded: Bool
    var partition: Int32
    var lastOffset: Int64
    var writtenAt: Int64
    var isFavorited: Bool
    var isArchived: Bool

    /// The position of the wallet's last folded event, which is its version: `<partition>:<offset>`.
    var position: String { "\(partition):\(lastOffset)" }

    /// Everything the content of an answer follows from: the generation and what it was folded with (a database made
    /// anew counts generations anew), the wallet's version and when it was written, how this service renders, and what
    /// can change without a new version.
    func entityTag(in generation: Generation) -> String {
        let identity = "g\(generation.number)-\(generation.identity.ruleSet)-\(generation.identity.layoutVersion)"
        let version = "\(partition)-\(lastOffset)-\(writtenAt)"
        return "\(identity)-\(version)-\(Answer.renderingVersion)\(isDegraded ? "-degraded" : "")"
    }

    /// What stands around an answer about this wallet.
    func envelope(in generation: Generation) -> Envelope {
        Envelope(generation: generation, timestamp: writtenAt, position: position)
    }

    /// `analysed_at` is 0 as long as nothing is covered.
    var coveredTo: Int64? { analysedAt == 0 ? nil : analysedAt }
}
