import Events
import JSON

/// Reads transfers and fees: what moved, named as delivered, how much of it, and what the provider says it was worth.
struct ZerionLegReader {
    var fields = ZerionFields()
    var addresses = AddressCache()

    /// A transfer as a leg. Throws `Refusal` with the field's path within the transfer.
    mutating func leg(_ transfer: JSONValue, on chain: Chain) throws(Refusal) -> Leg {
        guard transfer.kind == .object else { throw Refusal(.wrongShape, "", transfer) }
        let direction = try Self.direction(transfer)
        let act = try fields.word(transfer, "act_id")
        return try leg(transfer, act: act, direction: direction, on: chain)
    }

    /// A fee as a leg going out. Throws `Refusal` with the field's path within the fee.
    mutating func fee(_ fee: JSONValue, on chain: Chain) throws(Refusal) -> Leg {
        guard fee.kind == .object else { throw Refusal(.wrongShape, "", fee) }
        return try leg(fee, act: "", direction: .outgoing, on: chain)
    }

    private mutating func leg(
        _ movement: JSONValue, act: String, direction: Leg.Direction, on chain: Chain
    ) throws(Refusal) -> Leg {
        let asset = try asset(of: movement, on: chain)
        guard let quantityValue = movement.presentValue(forKey: "quantity") else {
            throw Refusal(.missingField, "quantity")
        }
        let quantity: ZerionQuantity
        do { quantity = try ZerionQuantity(quantityValue, assetDecimals: asset.decimals) } catch {
            throw error.within("quantity")
        }
        return Leg(
            act: act, direction: direction, asset: asset.name, nft: asset.nft, symbol: asset.symbol,
            amount: quantity.amount, decimals: quantity.decimals, price: try ZerionFields.money(movement, "price"),
            value: try ZerionFields.money(movement, "value"))
    }

    private static func direction(_ transfer: JSONValue) throws(Refusal) -> Leg.Direction {
        guard let value = transfer.presentValue(forKey: "direction") else {
            throw Refusal(.missingField, "direction")
        }
        if value.isString("in") { return .incoming }
        if value.isString("out") { return .outgoing }
        if value.isString("self") { return .own }
        throw Refusal(.wrongShape, "direction", value)
    }

    private struct Asset {
        var name = AssetName.unidentified
        var nft: String?
        var symbol = ""
        var decimals: JSONValue?
    }

    private mutating func asset(of movement: JSONValue, on chain: Chain) throws(Refusal) -> Asset {
        do {
            if let fungible = movement.presentValue(forKey: "fungible_info") {
                do { return try self.fungible(fungible, on: chain) } catch { throw error.within("fungible_info") }
            }
            guard let nft = movement.presentValue(forKey: "nft_info") else { return Asset() }
            do { return try self.nft(nft, on: chain) } catch { throw error.within("nft_info") }
        }
    }

    /// The implementation on the transaction's own chain names the asset; none there: unidentified (domain.md 2.2).
    private mutating func fungible(_ info: JSONValue, on chain: Chain) throws(Refusal) -> Asset {
        guard info.kind == .object else { throw Refusal(.wrongShape, "", info) }
        var asset = Asset()
        asset.symbol = try fields.symbol(info, "symbol")
        guard let implementations = info.presentValue(forKey: "implementations") else { return asset }
        guard let elements = try? implementations.elements() else {
            throw Refusal(.wrongShape, "implementations", implementations)
        }
        let name = chain.zerionName
        for implementation in elements {
            guard let identifier = implementation.value(forKey: "chain_id"), identifier.isString(name) else { continue }
            asset.decimals = implementation.presentValue(forKey: "decimals")
            do { asset.name = try nativeOrToken(implementation, on: chain) } catch {
                throw error.within("implementations")
            }
            return asset
        }
        return asset
    }

    /// A missing or null address and "" both mean the native coin; which of the two was said is kept.
    private mutating func nativeOrToken(_ implementation: JSONValue, on chain: Chain) throws(Refusal) -> AssetName {
        guard let text = try fields.text(implementation, "address") else { return .absent }
        if text.isEmpty { return .empty }
        guard let address = addresses.address(text, on: chain) else {
            throw Refusal(.invalidAddress, "address", implementation.value(forKey: "address"))
        }
        return .address(address)
    }

    /// An NFT without a contract is of an unidentified asset: it is never the native coin.
    private mutating func nft(_ info: JSONValue, on chain: Chain) throws(Refusal) -> Asset {
        guard info.kind == .object else { throw Refusal(.wrongShape, "", info) }
        var asset = Asset()
        asset.symbol = try fields.symbol(info, "name")
        if let identifier = info.presentValue(forKey: "token_id"), identifier.kind == .number {
            asset.nft = String(decoding: identifier.rawText.prefix(ZerionFields.maximumWordByteCount), as: UTF8.self)
        } else {
            asset.nft = try fields.word(info, "token_id")
        }
        guard let text = try fields.text(info, "contract_address"), !text.isEmpty else { return asset }
        guard let address = addresses.address(text, on: chain) else {
            throw Refusal(.invalidAddress, "contract_address", info.value(forKey: "contract_address"))
        }
        asset.name = .address(address)
        return asset
    }
}

extension Chain {
    /// What Zerion calls the chain (domain.md 6).
    var zerionName: StaticString {
        switch self {
        case .solana: "solana"
        case .ethereum: "ethereum"
        case .base: "base"
        case .binanceSmartChain: "binance-smart-chain"
        }
    }

    /// The chain that Zerion calls so; nil for a chain that is not followed.
    init?(zerion value: JSONValue) {
        guard let chain = Chain.allCases.first(where: { value.isString($0.zerionName) }) else { return nil }
        self = chain
    }
}
