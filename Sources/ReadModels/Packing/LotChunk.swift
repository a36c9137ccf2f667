public import Accounting

/// The open lots of one wallet and asset, packed into one row, oldest first.
public enum LotChunk {
    /// Packs lots.
    public static func pack(_ lots: some Collection<OpenLot>) -> [UInt8] {
        var writer = PackedWriter()
        writer.append(unsigned: UInt64(lots.count))
        for lot in lots {
            writer.append(unsigned: UInt64(lot.origin.rawValue) << 1 | (lot.hasKnownBasis ? 1 : 0))
            writer.append(lot.acquiredAt)
            writer.append(lot.acquisition)
            writer.append(lot.quantity)
            writer.append(lot.cost.units)
        }
        return writer.bytes
    }

    /// Bytes of a packed row that hold its oldest lot whatever is in it.
    public static let oldestLotPrefixByteCount = 256

    /// The oldest of a row's lots, of which the first `oldestLotPrefixByteCount` bytes suffice; nil without lots.
    public static func oldest(ofPrefix bytes: ArraySlice<UInt8>) throws(PackedError) -> OpenLot? {
        var reader = PackedReader(bytes)
        return try reader.unsigned() == 0 ? nil : try lot(from: &reader)
    }

    /// Reads a row's lots.
    public static func unpack(_ bytes: ArraySlice<UInt8>) throws(PackedError) -> [OpenLot] {
        var reader = PackedReader(bytes)
        var lots: [OpenLot] = []
        for _ in 0..<(try reader.count()) { lots.append(try lot(from: &reader)) }
        return lots
    }

    private static func lot(from reader: inout PackedReader) throws(PackedError) -> OpenLot {
        let marks = try reader.unsigned()
        guard let origin = OpenLot.Origin(rawValue: UInt8(truncatingIfNeeded: marks >> 1)) else {
            throw PackedError(description: "a packed lot is of unknown origin")
        }
        var lot = OpenLot(
            hasKnownBasis: marks & 1 == 1, acquiredAt: try reader.signed(),
            acquisition: Array(try reader.slice()), quantity: try reader.signed128(),
            cost: Money(units: try reader.signed128()))
        lot.origin = origin
        return lot
    }
}
