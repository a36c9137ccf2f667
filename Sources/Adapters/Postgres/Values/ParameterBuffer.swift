/// Encodes the parameters of one statement into memory that is used again for the next.
struct ParameterBuffer {
    /// What `PQsendQueryPrepared` and its kin take; it ends with the closure it is lent to.
    @safe struct Arguments {
        let count: Int32
        let types: UnsafePointer<UInt32>?
        let values: UnsafePointer<UnsafePointer<CChar>?>?
        let lengths: UnsafePointer<Int32>?
        let formats: UnsafePointer<Int32>?
    }

    private var bytes: [UInt8] = []
    private var starts: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    private var types: [UInt32] = []
    private static let null = -1
    private static let binary: Int32 = 1
    /// Memory kept between statements; what a rare large one needed beyond it is given back.
    private static let keptByteCount = 4 << 20

    /// Takes the place of the parameters before.
    mutating func encode(_ values: [PostgresValue]) throws(PostgresError) {
        if bytes.capacity > Self.keptByteCount { bytes = [] }
        bytes.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        types.removeAll(keepingCapacity: true)
        for value in values {
            let start = bytes.count
            let isValue = try bytes.appendValue(value)
            guard let length = Int32(exactly: bytes.count - start) else {
                throw PostgresError(.outOfRange, "a parameter exceeds 2 GB")
            }
            starts.append(isValue ? start : Self.null)
            lengths.append(length)
            types.append(value.typeIdentifier)
        }
        while formats.count < values.count { formats.append(Self.binary) }
        // An empty value needs an address as well: libpq takes a null pointer for NULL.
        bytes.append(0)
    }

    /// Lends the parameters in libpq's form; libpq copies what it sends before the closure ends.
    func withArguments<Value>(_ body: (Arguments) -> Value) -> Value {
        unsafe bytes.withUnsafeBytes { storage in
            unsafe withUnsafeTemporaryAllocation(
                of: UnsafePointer<CChar>?.self, capacity: starts.count
            ) { pointers in
                for (index, start) in starts.enumerated() {
                    let address = unsafe start == Self.null ? nil : storage.baseAddress.map { unsafe $0 + start }
                    unsafe pointers[index] = unsafe address?.assumingMemoryBound(to: CChar.self)
                }
                return unsafe withLists { types, lengths, formats in
                    body(
                        unsafe Arguments(
                            count: Int32(starts.count), types: types,
                            values: pointers.baseAddress.map { unsafe .init($0) },
                            lengths: lengths, formats: formats))
                }
            }
        }
    }

    private func withLists<Value>(
        _ body: (UnsafePointer<UInt32>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Value
    ) -> Value {
        unsafe types.withUnsafeBufferPointer { types in
            unsafe lengths.withUnsafeBufferPointer { lengths in
                unsafe formats.withUnsafeBufferPointer { formats in
                    unsafe body(types.baseAddress, lengths.baseAddress, formats.baseAddress)
                }
            }
        }
    }
}
