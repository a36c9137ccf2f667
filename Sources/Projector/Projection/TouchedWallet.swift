import Accounting
import Events
import ReadModels

/// What one batch of the log adds to one wallet.
struct TouchedWallet: Sendable {
    /// The wallet.
    let wallet: WalletKey
    /// Its partition of `wallet-transactions`.
    let partition: Int32
    /// Its records as they lie in the log, for `base.wallet_events`; none when an old wallet is folded again.
    var entries: [EventChunk.Entry] = []
    /// The records that could be decoded.
    var events: [RecordedEvent] = []
    /// The first record that could not.
    var poison: Poison?
    /// Offset of the newest record known of the wallet.
    var lastOffset: Int64 = -1

    /// Keeps the first poison: what comes after it may follow from it.
    mutating func notePoison(at offset: Int64, _ error: EventDecodingError) {
        guard poison == nil else { return }
        poison = Poison(offset: offset, code: error.code.rawValue, reason: error.description)
    }
}

/// Why a wallet is parked (I6).
struct Poison: Sendable, Hashable {
    /// The record at fault; for a fold the newest one.
    var offset: Int64
    /// A closed set, fit for metric labels.
    var code: String
    /// Safe for a log line and for users.
    var reason: String
}
