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
            append(disposal, to: &writer)
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
            try read(&disposal, from: &reader)
            for _ in 0..<(try reader.count()) { disposal.matches.append(try match(from: &reader)) }
            disposals.append(disposal)
        }
        return disposals
    }

    /// What took the quantity away. Most disposals are priced swaps without more: one byte says that.
    private static func append(_ disposal: Disposal, to writer: inout PackedWriter) {
        let hasMore =
            disposal.proceedsWithoutBasis != .zero || disposal.marketValue != nil || disposal.chargedTo != nil
        writer.append(
            unsigned: UInt64(disposal.kind.rawValue) << 3 | (disposal.isPriced ? 1 : 0)
                | (disposal.holdMicroseconds == nil ? 0 : 2) | (hasMore ? 4 : 0))
        if let hold = disposal.holdMicroseconds { writer.append(hold) }
        guard hasMore else { return }
        writer.append(disposal.proceedsWithoutBasis.units)
        writer.append(unsigned: disposal.marketValue == nil ? 0 : 1)
        if let value = disposal.marketValue { writer.append(value.units) }
        writer.append(unsigned: disposal.chargedTo == nil ? 0 : 1)
        if let asset = disposal.chargedTo { writer.append(asset.bytes) }
    }

    private static func read(_ disposal: inout Disposal, from reader: inout PackedReader) throws(PackedError) {
        let marks = try reader.unsigned()
        guard let kind = Disposal.Kind(rawValue: UInt8(truncatingIfNeeded: marks >> 3)) else {
            throw PackedError(description: "a packed disposal is of an unknown kind")
        }
        disposal.kind = kind
        disposal.isPriced = marks & 1 != 0
        if marks & 2 != 0 { disposal.holdMicroseconds = try reader.signed() }
        guard marks & 4 != 0 else { return }
        disposal.proceedsWithoutBasis = Money(units: try reader.signed128())
        if try reader.unsigned() == 1 { disposal.marketValue = Money(units: try reader.signed128()) }
        if try reader.unsigned() == 1 {
            guard let asset = Address(bytes: try reader.slice()) else {
                throw PackedError(description: "a packed address is too long")
            }
            disposal.chargedTo = asset
        }
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
