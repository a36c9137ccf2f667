import Events
import Testing

@Suite struct EventSubjectTests {
    private static let token = AssetName.address(Address(bytes: [UInt8](repeating: 9, count: 20))!)
    private static let price = DecimalNumber(coefficient: 1, exponent: 0)

    private static func priced(
        _ asset: AssetName = token, _ time: Int64 = 5, _ source: String = "birdeye", _ transaction: [UInt8]? = nil
    ) -> Event.Body {
        .priceObserved(
            PriceObserved(asset: asset, time: time, source: source, transaction: transaction, price: price))
    }

    private static func command(_ command: String, _ asset: AssetName? = nil) -> WalletCommand {
        WalletCommand(command: command, author: "ada", reason: "", asset: asset)
    }

    private static func corrected(_ target: Correction.Target, _ command: String) -> Correction {
        Correction(command: command, target: target, asset: token, value: "on", author: "ada", reason: "")
    }

    @Test("The tellings of one transaction share a subject, named by its hash, else by the provider's id")
    func transactions() {
        let identity = TransactionIdentity(hash: [1, 2], providerID: [3])
        let observed = Event.Body.transactionObserved(
            TransactionObserved(identity: identity, minedAt: 1, operation: .trade, legs: []))
        let retracted = Event.Body.transactionRetracted(TransactionRetracted(identity: identity, reason: ""))
        let refused = Event.Body.transactionRefused(
            TransactionRefused(identity: TransactionIdentity(hash: [1, 2]), code: .wrongShape, detail: ""))
        let subject = EventSubject(transaction: identity)
        #expect(subject.name == [1, 2] && subject.family == .transaction)
        for body in [observed, retracted, refused] { #expect(EventSubject(of: body) == subject) }
        #expect(EventSubject(transaction: TransactionIdentity(hash: [], providerID: [3])).name == [3])
    }

    @Test("A command and its undoing share a subject where they are about the same")
    func pairs() {
        #expect(
            EventSubject(of: .walletTracked(Self.command("c"))) == EventSubject(of: .walletUntracked(Self.command("c")))
        )
        #expect(
            EventSubject(of: .correctionMade(Self.corrected(.spam, "c")))
                == EventSubject(of: .correctionUndone(Self.corrected(.spam, "c"))))
    }

    @Test("Different facts have different subjects, whatever kind they are of and however their parts are cut")
    func distinct() {
        let wallet = WalletKey(chain: .base, address: Address(bytes: [UInt8](repeating: 9, count: 20))!)
        let other = WalletKey(chain: .ethereum, address: wallet.address)
        let bodies: [Event.Body] = [
            Self.priced(), Self.priced(.absent), Self.priced(.empty), Self.priced(.unidentified),
            Self.priced(Self.token, 6), Self.priced(Self.token, 5, "birdey", [UInt8(ascii: "e")]),
            Self.priced(Self.token, 5, "birdeye", [1]),
            .portfolioValued(PortfolioValued(time: 5, source: "birdeye", entries: [])),
            .coverageRecorded(Self.coverage("a", 1, 2)), .coverageRecorded(Self.coverage("a", 2, 2)),
            .coverageRecorded(Self.coverage("a", 1, 3)), .coverageRecorded(Self.coverage("b", 1, 2)),
            .walletTracked(Self.command("c")), .walletFlagged(Self.command("c")),
            .walletDiscovered(Self.command("c", Self.token)), .walletDiscovered(Self.command("c", .empty)),
            .correctionMade(Self.corrected(.spam, "c")), .correctionMade(Self.corrected(.price, "c")),
            .correctionMade(Self.corrected(.spam, "d")),
            .jobSubmitted(JobSubmitted(job: "c", author: "", wallets: [])),
            .jobCancelled(JobCancelled(job: "c", author: "", reason: "")),
            .jobWalletFinished(JobWalletFinished(job: "c", wallet: wallet, succeeded: true, reason: "", attempt: 1)),
            .jobWalletFinished(JobWalletFinished(job: "c", wallet: other, succeeded: true, reason: "", attempt: 1)),
            .serviceSwitched(ServiceSwitched(service: "c", command: "ancelled", author: "")),
            .serviceSwitched(ServiceSwitched(service: "cancelled", command: "c", author: "")),
        ]
        let subjects = Set(bodies.map(EventSubject.init(of:)))
        #expect(subjects.count == bodies.count)
    }

    private static func coverage(_ source: String, _ from: Int64, _ to: Int64) -> CoverageRecorded {
        CoverageRecorded(
            source: source, from: from, to: to, reachedBeginning: false, stopReason: .limit, count: 0)
    }
}
