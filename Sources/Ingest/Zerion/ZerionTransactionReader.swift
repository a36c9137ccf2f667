import Crypto
import Events
import JSON
import Runtime

/// Reads one transaction of a page: strict about what is read, tolerant of optional fields (domain.md 3.1, 3.1.1).
struct ZerionTransactionReader {
    private var legs = ZerionLegReader()

    /// Transactions are mined between 2009, before which there was no public chain, and 2100, microseconds.
    static let minedAtBounds: Range<Int64> = 1_230_768_000_000_000..<4_102_444_800_000_000

    /// The transaction as observed on that chain. Throws `Refusal` with the field's path within the transaction.
    mutating func observed(_ transaction: JSONValue, on chain: Chain) throws(Refusal) -> TransactionObserved {
        legs.fields.reset()
        let identity = try Self.identity(of: transaction)
        guard let attributes = transaction.presentValue(forKey: "attributes") else {
            throw Refusal(.missingField, "attributes")
        }
        do {
            return try observed(attributes, identity: identity, on: chain)
        } catch {
            throw error.within("attributes")
        }
    }

    /// The address written there; nil for a text that is none on that chain.
    mutating func address(_ text: ArraySlice<UInt8>, on chain: Chain) -> Address? {
        legs.addresses.address(text, on: chain)
    }

    private mutating func observed(
        _ attributes: JSONValue, identity: TransactionIdentity, on chain: Chain
    ) throws(Refusal) -> TransactionObserved {
        guard let operation = attributes.presentValue(forKey: "operation_type") else {
            throw Refusal(.missingField, "operation_type")
        }
        let word = Operation(rawValue: try legs.fields.word(attributes, "operation_type"))
        guard !word.rawValue.isEmpty else { throw Refusal(.wrongShape, "operation_type", operation) }
        let block = try legs.fields.counter(attributes, "mined_at_block")
        return TransactionObserved(
            identity: identity, minedAt: try Self.minedAt(attributes),
            // On Solana 0 stands for a block that is not known; on the others it holds no transaction.
            block: block == 0 ? nil : block, nonce: try legs.fields.counter(attributes, "nonce"),
            sender: try sender(attributes, on: chain), status: try Self.status(attributes),
            isTrash: try Self.isTrash(attributes), operation: word, legs: try transfers(attributes, on: chain),
            fee: try fee(attributes, on: chain), acts: try acts(attributes, of: word),
            replacedTexts: legs.fields.replacedTexts)
    }

    private mutating func transfers(_ attributes: JSONValue, on chain: Chain) throws(Refusal) -> [Leg] {
        guard let transfers = attributes.presentValue(forKey: "transfers") else {
            throw Refusal(.missingField, "transfers")
        }
        guard let elements = try? transfers.elements() else { throw Refusal(.wrongShape, "transfers", transfers) }
        guard transfers.count <= TransactionObserved.maximumLegCount else {
            throw Refusal(.outOfBounds, "transfers holds \(transfers.count) legs")
        }
        var result: [Leg] = []
        result.reserveCapacity(transfers.count)
        for transfer in elements {
            do { result.append(try legs.leg(transfer, on: chain)) } catch {
                throw error.within("transfers[\(result.count)]")
            }
        }
        return result
    }

    private mutating func fee(_ attributes: JSONValue, on chain: Chain) throws(Refusal) -> Leg? {
        guard let fee = attributes.presentValue(forKey: "fee") else { return nil }
        do { return try legs.fee(fee, on: chain) } catch { throw error.within("fee") }
    }

    /// Only acts that say more than the transaction's operation does.
    private mutating func acts(_ attributes: JSONValue, of operation: Operation) throws(Refusal) -> [Act] {
        guard let acts = attributes.presentValue(forKey: "acts") else { return [] }
        guard let elements = try? acts.elements() else { throw Refusal(.wrongShape, "acts", acts) }
        guard acts.count <= TransactionObserved.maximumActCount else {
            throw Refusal(.outOfBounds, "acts holds \(acts.count) acts")
        }
        var result: [Act] = []
        for (index, act) in elements.enumerated() {
            guard act.kind == .object else { throw Refusal(.wrongShape, "acts[\(index)]", act) }
            let word: String
            let identifier: String
            do {
                identifier = try legs.fields.word(act, "id")
                word = try legs.fields.word(act, "type")
            } catch {
                throw error.within("acts[\(index)]")
            }
            let ownOperation = word.isEmpty ? operation : Operation(rawValue: word)
            if acts.count > 1 || ownOperation != operation {
                result.append(Act(id: identifier, operation: ownOperation))
            }
        }
        return result
    }

