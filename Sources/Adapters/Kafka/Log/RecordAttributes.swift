import CKafka
import Events
import Glibc

/// Reads the headers of the CloudEvents Kafka binding, without an allocation a record of its own.
///
/// Safe but for `source`, which is marked where it is used.
@safe struct RecordAttributes {
    private(set) var id = RecordAttributes.noDigest
    private(set) var kind = RecordAttributes.unknownKind
    /// Microseconds since the epoch.
    private(set) var time: Int64 = 0
    /// `ce_source`, valid as long as the message; empty when there is none.
    private(set) var source = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var clock = EventTime()
    /// Index into `kinds` of the last kind found: neighbours are often alike.
    private var lastKind = 0

    /// Stands for a kind this build does not know, or none.
    static let unknownKind: UInt8 = 0
    private static let noDigest = Digest(bytes: [UInt8](repeating: 0, count: Digest.byteCount))!  // 32 bytes are given
    private static let kinds = EventKind.allCases.map { (type: Array($0.type.utf8), number: $0.rawValue) }

    /// Takes the attributes of a message. A record of somebody else's, without a readable id, has id zero and the
    /// unknown kind; one without a readable time has Kafka's own.
    mutating func read(_ message: UnsafePointer<rd_kafka_message_t>) {
        id = Self.noDigest
        kind = Self.unknownKind
        unsafe source = UnsafeBufferPointer(start: nil, count: 0)
        var knownTime: Int64?
        var isIdentified = false
        var headers: OpaquePointer?
        if unsafe rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR {
            var index = 0
            var name: UnsafePointer<CChar>?
            var value: UnsafeRawPointer?
            var count = 0
            while unsafe rd_kafka_header_get_all(headers, index, &name, &value, &count) == RD_KAFKA_RESP_ERR_NO_ERROR {
                index += 1
                guard let name = unsafe name, let start = unsafe value else { continue }
                let bytes = unsafe UnsafeBufferPointer(
                    start: start.assumingMemoryBound(to: UInt8.self), count: count)
                if unsafe Self.isNamed(name, "ce_id") {
                    isIdentified = unsafe readID(bytes)
                } else if unsafe Self.isNamed(name, "ce_type") {
                    unsafe readKind(bytes)
                } else if unsafe Self.isNamed(name, "ce_time") {
                    knownTime = unsafe clock.read(bytes)
                } else if unsafe Self.isNamed(name, "ce_source") {
                    unsafe source = bytes
                }
            }
        }
        if !isIdentified { kind = Self.unknownKind }
        if let knownTime { time = knownTime } else { time = unsafe Self.brokerTime(message) }
    }

    private static func isNamed(_ name: UnsafePointer<CChar>, _ expected: StaticString) -> Bool {
        // A literal of ASCII has its bytes, and a NUL after them, in memory.
        unsafe strcmp(name, UnsafeRawPointer(expected.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
    }

    private mutating func readID(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count == 2 * Digest.byteCount else { return false }
        return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Digest.byteCount) { bytes in
            for index in 0..<Digest.byteCount {
                let high = unsafe Self.digit(text[2 * index])
                let low = unsafe Self.digit(text[2 * index + 1])
                guard high < 16, low < 16 else { return false }
                unsafe bytes.initializeElement(at: index, to: high << 4 | low)
            }
            guard let digest = unsafe Digest(bytes: UnsafeBufferPointer(bytes)) else { return false }
            id = digest
            return true
        }
    }

    /// The value of a hexadecimal digit; 16 or more for anything else.
    private static func digit(_ byte: UInt8) -> UInt8 {
        if byte >= UInt8(ascii: "a") { return byte > UInt8(ascii: "f") ? 16 : byte - UInt8(ascii: "a") + 10 }
        return byte &- UInt8(ascii: "0") < 10 ? byte - UInt8(ascii: "0") : 16
    }

    private mutating func readKind(_ text: UnsafeBufferPointer<UInt8>) {
        if unsafe Self.isEqual(Self.kinds[lastKind].type, text) { return kind = Self.kinds[lastKind].number }
        guard let index = Self.kinds.firstIndex(where: { unsafe Self.isEqual($0.type, text) }) else { return }
        lastKind = index
        kind = Self.kinds[index].number
    }

    private static func isEqual(_ type: [UInt8], _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = text.baseAddress, text.count == type.count else { return false }
        return unsafe type.withUnsafeBytes { type in
            unsafe type.baseAddress.map { unsafe memcmp($0, start, type.count) } == 0
        }
    }

    private static func brokerTime(_ message: UnsafePointer<rd_kafka_message_t>) -> Int64 {
        var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        return unsafe max(0, rd_kafka_message_timestamp(message, &kind)) * 1_000
    }
}
