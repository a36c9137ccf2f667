import Events

@testable import Ingest

/// Pages written by hand: one transaction with everything a provider says, of which tests change a piece.
enum PageText {
    static let wallet = "6BxJCNh25HRvpby4TDJb5zV8uYqssiLmB2E6AUPXV25G"
    static let otherWallet = "5ngDQ3vMT7GHeFvXP5GLX79t6fqG2t15kyQTtst9zFdw"
    static let token = "YpxLFM4koHT6EvsB1j7ABAAFdqnQpHiJoWzmEiFKick"
    static let ethereumWallet = "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045"

    static let transaction = """
        {"type":"transactions","id":"id-1","attributes":{"address":"\(wallet)","operation_type":"trade",\
        "hash":"hash-1","mined_at_block":7,"mined_at":"2025-09-22T15:48:43Z","sent_from":"\(wallet)","sent_to":"",\
        "status":"confirmed","nonce":3,"fee":{"fungible_info":{"symbol":"SOL","implementations":[{"chain_id":"solana",\
        "address":"11111111111111111111111111111111","decimals":9}]},"quantity":{"int":"10463","decimals":9,\
        "float":1.0463e-05,"numeric":"0.000010463"},"price":220.518,"value":0.0023},"transfers":[{"fungible_info":\
        {"symbol":"KICK","icon":null,"implementations":[{"chain_id":"ethereum","address":"","decimals":18},\
        {"chain_id":"solana","address":"\(token)","decimals":6}]},"direction":"in","quantity":{"int":"4350342651441",\
        "decimals":6,"float":4350342.6,"numeric":"4350342.651441"},"value":1038.933315750192,\
        "price":2.38816e-4,"act_id":"0"}],"approvals":[],"flags":{"is_trash":false},"acts":[{"id":"0",\
        "type":"trade"}]},"relationships":{"chain":{"data":{"type":"chains","id":"solana"}}}}
        """

    static func page(_ transactions: String..., link: String? = nil) -> [UInt8] {
        let link = link.map { #""links":{"self":"\#($0)"},"# } ?? ""
        return Array("{\(link)\"data\":[\(transactions.joined(separator: ","))]}".utf8)
    }

    /// The transaction with a piece of its text replaced, which must be there.
    static func transaction(_ piece: String, _ replacement: String) -> String {
        precondition(transaction.contains(piece), "\(piece) is not in the transaction")
        return transaction.replacing(piece, with: replacement)
    }
}

/// Decodes one page with a decoder of its own.
func decode(_ text: [UInt8], wallet: String? = nil, chain: Chain? = nil) throws -> [ZerionPage.Entry] {
    var decoder = try ZerionDecoder(defaults: PageDefaults(wallet: wallet, chain: chain))
    return try decoder.decode(text).transactions
}

extension ZerionPage.Entry {
    var observed: TransactionObserved? { if case .observed(let event) = outcome { event } else { nil } }
    var refused: TransactionRefused? { if case .refused(let event) = outcome { event } else { nil } }
}
