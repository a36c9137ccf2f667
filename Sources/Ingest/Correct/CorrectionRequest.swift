import Events

/// A correction that somebody asks for, or its undoing (design.md, I12).
struct CorrectionRequest: Sendable, Hashable {
    /// What is to be said.
    enum Change: Sendable, Hashable {
        /// Something about a token, or about its legs in one transaction.
        case make(Target)
        /// That an earlier correction no longer counts, by its command.
        case undo(String)
    }

    /// What is corrected, and to what.
    struct Target: Sendable, Hashable {
        /// Spam, basis or price.
        var kind: Correction.Target
        /// `on`, `off`, `zero`, `market`, or an amount in USD.
        var value: String
        /// The token.
        var asset: AssetName
        /// The transaction; nil for the token as a whole.
        var transaction: [UInt8]?
        /// The leg of the transaction; nil for all its legs of the token.
        var leg: UInt32?
    }

    /// Whose numbers are corrected.
    enum Scope: Sendable, Hashable {
        /// Those of one wallet.
        case wallet(WalletKey)
        /// Those of every wallet of the chain (nil: of any) whose history has it.
        case everywhere(Chain?)
    }

    /// What is to be said.
    var change: Change
    /// Of whom.
    var scope: Scope
    /// Who says so.
    var author: String
    /// Why.
    var reason: String

    /// Longest author and reason, in bytes.
    static let maximumTextByteCount = 1_000
}

extension CorrectionRequest.Target {
    /// Whether a standing correction says something about the same thing.
    func concerns(_ correction: Correction) -> Bool {
        correction.target == kind && correction.asset.isSame(as: asset) && correction.transaction == transaction
            && (correction.leg == nil || leg == nil || correction.leg == leg)
    }

    /// Throws `invalidCorrection` for a value that means nothing.
    func checkValue() throws(IngestError) {
        switch kind {
        case .spam:
            guard value == "on" || value == "off" else { throw IngestError(correction: "spam is on or off") }
            guard asset.address != nil else { throw IngestError(correction: "a chain's native coin is no spam") }
        case .basis:
            if value == "zero" || value == "market" { return }
            guard Self.amount(value) != nil else {
                throw IngestError(correction: "a basis is zero, market or an amount in USD, at least 0 and exact")
            }
            guard transaction != nil else {
                throw IngestError(
                    correction: "an amount is the cost of one lot: name the transaction that it was received in")
            }
        case .price:
            guard let price = Self.amount(value), price.coefficient > 0 else {
                throw IngestError(correction: "a price is an amount in USD for a whole unit, above 0 and exact")
            }
        }
    }

    /// An amount that fits the accounts: at least 0, below 10^20 USD; nil for anything else.
    private static func amount(_ text: String) -> DecimalNumber? {
        guard let number = try? DecimalNumber(text: text.utf8), !number.isNegative else { return nil }
        let wholeDigitCount = String(number.coefficient.magnitude).utf8.count + Int(number.exponent)
        return wholeDigitCount <= 20 ? number : nil
    }
}

extension AssetName {
    /// Whether both name one asset: a missing, an empty and an all-zero address are the chain's native coin.
    func isSame(as other: AssetName) -> Bool { self == other || isNative && other.isNative }

    private var isNative: Bool {
        switch self {
        case .absent, .empty: true
        case .address(let address): address.bytes.allSatisfy { $0 == 0 }
        case .unidentified: false
        }
    }
}

extension IngestError {
    /// A correction of what is not there, or of what is corrected already.
    init(correction description: String) { self.init(.invalidCorrection, description) }
}
