public import Events
import JSON

/// A decoded page: its transactions in the page's order.
public struct ZerionPage: Sendable {
    /// What became of a transaction.
    public enum Outcome: Sendable, Hashable {
        /// It was decoded.
        case observed(TransactionObserved)
        /// It was not, for the reason given.
        case refused(TransactionRefused)
    }

    /// One transaction of the page.
    public struct Entry: Sendable {
        /// The wallet's stream it belongs to; nil for a refused one whose wallet or chain nobody can tell.
        public internal(set) var stream: WalletKey?
        /// What became of it.
        public let outcome: Outcome

        let value: JSONValue

        /// The provider's own JSON of the transaction; shares the page's memory.
        public var payload: ArraySlice<UInt8> { value.rawText }
    }

    /// The transactions, newest first as Zerion delivers them.
    public internal(set) var transactions: [Entry] = []

    private let document: JSONDocument

    init(document: JSONDocument) { self.document = document }

    /// Bytes of the page.
    public var byteCount: Int { document.byteCount }
}

/// What the command line says about transactions that do not say it themselves.
public struct PageDefaults: Sendable, Hashable {
    /// The wallet's address as written; nil when none was given.
    public var wallet: String?
    /// The chain; nil when none was given.
    public var chain: Chain?

    /// Defaults for whole pages.
    public init(wallet: String? = nil, chain: Chain? = nil) {
        self.wallet = wallet
        self.chain = chain
    }
}

/// Why a text is no page at all, and where.
public struct PageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Safe for a log line: names the byte or the record, repeats nothing of the text.
    public let description: String
    /// Where, in bytes from the start; nil if unknown.
    public let byteOffset: Int?
    /// Which element of the list, from 0; nil when the text as a whole is at fault.
    public let record: Int?

    init(_ description: String, byteOffset: Int? = nil, record: Int? = nil) {
        self.description = byteOffset.map { "byte \($0): \(description)" } ?? description
        self.byteOffset = byteOffset
        self.record = record
    }

    init(_ error: JSONError) {
        description = "not JSON: \(error)"
        byteOffset = error.byteOffset
        record = nil
    }
}
