public import Accounting
public import Events

/// Up to 256 consecutive disposals of one wallet and asset, packed into one row.
public enum DisposalChunk {
    /// Disposals a row.
    public static let capacity = 256

    /// Packs disposals in canonical order.
    public static func pack(_ disposals: some Collection<Disposal>) -> [UInt8] {
        var writer = PackedWriter()
        writer.append(unsigned: UInt64(disposals.count))
        for disposal in disposals {
            writer.append(disposal.time)
            writer.append(disposal.transaction)
            writer.append(disposal.quantity)
            writer.append(disposal.proceeds.units)
            writer.append(disposal.cost.units)
            writer.append(disposal.realised.units)
            writer.append(unsigned: UInt64(disposal.matches.count))
            for match in disposal.matches { append(match, to: &writer) }
        }
        return writer.bytes
    }

    /// Reads a row's disposals.
    public static func unpack(_ bytes: ArraySlice<UInt8>, asset: Address) throws(PackedError) -> [Disposal] {
        var reader = PackedReader(bytes)
        var disposals: [Disposal] = []
        for _ in 0..<(try reader.count()) {
            var disposal = Disposal(
                asset: asset, time: try reader.signed(), transaction: Array(try reader.slice()),
                quantity: try reader.signed128())
            disposal.proceeds = Money(units: try reader.signed128())
            disposal.cost = Money(units: try reader.signed128())
            disposal.realised = Money(units: try reader.signed128())
            for _ in 0..<(try reader.count()) { disposal.matches.append(try match(from: &reader)) }
            disposals.append(disposal)
        }
        return disposals
    }

    private static func append(_ match: LotMatch, to writer: inout PackedWriter) {
        writer.append(unsigned: UInt64(match.basis.rawValue))
        writer.append(match.acquiredAt)
        writer.append(match.acquisition)
        writer.append(match.quantity)
        writer.append(match.cost.units)
        writer.append(match.proceeds.units)
        writer.append(match.realised.units)
        writer.append(match.holdSeconds)
    }

    private static func match(from reader: inout PackedReader) throws(PackedError) -> LotMatch {
        guard let basis = LotMatch.Basis(rawValue: UInt8(truncatingIfNeeded: try reader.unsigned())) else {
            throw PackedError(description: "a packed match has an unknown basis")
        }
        return LotMatch(
            basis: basis, acquiredAt: try reader.signed(), acquisition: Array(try reader.slice()),
            quantity: try reader.signed128(), cost: Money(units: try reader.signed128()),
            proceeds: Money(units: try reader.signed128()), realised: Money(units: try reader.signed128()),
            holdSeconds: try reader.signed())
    }
}
