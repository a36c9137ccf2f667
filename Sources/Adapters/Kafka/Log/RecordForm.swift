import CKafka
import Events

/// Lends records to C, in buffers that are used again.
struct RecordForm {
    private var time = EventTime()
    private var id = [UInt8](repeating: 0, count: 2 * Digest.byteCount)
    private static let types = Dictionary(
        uniqueKeysWithValues: EventKind.allCases.map { ($0, Array($0.type.utf8)) })
    private static let digits = Array("0123456789abcdef".utf8)

    /// Lends the record; `body` must copy what it keeps. Throws `tooLarge` and, for a time that RFC 3339 cannot name,
    /// `refused`.
    mutating func withCRecord<Value>(
        _ record: LogRecord, _ body: (borrowing pnl_kafka_record) -> Value
    ) throws(LogError) -> Value {
        guard record.value.count <= LogRecord.maximumValueByteCount else {
            throw LogError(
                .tooLarge, "a value of \(record.value.count) bytes exceeds \(LogRecord.maximumValueByteCount)")
        }
        guard time.write(microseconds: record.time) else {
            throw LogError(.refused, "a record's time, \(record.time), is not in the years 0 to 9999")
        }
        for index in 0..<Digest.byteCount {
            let byte = record.id[index]
            id[2 * index] = Self.digits[Int(byte >> 4)]
            id[2 * index + 1] = Self.digits[Int(byte & 15)]
        }
        return unsafe Self.lend(record, id: id, time: time.text, body)
    }

    private static func lend<Value>(
        _ record: LogRecord, id: [UInt8], time: [UInt8], _ body: (borrowing pnl_kafka_record) -> Value
    ) -> Value {
        var form = unsafe pnl_kafka_record()
        return unsafe withBytes(record.key) { key in
            unsafe (form.key, form.key_length) = key
            return unsafe withBytes(record.value) { value in
                unsafe (form.value, form.value_length) = value
                return unsafe withText(id) { id in
                    unsafe (form.id, form.id_length) = id
                    return unsafe withText(types[record.kind, default: []]) { type in
                        unsafe (form.type, form.type_length) = type
                        return unsafe withText(time) { time in
                            unsafe (form.time, form.time_length) = time
                            return unsafe lend(record.source, record.traceParent, &form, body)
                        }
                    }
                }
            }
        }
    }

    private static func lend<Value>(
        _ source: String, _ traceParent: String?, _ form: inout pnl_kafka_record,
        _ body: (borrowing pnl_kafka_record) -> Value
    ) -> Value {
        var source = source
        return source.withUTF8 { source in
            unsafe (form.source, form.source_length) = text(source)
            guard var traceParent else { return unsafe body(form) }
            return traceParent.withUTF8 { traceParent in
                unsafe (form.trace_parent, form.trace_parent_length) = text(traceParent)
                return unsafe body(form)
            }
        }
    }

    private static func withBytes<Value>(
        _ bytes: [UInt8], _ body: ((UnsafeRawPointer, Int)) -> Value
    ) -> Value {
        unsafe bytes.withUnsafeBytes { unsafe body((start($0), $0.count)) }
    }

    private static func withText<Value>(
        _ bytes: [UInt8], _ body: ((UnsafePointer<CChar>, Int)) -> Value
    ) -> Value {
        unsafe bytes.withUnsafeBufferPointer { unsafe body(text($0)) }
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> (UnsafePointer<CChar>, Int) {
        unsafe (start(UnsafeRawBufferPointer(bytes)).assumingMemoryBound(to: CChar.self), bytes.count)
    }

    /// What is empty has an address too: librdkafka takes null for "none", and an empty value is not none.
    private static func start(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer {
        unsafe bytes.baseAddress ?? UnsafeRawPointer(empty.utf8Start)
    }

    private static let empty: StaticString = ""
}
