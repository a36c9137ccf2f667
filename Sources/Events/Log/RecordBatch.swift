/// Records as read from the log: one buffer of bytes and a row of facts for each, so that reading a batch into a reused
/// value allocates nothing a record.
public struct RecordBatch: Sendable {
    /// One record of the batch; keys and values are ranges of `bytes`.
    public struct Entry: Sendable {
        /// Where it lies.
        public let position: LogPosition
        /// `ce_id`.
        public let id: Digest
        /// The stored number of the kind; may be unknown to this build.
        public let kind: UInt8
        /// `ce_time`, microseconds since the epoch.
        public let time: Int64
        /// Range of the key in `bytes`.
        public let key: Range<Int>
        /// Range of `ce_source` in `bytes`.
        public let source: Range<Int>
        /// Range of the value in `bytes`.
        public let value: Range<Int>
    }

    /// Keys, sources and values of all records.
    public private(set) var bytes: [UInt8] = []
    /// The records; of one partition in the order of their offsets.
    public private(set) var entries: [Entry] = []

    /// An empty batch.
    public init() {}

    /// Number of records.
    public var count: Int { entries.count }

    /// Whether nothing was read.
    public var isEmpty: Bool { entries.isEmpty }

    /// Adds one record.
    public mutating func append(
        position: LogPosition, id: Digest, kind: UInt8, time: Int64, key: some Collection<UInt8>,
        source: some Collection<UInt8>, value: some Collection<UInt8>
    ) {
        let keyRange = append(key)
        let sourceRange = append(source)
        let valueRange = append(value)
        entries.append(
            Entry(
                position: position, id: id, kind: kind, time: time, key: keyRange, source: sourceRange,
                value: valueRange))
    }

    /// Forgets the records and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
    }

    /// The key of a record.
    public func key(of entry: Entry) -> ArraySlice<UInt8> { bytes[entry.key] }

    /// The value of a record.
    public func value(of entry: Entry) -> ArraySlice<UInt8> { bytes[entry.value] }

    /// `ce_source` of a record.
    public func source(of entry: Entry) -> String { String(decoding: bytes[entry.source], as: UTF8.self) }

    private mutating func append(_ part: some Collection<UInt8>) -> Range<Int> {
        let start = bytes.count
        // Other modules call this unspecialised: taking the memory at once spares a witness call a byte.
        let appended: Void? = part.withContiguousStorageIfAvailable { bytes.append(contentsOf: $0) }
        if appended == nil { bytes.append(contentsOf: part) }
        return start..<bytes.count
    }
}
