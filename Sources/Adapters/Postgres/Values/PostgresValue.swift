/// A value to bind to a parameter, sent in binary: its integer width is the parameter's type.
public enum PostgresValue: Sendable, Hashable {
    /// NULL of whatever type the statement implies.
    case null
    case bool(Bool)
    case int16(Int16)
    case int32(Int32)
    case int64(Int64)
    case bytes([UInt8])
    case text(String)
    /// `units × 10^-scale`, scale 0…38.
    case numeric(units: Int128, scale: Int)
    case int16Array([Int16])
    case int32Array([Int32])
    case int64Array([Int64])
    case boolArray([Bool])
    case bytesArray([[UInt8]])
    case textArray([String])
    /// Texts of which some are NULL.
    case optionalTextArray([String?])
    /// Numbers of one scale.
    case numericArray(units: [Int128], scale: Int)

    /// The server's number of the type (`pg_type.dat`); 0 lets the server infer it.
    var typeIdentifier: UInt32 {
        switch self {
        case .null: 0
        case .bool: PostgresType.bool
        case .int16: PostgresType.int16
        case .int32: PostgresType.int32
        case .int64: PostgresType.int64
        case .bytes: PostgresType.bytes
        case .text: PostgresType.text
        case .numeric: PostgresType.numeric
        case .boolArray: 1000
        case .bytesArray: 1001
        case .int16Array: 1005
        case .int32Array: 1007
        case .textArray, .optionalTextArray: 1009
        case .int64Array: 1016
        case .numericArray: 1231
        }
    }
}

/// Numbers of the built-in types this module speaks (PostgreSQL, `pg_type.dat`).
enum PostgresType {
    static let bool: UInt32 = 16
    static let bytes: UInt32 = 17
    static let int64: UInt32 = 20
    static let int16: UInt32 = 21
    static let int32: UInt32 = 23
    static let text: UInt32 = 25
    static let numeric: UInt32 = 1700
}
