/// What an event is about: events with equal subjects are tellings of the same fact, of which one wins (I2, I3).
public struct EventSubject: Sendable, Hashable {
    /// Kinds that share one subject and one count of revisions.
    public enum Family: UInt8, Sendable, Hashable {
        case transaction = 1
        case price = 2
        case valuation = 3
        case coverage = 4
        case tracking = 5
        case flag = 6
        case discovery = 7
        case correction = 8
        case job = 9
        case service = 10
    }

    /// Which kinds share it.
    public let family: Family
    /// The parts named in design.md's table, unambiguous within the family.
    public let name: [UInt8]

    /// Names a transaction, which is looked up most.
    public init(transaction identity: TransactionIdentity) {
        family = .transaction
        name = identity.subject
    }

    /// The subject of an event.
    public init(of body: Event.Body) {
        var name = LengthPrefixedParts()
        switch body {
        case .transactionObserved(let event): self.init(transaction: event.identity)
        case .transactionRetracted(let event): self.init(transaction: event.identity)
        case .transactionRefused(let event): self.init(transaction: event.identity)
        case .priceObserved(let event):
            name.append(event.asset)
            name.append(event.time)
            name.append(event.source.utf8)
            name.append(event.transaction ?? [])
            self.init(family: .price, name: name)
        case .portfolioValued(let event):
            name.append(event.time)
            name.append(event.source.utf8)
            self.init(family: .valuation, name: name)
        case .coverageRecorded(let event):
            name.append(event.source.utf8)
            name.append(event.from)
            name.append(event.to)
            self.init(family: .coverage, name: name)
        case .walletTracked(let event), .walletUntracked(let event):
            name.append(event.command.utf8)
            self.init(family: .tracking, name: name)
        case .walletFlagged(let event):
            name.append(event.command.utf8)
            self.init(family: .flag, name: name)
        case .walletDiscovered(let event):
            name.append(event.command.utf8)
            name.append(event.asset ?? .unidentified)
            self.init(family: .discovery, name: name)
        case .correctionMade(let event), .correctionUndone(let event):
            name.append(event.target.rawValue.utf8)
            name.append(event.command.utf8)
            self.init(family: .correction, name: name)
        case .jobSubmitted(let event):
            name.append(event.job.utf8)
            self.init(family: .job, name: name)
        case .jobWalletFinished(let event):
            name.append(event.job.utf8)
            name.append(event.wallet.logKey)
            self.init(family: .job, name: name)
        case .jobCancelled(let event):
            name.append(event.job.utf8)
            name.append("cancelled".utf8)
            self.init(family: .job, name: name)
        case .serviceSwitched(let event):
            name.append(event.service.utf8)
            name.append(event.command.utf8)
            self.init(family: .service, name: name)
        }
    }

    private init(family: Family, name: LengthPrefixedParts) {
        self.family = family
        self.name = name.bytes
    }
}
