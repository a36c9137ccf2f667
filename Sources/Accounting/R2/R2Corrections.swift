import Events

/// The corrections that count, by what they correct (domain.md 11.2; I12). Of two about the same thing the greater
/// command id counts, so that the set of events alone decides.
struct R2Corrections: Sendable {
    /// What a received lot cost, as somebody knows better.
    enum Basis: Sendable, Hashable {
        case zero
        /// What it was worth when it came in.
        case market
        case amount(Money)
    }

    /// A price stated for an asset in one transaction.
    struct PriceOverride: Sendable {
        /// The asset.
        let asset: Address
        /// Only this leg; nil for all legs of the asset.
        let leg: Int32?
        /// USD a whole unit.
        let price: DecimalNumber
    }

    private struct Place: Hashable {
        var asset: Address
        var transaction: [UInt8]
    }

    /// Whether anything was corrected.
    private(set) var isEmpty = true
    private var spamAssets: [Address: Bool] = [:]
    private var spamTransactions: [[UInt8]: Bool] = [:]
    private var bases: [Place: [(leg: Int32?, basis: Basis)]] = [:]
    private var assetBases: [Address: Basis] = [:]
    private var overrides: [[UInt8]: [PriceOverride]] = [:]
    private var latest: [Address: DecimalNumber] = [:]

    /// None.
    init() {}

    /// Those of a stream, given in any order.
    init(made: [Correction], undone: [Correction], assets: R2Assets) {
        let undoneCommands = Set(undone.compactMap(\.undoes))
        let counting = made.filter { !undoneCommands.contains($0.command) }
            .sorted { $0.command.utf8.lexicographicallyPrecedes($1.command.utf8) }
        for correction in counting { add(correction, assets) }
    }

    /// Whether an asset was marked as spam (true) or as none (false); nil: nobody said so.
    func isSpam(_ asset: Address) -> Bool? { spamAssets[asset] }

    /// Whether a transaction was marked as spam (true) or as none (false); nil: nobody said so.
    func isSpam(transaction: [UInt8]) -> Bool? { spamTransactions[transaction] }

    /// What a received lot cost, where somebody said so.
    func basis(of asset: Address, transaction: TransactionObserved, act: String) -> Basis? {
        for entry in bases[Place(asset: asset, transaction: transaction.identity.subject)] ?? [] {
            guard let leg = entry.leg else { return entry.basis }
            guard Int(leg) < transaction.legs.count, transaction.legs[Int(leg)].act == act else { continue }
            return entry.basis
        }
        return assetBases[asset]
    }

    /// The prices stated for a transaction.
    func prices(in transaction: [UInt8]) -> [PriceOverride] { overrides[transaction] ?? [] }

    /// The price stated for an asset as a whole, which counts as its latest.
    func latestPrice(of asset: Address) -> DecimalNumber? { latest[asset] }

    private mutating func add(_ correction: Correction, _ assets: R2Assets) {
        guard let asset = assets.identity(of: correction.asset) else { return }
        switch correction.target {
        case .spam: addSpam(correction, asset)
        case .basis: addBasis(correction, asset)
        case .price: addPrice(correction, asset)
        }
    }

    private mutating func addSpam(_ correction: Correction, _ asset: Address) {
        guard correction.value == "on" || correction.value == "off" else { return }
        isEmpty = false
        if let transaction = correction.transaction {
            spamTransactions[transaction] = correction.value == "on"
        } else {
            spamAssets[asset] = correction.value == "on"
        }
    }

    private mutating func addBasis(_ correction: Correction, _ asset: Address) {
        let basis: Basis
        switch correction.value {
        case "zero": basis = .zero
        case "market": basis = .market
        default:
            // An amount is the cost of one lot; said of an asset as a whole it would mean nothing.
            guard correction.transaction != nil, let number = try? DecimalNumber(text: correction.value.utf8),
                !number.isNegative, let amount = try? Money(rounding: number)
            else { return }
            basis = .amount(amount)
        }
        isEmpty = false
        guard let transaction = correction.transaction else {
            assetBases[asset] = basis
            return
        }
        let leg = correction.leg.map { Int32(clamping: $0) }
        bases[Place(asset: asset, transaction: transaction), default: []].insert((leg, basis), at: 0)
    }

    private mutating func addPrice(_ correction: Correction, _ asset: Address) {
        guard let price = try? DecimalNumber(text: correction.value.utf8), price.coefficient > 0 else { return }
        isEmpty = false
        guard let transaction = correction.transaction else {
            latest[asset] = price
            return
        }
        let leg = correction.leg.map { Int32(clamping: $0) }
        overrides[transaction, default: []].insert(PriceOverride(asset: asset, leg: leg, price: price), at: 0)
    }
}

extension [R2Corrections.PriceOverride] {
    /// The price stated for a leg of an asset, by its number in the table.
    func price(ofLeg leg: Int32, asset: Int32, in table: R2AssetTable) -> DecimalNumber? {
        guard asset >= 0 else { return nil }
        let identity = table.entries[Int(asset)].identity
        return first { $0.asset == identity && ($0.leg ?? leg) == leg }?.price
    }
}
