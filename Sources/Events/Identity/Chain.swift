/// A blockchain whose wallets are followed. The raw value is the one stored in tables (design.md, Types).
public enum Chain: Int16, Sendable, Hashable, CaseIterable, Comparable {
    case solana = 1
    case ethereum = 2
    case base = 3
    case binanceSmartChain = 4

    /// The chain's own name in keys, tables and answers; providers use the same (domain.md 6).
    public var name: String {
        switch self {
        case .solana: "solana"
        case .ethereum: "ethereum"
        case .base: "base"
        case .binanceSmartChain: "binance-smart-chain"
        }
    }

    /// Accepts every alias, ignoring case and surrounding blanks (domain.md 6); nil for any other chain.
    public init?(alias text: some StringProtocol) {
        let blanks: Set<Character> = [" ", "\t", "\n", "\r"]
        let trimmed = text.drop { blanks.contains($0) }
        let length = trimmed.reversed().drop { blanks.contains($0) }.count
        switch trimmed.prefix(length).lowercased() {
        case "solana", "sol": self = .solana
        case "ethereum", "eth": self = .ethereum
        case "base": self = .base
        case "binance", "bsc", "bnb", "binance-smart-chain", "binance smart chain": self = .binanceSmartChain
        default: return nil
        }
    }

    /// Whether addresses are 20 bytes written in hexadecimal.
    public var isEVM: Bool { self != .solana }

    /// Length of an address on this chain, in bytes.
    public var addressByteCount: Int { isEVM ? 20 : 32 }

    /// Orders by the stored number.
    public static func < (left: Chain, right: Chain) -> Bool { left.rawValue < right.rawValue }
}
