import Foundation

/// What one would write instead of Ingest's decoder: Foundation's `JSONDecoder` into structs with the fields that
/// matter. It checks less: numbers become binary floating point, quantities stay text, times and addresses are not
/// read.
struct JSONDecoderPeer {
    private let pages: [Data]
    private let decoder = JSONDecoder()

    /// Takes the texts of the pages.
    init(_ pages: [[UInt8]]) throws { self.pages = pages.map { Data($0) } }

    /// Decodes all pages and counts their transfers.
    func legCount() throws -> Int {
        try pages.reduce(0) { count, text in
            try decoder.decode(Page.self, from: text).data.reduce(count) { $0 + $1.attributes.transfers.count }
        }
    }

    private struct Page: Decodable {
        let data: [Transaction]
    }

    private struct Transaction: Decodable {
        let id: String
        let attributes: Attributes
        let relationships: Relationships?
    }

    private struct Relationships: Decodable {
        struct Chain: Decodable { let data: Reference }
        struct Reference: Decodable { let id: String }
        let chain: Chain
    }

    // The names are the provider's.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    private struct Attributes: Decodable {
        struct Flags: Decodable { let is_trash: Bool? }
        struct Act: Decodable {
            let id: String
            let type: String
        }
        let address: String?
        let operation_type: String
        let hash: String
        let mined_at_block: UInt64?
        let mined_at: String
        let sent_from: String?
        let status: String
        let nonce: UInt64?
        let fee: Movement?
        let transfers: [Movement]
        let flags: Flags?
        let acts: [Act]?
    }

    // As above.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    private struct Movement: Decodable {
        struct Implementation: Decodable {
            let chain_id: String
            let address: String?
            let decimals: Int?
        }
        struct Fungible: Decodable {
            let symbol: String?
            let implementations: [Implementation]?
        }
        struct NonFungible: Decodable {
            let contract_address: String?
            let token_id: String?
        }
        struct Quantity: Decodable {
            let int: String?
            let decimals: Int?
        }
        let fungible_info: Fungible?
        let nft_info: NonFungible?
        let direction: String?
        let quantity: Quantity
        let price: Double?
        let value: Double?
        let act_id: String?
    }
}
