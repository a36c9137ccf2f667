public import Accounting

/// The open lots of one wallet and asset, packed into one row, oldest first.
public enum LotChunk {
    /// Packs lots.
    public static func pack(_ lots: some Collection<OpenLot>) -> [UInt8] {
        var writer = PackedWriter()
        writer.append(unsigned: UInt64(lots.count))
        for lot in lots {
            writer.append(unsigned: lot.hasKnownBasis ? 1 : 0)
            writer.append(lot.acquiredAt)
            writer.append(lot.acquisition)
            writer.append(lot.quantity)
            writer.append(lot.cost.units)
        }
        return writer.bytes
    }

    /// Reads a row's lots.
    public static func unpack(_ bytes: ArraySlice<UInt8>) throws(PackedError) -> [OpenLot] {
        var reader = PackedReader(bytes)
        var lots: [OpenLot] = []
        for _ in 0..<(try reader.count()) {
            lots.append(
                OpenLot(
                    hasKnownBasis: try reader.unsigned() == 1, acquiredAt: try reader.signed(),
                    acquisition: Array(try reader.slice()), quantity: try reader.signed128(),
                    cost: Money(units: try reader.signed128())))
        }
        return lots
    }
}
