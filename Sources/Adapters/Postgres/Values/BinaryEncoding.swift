/// The binary forms of values as parameters and COPY share them (PostgreSQL, `*send` and `*recv` functions): integers
/// big-endian, text and bytea as they are, arrays with a header.
extension [UInt8] {
    /// Appends an integer in network byte order.
    @inline(__always)
    mutating func appendBigEndian<Value: FixedWidthInteger>(_ value: Value) {
        // An integer is plain bytes; the buffer does not outlive the closure.
        unsafe Swift.withUnsafeBytes(of: value.bigEndian) { unsafe append(contentsOf: $0) }
    }

    /// Overwrites four bytes, for a length that is known only afterwards.
    mutating func patchBigEndian(_ value: Int32, at index: Int) {
        let bits = UInt32(bitPattern: value)
        for place in 0..<4 { self[index + place] = UInt8(truncatingIfNeeded: bits >> UInt32(24 - 8 * place)) }
    }

    /// Appends the value without a length; false, and nothing, for NULL.
    mutating func appendValue(_ value: PostgresValue) throws(PostgresError) -> Bool {
        switch value {
        case .null: return false
        case .bool(let value): append(value ? 1 : 0)
        case .int16(let value): appendBigEndian(value)
        case .int32(let value): appendBigEndian(value)
        case .int64(let value): appendBigEndian(value)
        case .bytes(let bytes): append(contentsOf: bytes)
        case .text(let text): append(contentsOf: text.utf8)
        case .numeric(let units, let scale): try NumericCoding.append(units: units, scale: scale, to: &self)
        case .int16Array(let values): appendIntegers(values, type: PostgresType.int16)
        case .int32Array(let values): appendIntegers(values, type: PostgresType.int32)
        case .int64Array(let values): appendIntegers(values, type: PostgresType.int64)
        case .boolArray(let values): appendIntegers(values.map { $0 ? UInt8(1) : 0 }, type: PostgresType.bool)
        case .bytesArray(let values):
            try appendArray(values, type: PostgresType.bytes) { bytes, value throws(PostgresError) in
                bytes.append(contentsOf: value)
            }
        case .textArray(let values):
            try appendArray(values, type: PostgresType.text) { bytes, value throws(PostgresError) in
                bytes.append(contentsOf: value.utf8)
            }
        case .optionalTextArray(let values):
            appendArrayHeader(count: values.count, type: PostgresType.text, hasNulls: values.contains(nil))
            for value in values {
                guard let value else {
                    appendBigEndian(Int32(-1))
                    continue
                }
                appendBigEndian(Int32(value.utf8.count))
                append(contentsOf: value.utf8)
            }
        case .numericArray(let values, let scale):
            try appendArray(values, type: PostgresType.numeric) { bytes, units throws(PostgresError) in
                try NumericCoding.append(units: units, scale: scale, to: &bytes)
            }
        }
        return true
    }

    private mutating func appendIntegers<Value: FixedWidthInteger>(_ values: [Value], type: UInt32) {
        appendArrayHeader(count: values.count, type: type, hasNulls: false)
        reserveCapacity(count + values.count * (4 + MemoryLayout<Value>.size))
        for value in values {
            appendBigEndian(Int32(MemoryLayout<Value>.size))
            appendBigEndian(value)
        }
    }

    private mutating func appendArray<Value>(
        _ values: [Value], type: UInt32, _ append: (inout [UInt8], Value) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        appendArrayHeader(count: values.count, type: type, hasNulls: false)
        for value in values {
            let start = count
            appendBigEndian(Int32(0))
            try append(&self, value)
            patchBigEndian(Int32(count - start - 4), at: start)
        }
    }

    /// Dimensions, null mark, element type, then length and lower bound of the only dimension (`array_send`).
    private mutating func appendArrayHeader(count: Int, type: UInt32, hasNulls: Bool) {
        appendBigEndian(Int32(count == 0 ? 0 : 1))
        appendBigEndian(Int32(hasNulls ? 1 : 0))
        appendBigEndian(type)
        guard count > 0 else { return }
        appendBigEndian(Int32(count))
        appendBigEndian(Int32(1))
    }
}
