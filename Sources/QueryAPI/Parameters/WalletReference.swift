import Events
import HTTPServer
import Postgres

/// Which wallet a request names: an address, and the chains on which it can mean one.
struct WalletReference: Sendable, Hashable {
    /// The address's raw bytes.
    let address: Address
    /// The chain that was named, or all on which the address is well formed.
    let chains: [Chain]

    /// Reads an address for a chain, or for all that write addresses so.
    init(text: String, chain: Chain?) throws(APIError) {
        let chains = chain.map { [$0] } ?? Chain.allCases
        let matching = chains.compactMap { chain in Address(text: text, chain: chain).map { (chain, $0) } }
        guard let address = matching.first?.1 else {
            let bound =
                chain.map { "a wallet address of \($0.name) (\(Self.form(of: $0)))" }
                ?? "a wallet address: \(Self.form(of: .solana)) or \(Self.form(of: .ethereum))"
            throw .invalid("wallet", text, mustBe: bound)
        }
        self.address = address
        self.chains = matching.map(\.0)
    }

    /// How addresses are written.
    static func form(of chain: Chain) -> String {
        chain.isEVM ? "0x and 40 hexadecimal digits" : "base58 of 32 bytes"
    }

    /// The text of the address; its form is the same on all the chains.
    var text: String { address.text(on: chains[0]) }

    /// The chains and the address, to be bound.
    var values: [PostgresValue] { [.int16Array(chains.map(\.rawValue)), .bytes(address.bytes)] }

    /// The asset a path names: `native` is the coin that has no address.
    func asset(text: String) throws(APIError) -> Address {
        if text == "native" { return .empty }
        guard let asset = Address(text: text, chain: chains[0]) else {
            throw .invalid(
                "token", text, mustBe: "portfolio, native or a token address (\(Self.form(of: chains[0])))")
        }
        return asset
    }
}
