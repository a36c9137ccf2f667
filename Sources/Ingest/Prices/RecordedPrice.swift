import Events
import JSON
import Runtime

/// A price observation as it lies in a `*.prices.json`: a list of
/// `{chain, address, time, price_usd, source, transaction_hash?}`.
struct RecordedPrice: Sendable, Hashable {
    /// The chain of the asset.
    var chain: Chain
    /// What the source said, ready for a wallet's stream.
    var observation: PriceObserved

    /// Longest name of a source, in bytes.
    static let maximumSourceByteCount = 64

    /// Reads a whole list; throws `PageError` that names the record and the field, since a list with a bad record is
    /// refused as a whole.
    static func list(in text: [UInt8], parser: inout JSONParser) throws(PageError) -> [RecordedPrice] {
        let document: JSONDocument
        do { document = try parser.parse(text) } catch { throw PageError(error) }
        guard let elements = try? document.root.elements() else {
            throw PageError("no list of prices", byteOffset: document.root.range.lowerBound)
        }
        var prices: [RecordedPrice] = []
        prices.reserveCapacity(document.root.count)
        for (record, element) in elements.enumerated() {
            do throws(Refusal) {
                prices.append(try RecordedPrice(element))
            } catch {
                throw PageError(
                    "record \(record) is refused, \(error.code.rawValue): \(error.detail)",
                    byteOffset: element.range.lowerBound, record: record)
            }
        }
        return prices
    }

    private init(_ record: JSONValue) throws(Refusal) {
        guard record.kind == .object else { throw Refusal(.wrongShape, "", record) }
        let chainText = try Self.text(record, "chain")
        guard let chain = Chain(alias: String(decoding: chainText, as: UTF8.self)) else {
            throw Refusal(.unknownChain, "chain", record.value(forKey: "chain"))
        }
        self.chain = chain
        guard let time = Timestamp.parse(try Self.text(record, "time")),
            ZerionTransactionReader.minedAtBounds.contains(time)
        else { throw Refusal(.invalidTime, "time", record.value(forKey: "time")) }
        let source = try Self.text(record, "source")
        guard (1...Self.maximumSourceByteCount).contains(source.count),
            source.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw Refusal(.wrongShape, "source", record.value(forKey: "source")) }
        guard let price = try ZerionFields.money(record, "price_usd") else {
            throw Refusal(.missingField, "price_usd")
        }
        observation = PriceObserved(
            asset: try Self.asset(record, on: chain), time: time, source: String(decoding: source, as: UTF8.self),
            transaction: try Self.transaction(record), price: price)
    }

    private static func text(_ record: JSONValue, _ key: StaticString) throws(Refusal) -> ArraySlice<UInt8> {
        guard let value = record.presentValue(forKey: key) else { throw Refusal(.missingField, "\(key)") }
        do { return try value.stringBytes() } catch { throw Refusal(.wrongShape, "\(key)", value) }
    }

    /// As in pages: a missing or null address and "" both mean the native coin.
    private static func asset(_ record: JSONValue, on chain: Chain) throws(Refusal) -> AssetName {
        guard let value = record.presentValue(forKey: "address") else { return .absent }
        guard let text = try? value.stringBytes() else { throw Refusal(.wrongShape, "address", value) }
        if text.isEmpty { return .empty }
        guard let address = Address(text: text, chain: chain) else { throw Refusal(.invalidAddress, "address", value) }
        return .address(address)
    }

    private static func transaction(_ record: JSONValue) throws(Refusal) -> [UInt8]? {
        let hash = try ZerionTransactionReader.name(record, "transaction_hash")
        return hash.isEmpty ? nil : hash
    }
}
