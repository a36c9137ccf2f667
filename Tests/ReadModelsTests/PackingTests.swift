import Accounting
import Events
import TestSupport
import Testing

@testable import ReadModels

/// Packed columns give back what was packed, and no bytes whatever trap.
@Suite("Packed columns")
struct PackingTests {
    @Test("Numbers of every size come back")
    func numbers() throws {
        let values: [Int64] = [0, 1, -1, 63, 64, -64, -65, .max, .min]
        let wide: [Int128] = [0, 1, -1, .max, .min, 1 << 64, -(1 << 100)]
        var writer = PackedWriter()
        for value in values { writer.append(value) }
        for value in wide { writer.append(value) }
        writer.append(unsigned: .max)
        var reader = PackedReader(writer.bytes[...])
        for value in values { #expect(try reader.signed() == value) }
        for value in wide { #expect(try reader.signed128() == value) }
        #expect(try reader.unsigned() == .max)
        #expect(reader.isAtEnd)
    }

    @Test("Events come back in their order, whatever their offsets and clocks say")
    func events() throws {
        let entries = [
            EventChunk.Entry(offset: 5, kind: 1, time: .max, source: "a", value: [1, 2, 3]),
            EventChunk.Entry(offset: 6, kind: 255, time: -2, source: "", value: []),
            EventChunk.Entry(offset: .max, kind: 3, time: .min, source: "é", value: [0]),
        ]
        var read: [EventChunk.Entry] = []
        try EventChunk.unpack(EventChunk.pack(entries)[...]) { read.append($0) }
        #expect(read == entries)
    }

    @Test("Disposals and lots come back with all that is said of them")
    func disposals() throws {
        var random = SeededGenerator(for: "packing")
        let disposals = (0..<300).map { _ in Self.disposal(&random) }
        for start in stride(from: 0, to: disposals.count, by: DisposalChunk.capacity) {
            let part = disposals[start..<min(start + DisposalChunk.capacity, disposals.count)]
            let packed = DisposalChunk.pack(part)
            #expect(try DisposalChunk.unpack(packed[...], asset: Self.asset) == Array(part))
        }
        let lots = (0..<40).map { _ in Self.lot(&random) }
        let packed = LotChunk.pack(lots)
        #expect(try LotChunk.unpack(packed[...]) == lots)
        #expect(try LotChunk.oldest(ofPrefix: packed.prefix(LotChunk.oldestLotPrefixByteCount)) == lots.first)
    }

    @Test("Damaged bytes are an error or something else, never a trap")
    func damage() throws {
        var random = SeededGenerator(for: "packing damage")
        let packed = DisposalChunk.pack((0..<4).map { _ in Self.disposal(&random) })
        var errors = 0
        for length in packed.indices {
            do { _ = try DisposalChunk.unpack(packed[..<length], asset: Self.asset) } catch { errors += 1 }
        }
        #expect(errors == packed.count)
        for _ in 0..<5_000 {
            var damaged = packed
            damaged[Int.random(in: packed.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            _ = try? DisposalChunk.unpack(damaged[...], asset: Self.asset)
            _ = try? LotChunk.unpack(damaged[...])
            try? EventChunk.unpack(damaged[...]) { _ in }
        }
    }

    private static let asset = Address(bytes: [UInt8](repeating: 3, count: 20)) ?? .empty

    private static func money(_ random: inout SeededGenerator) -> Money {
        Money(units: Int128(Int64.random(in: .min ... .max, using: &random)) << Int128(random.next() % 40))
    }

    private static func bytes(_ random: inout SeededGenerator) -> [UInt8] {
        (0..<Int.random(in: 0..<90, using: &random)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    private static func disposal(_ random: inout SeededGenerator) -> Disposal {
        var disposal = Disposal(
            asset: asset, time: Int64.random(in: .min ... .max, using: &random), transaction: bytes(&random),
            quantity: Int128(random.next()) << Int128(random.next() % 60))
        (disposal.proceeds, disposal.cost, disposal.realised) = (money(&random), money(&random), money(&random))
        disposal.kind = [.swap, .fee, .send].randomElement(using: &random) ?? .swap
        disposal.isPriced = Bool.random(using: &random)
        if Bool.random(using: &random) { disposal.holdMicroseconds = Int64.random(in: .min ... .max, using: &random) }
        if Bool.random(using: &random) { disposal.marketValue = money(&random) }
        if Bool.random(using: &random) { disposal.chargedTo = asset }
        if Bool.random(using: &random) { disposal.proceedsWithoutBasis = money(&random) }
        for _ in 0..<Int.random(in: 0..<4, using: &random) {
            disposal.matches.append(
                LotMatch(
                    basis: [.known, .unknown, .missing].randomElement(using: &random) ?? .known,
                    acquiredAt: Int64.random(in: .min ... .max, using: &random), acquisition: bytes(&random),
                    quantity: Int128(random.next()), cost: money(&random), proceeds: money(&random),
                    realised: money(&random), holdSeconds: Int64.random(in: 0 ... .max, using: &random)))
        }
        return disposal
    }

    private static func lot(_ random: inout SeededGenerator) -> OpenLot {
        var lot = OpenLot(
            hasKnownBasis: Bool.random(using: &random), acquiredAt: Int64.random(in: .min ... .max, using: &random),
            acquisition: bytes(&random), quantity: Int128(random.next()), cost: money(&random))
        lot.origin = [.swap, .receive, .unpriced, .move].randomElement(using: &random) ?? .swap
        return lot
    }
}
