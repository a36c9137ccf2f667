import Accounting
import Events
import Foundation
import Ingest
import TestSupport

/// A figure of a file of expectations: a number as text or count, or null.
enum CaseFigure: Decodable {
    case text(String)
    case count(Int64)
    case none

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .none
        } else if let count = try? container.decode(Int64.self) {
            self = .count(count)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    /// The number; nil for null.
    var number: DecimalNumber? {
        get throws {
            switch self {
            case .text(let text): try DecimalNumber(cutting: text)
            case .count(let count): DecimalNumber(coefficient: Int128(count), exponent: 0)
            case .none: nil
            }
        }
    }
}

extension WalletHistory {
    /// A history of what a ledger or a page says about one wallet.
    init(
        _ wallet: WalletKey, transactions: [TransactionObserved], prices: [PriceObserved] = [],
        corrections: [Correction] = []
    ) {
        self.init(wallet: wallet)
        let bodies =
            transactions.map(Event.Body.transactionObserved) + prices.map(Event.Body.priceObserved)
            + corrections.map(Event.Body.correctionMade)
        for (offset, body) in bodies.enumerated() {
            let digest = Digest(bytes: [UInt8](repeating: 0, count: Digest.byteCount))!
            let event = Event(body: body, revision: 1, digest: digest)
            let position = LogPosition(topic: .walletTransactions, partition: 0, offset: Int64(offset))
            insert(RecordedEvent(event: event, position: position, recordedAt: 0, source: "test"))
        }
    }
}

extension Money {
    /// An amount of USD.
    init(_ number: DecimalNumber) throws { self = try Money(rounding: number) }

    /// Whether it is within a billionth of what is expected; 0 must be 0.
    func isClose(to expected: Money, absoluteUnits: Int128 = 0) -> Bool {
        let difference = (units - expected.units).magnitude
        return difference <= expected.units.magnitude / 1_000_000_000 || difference <= absoluteUnits.magnitude
    }
}

/// The files beside the package.
enum SharedFile {
    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: PackageRoot.shared(path))))
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from path: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: URL(filePath: PackageRoot.shared(path))))
    }
}

extension DecimalNumber {
    /// Reads a number of any length, cut off after 24 places: expectations are written with more digits than fit.
    init(cutting text: String) throws {
        guard let point = text.firstIndex(of: ".") else {
            self = try DecimalNumber(text: text.utf8)
            return
        }
        let end = text.index(point, offsetBy: 25, limitedBy: text.endIndex) ?? text.endIndex
        self = try DecimalNumber(text: text[..<end].utf8)
    }
}
