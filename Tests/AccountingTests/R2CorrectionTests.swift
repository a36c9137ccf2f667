import Accounting
import Events
import Testing

/// What corrections change under r2, and that undoing takes it back (domain.md 11.2; I12).
struct R2CorrectionTests {
    private struct Change {
        var target: Correction.Target
        var value: String
        var transaction: String?
        var leg: UInt32?
        var command = "c1"
        var undoes: String?
    }

    /// Received 10 worth 60, bought 10 for 100, sold 15 for 300; a transaction flagged as spam brings another asset.
    private func stream(_ changes: [Change]) throws -> Stream {
        var stream = Stream()
        let usdc = Assets.dollar
        stream.transact(.receive, at: 1, [try Leg.of(.incoming, Assets.token, "10", value: "60")], hash: "t1")
        stream.transact(
            .trade, at: 2,
            [try Leg.of(.outgoing, usdc, "100", price: "1"), try Leg.of(.incoming, Assets.token, "10")], hash: "t2")
        stream.transact(
            .trade, at: 3,
            [try Leg.of(.outgoing, Assets.token, "15"), try Leg.of(.incoming, usdc, "300", price: "1")], hash: "t3")
        stream.transact(.receive, at: 4, [try Leg.of(.incoming, Assets.other, "1")], hash: "t4", isTrash: true)
        for change in changes {
            let correction = Correction(
                command: change.command, target: change.target,
                asset: .address(change.transaction == "t4" || change.value == "off" ? Assets.other : Assets.token),
                transaction: change.transaction.map { Array($0.utf8) }, leg: change.leg, value: change.value,
                author: "someone", reason: "knows better", undoes: change.undoes)
            stream.append(change.undoes == nil ? .correctionMade(correction) : .correctionUndone(correction))
        }
        return stream
    }

    private func token(_ changes: [Change], _ asset: Address = Assets.token) throws -> TokenFigures {
        try R2.fold(stream(changes).history()).token(asset)
    }

    @Test(
        "A received lot's basis turns its proceeds into profit or loss",
        arguments: [("zero", "0", "250"), ("market", "60", "190"), ("40", "40", "210"), ("0", "0", "250")])
    func basis(value: String, cost: String, realised: String) throws {
        for transaction in ["t1", nil] where transaction != nil || Int(value) == nil {
            let token = try token([Change(target: .basis, value: value, transaction: transaction)])
            #expect(token.detail.receivedCost == (try Money(cost)))
            // First in, first out: 10 of the receipt, which came first, and 5 of the purchase.
            #expect(token.realised == (try Money(realised)))
            #expect(token.proceedsWithoutBasis == .zero)
        }
    }

    @Test("An undone correction changes nothing, and neither do values that mean nothing")
    func undone() throws {
        let plain = try R2.fold(stream([]).history())
        for changes in [
            [
                Change(target: .basis, value: "zero", transaction: "t1"),
                Change(target: .basis, value: "", command: "c2", undoes: "c1"),
            ],
            [Change(target: .basis, value: "12")], [Change(target: .basis, value: "-1", transaction: "t1")],
            [Change(target: .price, value: "free", transaction: "t2")], [Change(target: .spam, value: "maybe")],
            [Change(target: .basis, value: "zero", transaction: "t1", leg: 3)],
        ] {
            #expect(try R2.fold(stream(changes).history()) == plain)
        }
    }

    @Test("Of two corrections of one thing the greater command counts, in any order")
    func conflict() throws {
        let changes = [
            Change(target: .basis, value: "40", transaction: "t1", command: "c2"),
            Change(target: .basis, value: "zero", transaction: "t1", command: "c1"),
        ]
        #expect(try token(changes).detail.receivedCost == Money("40"))
        #expect(try token(changes.reversed()).detail.receivedCost == Money("40"))
    }

    @Test("A token marked as spam is in no sum, and one marked as none counts")
    func spam() throws {
        let marked = try R2.fold(stream([Change(target: .spam, value: "on")]).history())
        #expect(try marked.token(Assets.token).detail.isSpam)
        #expect(marked.portfolio.realised == .zero && marked.portfolio.trades == 0)
        #expect(marked.portfolio.parts.whole.assets == 1)
        #expect(marked.daily.allSatisfy { $0.realised == .zero && $0.trades == 0 })
        #expect(marked.completeness.spamAssets == 2)
        let plain = try R2.fold(stream([]).history())
        #expect(try plain.token(Assets.other).detail.isSpam)
        #expect(try plain.token(Assets.other).heldUnknown == 0)
        #expect(plain.completeness.trash == 1)
        let cleared = try R2.fold(stream([Change(target: .spam, value: "off")]).history())
        #expect(try !cleared.token(Assets.other).detail.isSpam)
        #expect(try cleared.token(Assets.other).heldUnknown == 1_000_000)
        let single = try R2.fold(stream([Change(target: .spam, value: "on", transaction: "t3")]).history())
        #expect(single.portfolio.trades == 0)
        #expect(single.completeness.trash == 2)
    }

    @Test("A stated price values a leg, or is an asset's latest")
    func price() throws {
        var latest = try token([Change(target: .price, value: "12")])
        #expect(latest.latestPriceSource == "correction")
        // 5 bought for 50 are left, worth 60.
        #expect(latest.heldKnown == 0)
        latest = try token([
            Change(target: .price, value: "12"),
            Change(target: .basis, value: "zero", transaction: "t1", command: "c2"),
        ])
        #expect(latest.unrealised == (try Money("10")))
        var stream = Stream()
        let legs = [try Leg.of(.outgoing, Assets.other, "1"), try Leg.of(.incoming, Assets.token, "2", price: "9")]
        stream.transact(.trade, at: 1, legs, hash: "t1")
        stream.append(
            .correctionMade(
                Correction(
                    command: "c", target: .price, asset: .address(Assets.token), transaction: Array("t1".utf8),
                    leg: 1, value: "7", author: "a", reason: "r")))
        #expect(try R2.fold(stream.history()).token(Assets.token).invested == Money("14"))
    }
}
