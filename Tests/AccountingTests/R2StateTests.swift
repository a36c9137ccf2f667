import Events
import Testing

@testable import Accounting

/// The fold as a machine: its state can be kept and continued.
struct R2StateTests {
    @Test("Folding in two goes is folding in one", arguments: CostBasisMethod.allCases)
    func continued(method: CostBasisMethod) throws {
        for seed in 0..<300 as Range<UInt64> {
            let history = R2RandomHistory(seed: seed, transactions: 12).stream.history()
            let stream = R2Stream(history)
            let state = R2State(assets: stream.context.assets, method: method)
            for cut in 0...stream.order.count where cut % 3 == 1 {
                var first = R2Fold(context: stream.context, state: state)
                first.apply(history.transactions, in: Array(stream.order[..<cut]))
                var second = R2Fold(context: stream.context, state: first.state, disposals: first.disposals)
                second.apply(history.transactions, in: Array(stream.order[cut...]))
                let numbers = R2Outcome.numbers(of: second, in: stream)
                #expect(try numbers == R2.fold(history, method: method), "seed \(seed), cut \(cut)")
            }
        }
    }

    @Test("The order of transactions compares every key")
    func order() throws {
        let own = Stream.wallet.address
        // In the order in which they belong: time, block, others' before own, nonce, hash.
        let keys: [(Int64, UInt64?, Address?, UInt64?, String)] = [
            (1, nil, own, 9, "z"), (2, 1, own, 9, "y"), (2, 2, own, 0, "x"), (2, nil, Assets.other, 9, "w"),
            (2, 0, nil, 9, "zz"), (2, 0, own, 0, "z1"), (2, nil, own, 1, "a"), (2, nil, own, 1, "aaaaaaaaa"),
            (2, nil, own, 1, "aaaaaaaab"), (2, nil, own, nil, "a0"),
        ]
        for seed in 0..<20 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var stream = Stream()
            for (time, block, sender, nonce, hash) in keys.shuffled(using: &generator) {
                stream.append(
                    .transactionObserved(
                        TransactionObserved(
                            identity: TransactionIdentity(hash: Array(hash.utf8)), minedAt: time, block: block,
                            nonce: nonce, sender: sender, operation: .trade, legs: [])))
            }
            let history = stream.history()
            let order = R2Stream(history).order.map { history.subject(ofTransaction: $0) }
            #expect(order == keys.map { Array($0.4.utf8) })
        }
    }

    @Test("Shares add up to the amount, whatever the parts")
    func proportionalSplit() {
        var split = ProportionalSplit(100, over: 3)
        #expect((split.take(1), split.take(1), split.take(1)) == (33, 34, 33))
        var halves = ProportionalSplit(5, over: 2)
        #expect((halves.take(1), halves.take(1)) == (2, 3))
        var widest = ProportionalSplit(.max, over: .max)
        #expect(widest.take(1) == 1)
        #expect(widest.take(Int128.max - 1) == Int128.max - 1)
    }
}
