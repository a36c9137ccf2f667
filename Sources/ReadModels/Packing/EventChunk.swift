/// Consecutive events of one wallet, packed into one row of `base.wallet_events`.
public struct EventChunk: Sendable {
    /// One event as it was read from the log, still encoded.
    public struct Entry: Sendable, Hashable {
        /// Offset within the wallet's partition.
        public var offset: Int64
        /// The stored number of the kind; may be unknown to this build.
        public var kind: UInt8
        /// `ce_time`, microseconds since the epoch.
        public var time: Int64
        /// `ce_source`.
        public var source: String
        /// The encoded event.
        public var value: ArraySlice<UInt8>

        /// An encoded event at its place.
        public init(offset: Int64, kind: UInt8, time: Int64, source: String, value: ArraySlice<UInt8>) {
            self.offset = offset
            self.kind = kind
            self.time = time
            self.source = source
            self.value = value
        }
    }

    private static let layout: UInt8 = 1

    /// Packs entries, which must be in the order of their offsets.
    public static func pack(_ entries: some Collection<Entry>) -> [UInt8] {
        var writer = PackedWriter()
        writer.append(unsigned: UInt64(layout))
        var offset: Int64 = 0
        var time: Int64 = 0
        for entry in entries {
            writer.append(entry.offset &- offset)
            writer.append(unsigned: UInt64(entry.kind))
            // Wrapping, here and on reading: whatever an appender's clock says must not stop a projector.
            writer.append(entry.time &- time)
            writer.append(entry.source.utf8)
            writer.append(entry.value)
            offset = entry.offset
            time = entry.time
        }
        return writer.bytes
    }

    /// Calls `body` with each entry of a packed row, in order.
    public static func unpack(_ bytes: ArraySlice<UInt8>, _ body: (Entry) throws -> Void) throws {
        var reader = PackedReader(bytes)
        guard try reader.unsigned() == UInt64(layout) else {
            throw PackedError(description: "wallet_events has a layout of another version")
        }
        var offset: Int64 = 0
        var time: Int64 = 0
        while !reader.isAtEnd {
            offset &+= try reader.signed()
            let kind = UInt8(truncatingIfNeeded: try reader.unsigned())
            time &+= try reader.signed()
            let source = String(decoding: try reader.slice(), as: UTF8.self)
            try body(Entry(offset: offset, kind: kind, time: time, source: source, value: try reader.slice()))
        }
    }
}