    private mutating func sender(_ attributes: JSONValue, on chain: Chain) throws(Refusal) -> Address? {
        guard let text = try legs.fields.text(attributes, "sent_from"), !text.isEmpty else { return nil }
        guard let address = legs.addresses.address(text, on: chain) else {
            throw Refusal(.invalidAddress, "sent_from", attributes.value(forKey: "sent_from"))
        }
        return address
    }

    private static func status(_ attributes: JSONValue) throws(Refusal) -> TransactionObserved.Status {
        guard let value = attributes.presentValue(forKey: "status") else { throw Refusal(.missingField, "status") }
        if value.isString("confirmed") { return .confirmed }
        if value.isString("failed") { return .failed }
        if value.isString("pending") { return .pending }
        throw Refusal(.wrongShape, "status", value)
    }

    private static func isTrash(_ attributes: JSONValue) throws(Refusal) -> Bool {
        guard let flags = attributes.presentValue(forKey: "flags") else { return false }
        guard flags.kind == .object else { throw Refusal(.wrongShape, "flags", flags) }
        guard let value = flags.presentValue(forKey: "is_trash") else { return false }
        do { return try value.bool() } catch { throw Refusal(.wrongShape, "flags.is_trash", value) }
    }

    private static func minedAt(_ attributes: JSONValue) throws(Refusal) -> Int64 {
        guard let value = attributes.presentValue(forKey: "mined_at") else {
            throw Refusal(.missingField, "mined_at")
        }
        guard let text = try? value.stringBytes() else { throw Refusal(.wrongShape, "mined_at", value) }
        guard let time = Timestamp.parse(text), minedAtBounds.contains(time) else {
            throw Refusal(.invalidTime, "mined_at", value)
        }
        return time
    }
}

extension ZerionTransactionReader {
    /// What can be said of a transaction that is refused: its hash or id as far as they can be read, else a name made
    /// from the digest of its JSON, so that the same bytes are the same subject.
    static func refused(_ transaction: JSONValue, _ refusal: Refusal) -> TransactionRefused {
        let attributes = transaction.presentValue(forKey: "attributes")
        var identity = TransactionIdentity(
            hash: attributes.flatMap { try? name($0, "hash") } ?? [], providerID: (try? name(transaction, "id")) ?? [])
        if identity.subject.isEmpty {
            identity.providerID = Array("sha256:\(SHA256.digest(of: Array(transaction.rawText)))".utf8)
        }
        return TransactionRefused(
            identity: identity, code: refusal.code, detail: refusal.detail,
            minedAt: attributes.flatMap { try? minedAt($0) })
    }

    private static func identity(of transaction: JSONValue) throws(Refusal) -> TransactionIdentity {
        let providerID = try name(transaction, "id")
        guard let attributes = transaction.presentValue(forKey: "attributes") else {
            throw Refusal(.missingField, "attributes")
        }
        let hash: [UInt8]
        do { hash = try name(attributes, "hash") } catch { throw error.within("attributes") }
        guard !hash.isEmpty || !providerID.isEmpty else { throw Refusal(.missingField, "attributes.hash") }
        return TransactionIdentity(hash: hash, providerID: providerID)
    }

    /// A hash or id, in printable ASCII; empty when it is missing or null.
    static func name(_ object: JSONValue, _ key: StaticString) throws(Refusal) -> [UInt8] {
        guard let value = object.presentValue(forKey: key) else { return [] }
        guard let text = try? value.stringBytes(), text.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Refusal(.wrongShape, "\(key)", value)
        }
        guard text.count <= TransactionIdentity.maximumByteCount else { throw Refusal(.outOfBounds, "\(key)", value) }
        return Array(text)
    }
}
