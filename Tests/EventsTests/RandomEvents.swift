import Events
import TestSupport

/// Events with every field at random: absent, at its bounds or in between.
struct RandomEvents {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    static let kinds = EventKind.allCases.filter { $0 != .providerPayload }

    mutating func kind() -> EventKind { Self.kinds.randomElement(using: &random)! }

    mutating func payload(for kind: EventKind) -> LogPosition? {
        guard kind == .transactionObserved || kind == .transactionRefused, flip() else { return nil }
        return LogPosition(
            topic: Topic.allCases.randomElement(using: &random)!,
            partition: Int32.random(in: 0 ... .max, using: &random),
            offset: Int64.random(in: 0 ... .max, using: &random))
    }

    mutating func revision() -> UInt64 { max(1, integer()) }

    mutating func wallet() -> WalletKey {
        let chain = Chain.allCases.randomElement(using: &random)!
        return WalletKey(chain: chain, address: Address(bytes: bytes(count: chain.addressByteCount))!)
    }

    mutating func body(of kind: EventKind) -> Event.Body {
        switch kind {
        case .transactionObserved: .transactionObserved(transaction())
        case .transactionRetracted: .transactionRetracted(TransactionRetracted(identity: identity(), reason: text()))
        case .transactionRefused:
            .transactionRefused(
                TransactionRefused(
                    identity: identity(), code: TransactionRefused.Code.allCases.randomElement(using: &random)!,
                    detail: text(), minedAt: maybe { $0.integer() }))
        case .priceObserved:
            .priceObserved(
                PriceObserved(
                    asset: asset(), time: integer(), source: requiredText(), transaction: maybe { $0.hash() },
                    price: decimal()))
        case .portfolioValued:
            .portfolioValued(
                PortfolioValued(
                    time: integer(), source: requiredText(),
                    entries: list {
                        PortfolioValued.Entry(asset: $0.asset(), priceTime: $0.integer(), price: $0.decimal())
                    }))
        case .coverageRecorded:
            .coverageRecorded(
                CoverageRecorded(
                    source: requiredText(), from: integer(), to: integer(), reachedBeginning: flip(),
                    stopReason: CoverageRecorded.StopReason(rawValue: UInt32.random(in: 1...5, using: &random))!,
                    count: integer(), timeframe: maybe { $0.text() }, limit: maybe { $0.integer() }))
        case .walletTracked: .walletTracked(command())
        case .walletUntracked: .walletUntracked(command())
        case .walletFlagged: .walletFlagged(command())
        case .walletDiscovered: .walletDiscovered(command())
        case .correctionMade: .correctionMade(correction())
        case .correctionUndone: .correctionUndone(correction())
        case .jobSubmitted:
            .jobSubmitted(
                JobSubmitted(
                    job: requiredText(), author: text(), wallets: list { $0.wallet() },
                    timeframe: maybe { $0.text() }, limit: maybe { $0.integer() }))
        case .jobWalletFinished:
            .jobWalletFinished(
                JobWalletFinished(
                    job: requiredText(), wallet: wallet(), succeeded: flip(), reason: text(),
                    attempt: max(1, integer())))
        case .jobCancelled: .jobCancelled(JobCancelled(job: requiredText(), author: text(), reason: text()))
        case .serviceSwitched, .providerPayload:
            .serviceSwitched(
                ServiceSwitched(
                    service: requiredText(), command: requiredText(), author: text(), enabled: maybe { $0.flip() },
                    action: maybe { $0.text() }))
        }
    }

    /// Changes, adds, removes or repeats some bytes.
    mutating func mutate(_ value: [UInt8]) -> [UInt8] {
        var bytes = value
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let index = Int.random(in: 0...max(0, bytes.count - 1), using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0 where !bytes.isEmpty: bytes[index] = UInt8.random(in: .min ... .max, using: &random)
            case 1 where !bytes.isEmpty: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2 where !bytes.isEmpty: bytes.remove(at: index)
            case 3: bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: index)
            default: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 16)], at: index)
            }
        }
        return bytes
    }

    private mutating func transaction() -> TransactionObserved {
        TransactionObserved(
            identity: identity(), minedAt: integer(), block: maybe { $0.integer() }, nonce: maybe { $0.integer() },
            sender: maybe { $0.wallet().address },
            status: TransactionObserved.Status(rawValue: UInt32.random(in: 1...3, using: &random))!, isTrash: flip(),
            operation: Operation(rawValue: text()), legs: list { $0.leg() }, fee: maybe { $0.leg() },
            acts: list { Act(id: $0.text(), operation: Operation(rawValue: $0.text())) }, replacedTexts: integer())
    }

    private mutating func leg() -> Leg {
        Leg(
            act: text(), direction: Leg.Direction(rawValue: UInt32.random(in: 1...3, using: &random))!, asset: asset(),
            nft: maybe { $0.text() }, symbol: text(), amount: Amount(high: integer(), low: integer()),
            decimals: UInt8.random(in: 0...Leg.maximumDecimals, using: &random), price: maybe { $0.decimal() },
            value: maybe { $0.decimal() })
    }

    private mutating func command() -> WalletCommand {
        WalletCommand(
            command: requiredText(), author: text(), reason: text(), name: text(), value: text(),
            asset: maybe { $0.asset() })
    }

    private mutating func correction() -> Correction {
        Correction(
            command: requiredText(), target: [.spam, .basis, .price].randomElement(using: &random)!, asset: asset(),
            transaction: maybe { $0.hash() }, leg: maybe { $0.integer() }, value: text(), author: text(),
            reason: text(), undoes: maybe { $0.text() })
    }

    private mutating func identity() -> TransactionIdentity {
        let hash = hash()
        return TransactionIdentity(hash: hash, providerID: hash.isEmpty ? [7] : self.hash())
    }

    private mutating func hash() -> [UInt8] {
        bytes(count: [0, 1, 66, 88, TransactionIdentity.maximumByteCount].randomElement(using: &random)!)
    }

    private mutating func asset() -> AssetName {
        [.absent, .empty, .unidentified, .address(wallet().address)].randomElement(using: &random)!
    }

    private mutating func decimal() -> DecimalNumber {
        let exponent = Int32.random(in: -400...360, using: &random)
        return DecimalNumber(coefficient: integer(), exponent: exponent)
    }

    private mutating func requiredText() -> String { text() + "x" }

    private mutating func text() -> String {
        let characters = ["a", "Z", "0", " ", "\n", "é", "ß", "漢", "🪙", "e\u{301}", "\u{200b}", "\u{ffff}"]
        let count = [0, 0, 1, 3, 15, 16, 40].randomElement(using: &random)!
        return (0..<count).map { _ in characters.randomElement(using: &random)! }.joined()
    }

    /// A number of any size: small ones are as likely as large ones.
    private mutating func integer<Number: FixedWidthInteger>() -> Number {
        let bits = UInt128(random.next()) << 64 | UInt128(random.next())
        return Number(truncatingIfNeeded: bits) >> Number(Int.random(in: 0..<Number.bitWidth, using: &random))
    }

    private mutating func bytes(count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    private mutating func flip() -> Bool { Bool.random(using: &random) }

    private mutating func maybe<Value>(_ make: (inout RandomEvents) -> Value) -> Value? {
        flip() ? make(&self) : nil
    }

    private mutating func list<Value>(_ make: (inout RandomEvents) -> Value) -> [Value] {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in make(&self) }
    }
}
