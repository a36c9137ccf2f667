/// The columns a ledger may have, by the names in its header (domain.md 12.1).
enum LedgerColumn: String, CaseIterable, Sendable {
    case time
    case chain
    case wallet
    case transaction
    case operation
    case direction
    case asset
    case quantity
    case sender
    case block
    case nonce
    case act
    case symbol
    case decimals
    case priceUSD = "price_usd"
    case valueUSD = "value_usd"
    case status
    case trash
    case note
    case source

    /// Whether the header must name it.
    var isRequired: Bool {
        switch self {
        case .time, .chain, .wallet, .transaction, .operation, .direction, .asset, .quantity: true
        default: false
        }
    }

    /// Longest cell, in bytes.
    var maximumByteCount: Int {
        switch self {
        case .note: 4096
        case .transaction: 128
        default: 256
        }
    }
}
