import Accounting
import Events

/// Events of one wallet, recorded one after the other.
struct Stream {
    static let wallet = WalletKey(
        chain: .solana, address: Address(bytes: [UInt8](repeating: 7, count: 32))!)

    var wallet = Stream.wallet
    var records: [RecordedEvent] = []

    /// Appends a telling; its digest follows from revision and content seed, as far as tests care.
    mutating func append(_ body: Event.Body, revision: UInt64 = 1, digest: UInt8 = 0) {
        let offset = Int64(records.count)
        let bytes = [digest] + [UInt8](repeating: 0, count: 31)
        let event = Event(body: body, revision: revision, digest: Digest(bytes: bytes)!)
        let position = LogPosition(topic: .walletTransactions, partition: 0, offset: offset)
        records.append(RecordedEvent(event: event, position: position, recordedAt: offset, source: "test"))
    }

    func history(_ records: [RecordedEvent]? = nil) -> WalletHistory {
        var history = WalletHistory(wallet: wallet)
        for record in records ?? self.records { history.insert(record) }
        return history
    }

    func numbers() throws -> WalletNumbers { try R1.fold(history()) }
}

extension WalletNumbers {
    func token(_ asset: Address) throws -> TokenFigures { try require(tokens.first { $0.asset == asset }) }
}

extension Money {
    /// An amount of USD, exactly as written.
    init(_ text: String) throws { self = try Money(rounding: DecimalNumber(text: text.utf8)) }

    /// Whether the other amount differs by at most a billionth.
    func isClose(to expected: Money) -> Bool {
        let difference = Int128(units - expected.units).magnitude
        return difference * 1_000_000_000 <= expected.units.magnitude || units == expected.units
    }
}
