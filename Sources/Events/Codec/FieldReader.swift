import CEvents

/// Turns one field of a decoded C message into a value of this system, or says what is wrong with it.
///
/// The bytes lie in the arena; whatever is returned is a copy of its own.
enum FieldReader {
    /// Text, "" when absent; UTF-8 without NUL, as the tables and answers need it.
    static func text(
        _ isPresent: protobuf_c_boolean, _ data: ProtobufCBinaryData, _ field: String
    ) throws(EventDecodingError) -> String {
        let bytes = UnsafeBufferPointer(start: data.data, count: data.len)
        guard isPresent != 0, !bytes.isEmpty else { return "" }
        // Nearly all text is ASCII; asking for that first spares the general validation, which is three times dearer.
        if bytes.allSatisfy({ $0 &- 1 < 0x7f }) { return String(decoding: bytes, as: UTF8.self) }
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            throw EventDecodingError(.invalidText, field: field)
        }
        return text
    }

    /// Longest text that names something: such texts are keys of tables, whose entries are bounded.
    static let maximumNameByteCount = 256

    /// Text that the event's subject is made of, so it is never empty.
    static func requiredText(
        _ isPresent: protobuf_c_boolean, _ data: ProtobufCBinaryData, _ field: String
    ) throws(EventDecodingError) -> String {
        guard isPresent != 0, data.len > 0 else { throw EventDecodingError(.missingField, field: field) }
        return try name(isPresent, data, field)
    }

    /// Text that names something, "" when absent.
    static func name(
        _ isPresent: protobuf_c_boolean, _ data: ProtobufCBinaryData, _ field: String
    ) throws(EventDecodingError) -> String {
        guard data.len <= maximumNameByteCount else { throw EventDecodingError(.outOfBounds, field: field) }
        return try text(isPresent, data, field)
    }

    /// Text whose absence differs from "".
    static func optionalText(
        _ isPresent: protobuf_c_boolean, _ data: ProtobufCBinaryData, _ field: String
    ) throws(EventDecodingError) -> String? {
        isPresent != 0 ? try text(isPresent, data, field) : nil
    }

    /// A transaction's hash or id, at most 128 bytes, empty when absent.
    static func identifier(
        _ isPresent: protobuf_c_boolean, _ data: ProtobufCBinaryData, _ field: String
    ) throws(EventDecodingError) -> [UInt8] {
        guard isPresent != 0 else { return [] }
        guard data.len <= TransactionIdentity.maximumByteCount else {
            throw EventDecodingError(.outOfBounds, field: field)
        }
        return Array(UnsafeBufferPointer(start: data.data, count: data.len))
    }

    /// A number that must be there.
    static func required<Number>(
        _ isPresent: protobuf_c_boolean, _ value: Number, _ field: String
    ) throws(EventDecodingError) -> Number {
        guard isPresent != 0 else { throw EventDecodingError(.missingField, field: field) }
        return value
    }

    /// A number that stands for one case of a closed set.
    static func choice<Choice: RawRepresentable>(
        _ isPresent: protobuf_c_boolean, _ value: Choice.RawValue, _ field: String
    ) throws(EventDecodingError) -> Choice {
        guard let choice = Choice(rawValue: try required(isPresent, value, field)) else {
            throw EventDecodingError(.unknownValue, field: field)
        }
        return choice
    }

    /// A raw address of any chain, 20 or 32 bytes.
    static func address(_ data: ProtobufCBinaryData, _ field: String) throws(EventDecodingError) -> Address {
        guard data.len == 20 || data.len == 32 else { throw EventDecodingError(.outOfBounds, field: field) }
        return Address(loading: UnsafeRawBufferPointer(start: data.data, count: data.len))
    }

    /// How an asset is named; the address is there exactly when the naming says so.
    static func assetName(
        _ hasNaming: protobuf_c_boolean, _ naming: Pnl__AssetNaming, _ hasAsset: protobuf_c_boolean,
        _ asset: ProtobufCBinaryData
    ) throws(EventDecodingError) -> AssetName {
        let naming = try required(hasNaming, naming, "naming")
        if naming == PNL__ASSET_NAMING__ASSET_ADDRESS {
            return .address(try address(try required(hasAsset, asset, "asset"), "asset"))
        }
        guard hasAsset == 0 else { throw EventDecodingError(.contradiction, field: "asset") }
        switch naming {
        case PNL__ASSET_NAMING__ASSET_ABSENT: return .absent
        case PNL__ASSET_NAMING__ASSET_EMPTY: return .empty
        case PNL__ASSET_NAMING__ASSET_UNIDENTIFIED: return .unidentified
        default: throw EventDecodingError(.unknownValue, field: "naming")
        }
    }

    /// Base units, 0 … 2^256 − 1.
    static func amount(
        _ isPresent: protobuf_c_boolean, _ data: ProtobufCBinaryData, _ field: String
    ) throws(EventDecodingError) -> Amount {
        let bytes = UnsafeBufferPointer(start: try required(isPresent, data, field).data, count: data.len)
        guard bytes.count <= Amount.maximumByteCount, let amount = Amount(twosComplement: bytes) else {
            throw EventDecodingError(.outOfBounds, field: field)
        }
        return amount
    }

    /// An exact number in its normal form, whatever form was written; nil when it has no coefficient.
    static func decimal(
        _ hasCoefficient: protobuf_c_boolean, _ coefficient: ProtobufCBinaryData, _ hasExponent: protobuf_c_boolean,
        _ exponent: Int32, _ field: String
    ) throws(EventDecodingError) -> DecimalNumber? {
        guard hasCoefficient != 0 else {
            guard hasExponent == 0 else { throw EventDecodingError(.contradiction, field: field) }
            return nil
        }
        let bytes = UnsafeBufferPointer(start: coefficient.data, count: coefficient.len)
        guard let digits = Int128(twosComplement: bytes) else { throw EventDecodingError(.outOfBounds, field: field) }
        let number = DecimalNumber(coefficient: digits, exponent: hasExponent != 0 ? exponent : 0)
        guard DecimalNumber.exponentBounds.contains(number.exponent) else {
            throw EventDecodingError(.outOfBounds, field: field)
        }
        return number
    }

    /// An exact number that must be there.
    static func requiredDecimal(
        _ hasCoefficient: protobuf_c_boolean, _ coefficient: ProtobufCBinaryData, _ hasExponent: protobuf_c_boolean,
        _ exponent: Int32, _ field: String
    ) throws(EventDecodingError) -> DecimalNumber {
        guard let number = try decimal(hasCoefficient, coefficient, hasExponent, exponent, field) else {
            throw EventDecodingError(.missingField, field: field)
        }
        return number
    }

    /// A wallet on a chain; its address has that chain's length.
    static func wallet(
        _ hasChain: protobuf_c_boolean, _ chain: UInt32, _ hasAddress: protobuf_c_boolean,
        _ address: ProtobufCBinaryData
    ) throws(EventDecodingError) -> WalletKey {
        guard let chain = Int16(exactly: try required(hasChain, chain, "chain")).flatMap(Chain.init(rawValue:)) else {
            throw EventDecodingError(.unknownValue, field: "chain")
        }
        let address = try self.address(try required(hasAddress, address, "wallet"), "wallet")
        guard Int(address.count) == chain.addressByteCount else {
            throw EventDecodingError(.outOfBounds, field: "wallet")
        }
        return WalletKey(chain: chain, address: address)
    }

    /// The revision, at least 1.
    static func revision(_ isPresent: protobuf_c_boolean, _ value: UInt64) throws(EventDecodingError) -> UInt64 {
        guard try required(isPresent, value, "revision") >= 1 else {
            throw EventDecodingError(.outOfBounds, field: "revision")
        }
        return value
    }

    /// The content's digest, exactly 32 bytes.
    static func digest(
        _ isPresent: protobuf_c_boolean, _ data: ProtobufCBinaryData
    ) throws(EventDecodingError) -> Digest {
        guard try required(isPresent, data, "digest").len == Digest.byteCount, let start = data.data else {
            throw EventDecodingError(.outOfBounds, field: "digest")
        }
        return Digest(loading: start)
    }

    /// Where the payload lies; topic, partition and offset come together or not at all.
    static func payload(
        _ hasTopic: protobuf_c_boolean, _ topic: UInt32, _ hasPartition: protobuf_c_boolean, _ partition: UInt32,
        _ hasOffset: protobuf_c_boolean, _ offset: UInt64
    ) throws(EventDecodingError) -> LogPosition? {
        if hasTopic == 0, hasPartition == 0, hasOffset == 0 { return nil }
        let number = try required(hasTopic, topic, "payload_topic")
        guard let topic = Int16(exactly: number).flatMap(Topic.init(rawValue:)) else {
            throw EventDecodingError(.unknownValue, field: "payload_topic")
        }
        guard let partition = Int32(exactly: try required(hasPartition, partition, "payload_partition")) else {
            throw EventDecodingError(.outOfBounds, field: "payload_partition")
        }
        guard let offset = Int64(exactly: try required(hasOffset, offset, "payload_offset")) else {
            throw EventDecodingError(.outOfBounds, field: "payload_offset")
        }
        return LogPosition(topic: topic, partition: partition, offset: offset)
    }
}
