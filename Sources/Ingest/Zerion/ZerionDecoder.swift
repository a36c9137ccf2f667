import Events
public import JSON

/// Decodes recorded pages of Zerion's `/v1/wallets/{address}/transactions` (domain.md 3.1 and 3.1.1). Pure: no clock,
/// no I/O. Keeps its working memory from page to page; one thread at a time.
public struct ZerionDecoder: ~Copyable {
    private var parser: JSONParser
    private var reader = ZerionTransactionReader()
    private let defaults: PageDefaults

    /// Largest page, in bytes.
    public static let maximumPageByteCount = 64 << 20

    /// A decoder for pages of which the command line says that much. Throws `JSONError` when memory is exhausted.
    public init(defaults: PageDefaults = PageDefaults()) throws(JSONError) {
        self.defaults = defaults
        parser = try JSONParser(maximumByteCount: Self.maximumPageByteCount)
    }

    /// The transactions of a page, each decoded or refused. Throws `PageError` for a text that is no such page.
    public mutating func decode(_ text: consuming [UInt8]) throws(PageError) -> ZerionPage {
        let document: JSONDocument
        do { document = try parser.parse(text) } catch { throw PageError(error) }
        let root = document.root
        guard let data = root.presentValue(forKey: "data"), let elements = try? data.elements() else {
            throw PageError("no page of transactions: it has no array \"data\"", byteOffset: root.range.lowerBound)
        }
        let context = ZerionPageContext(page: root, defaults: defaults)
        var page = ZerionPage(document: document)
        page.transactions.reserveCapacity(data.count)
        for (record, element) in elements.enumerated() {
            let type = element.presentValue(forKey: "type")
            guard element.kind == .object, type?.isString("transactions") ?? true else {
                throw PageError(
                    "record \(record) is no transaction", byteOffset: element.range.lowerBound, record: record)
            }
            page.transactions.append(decode(element, in: context))
        }
        context.settle(&page)
        return page
    }

    private mutating func decode(_ transaction: JSONValue, in context: ZerionPageContext) -> ZerionPage.Entry {
        var stream: WalletKey?
        let outcome: ZerionPage.Outcome
        do throws(Refusal) {
            let chain = try context.chain(of: transaction)
            let key = WalletKey(chain: chain, address: try wallet(of: transaction, on: chain, in: context))
            stream = key
            outcome = .observed(try reader.observed(transaction, on: chain))
        } catch {
            outcome = .refused(ZerionTransactionReader.refused(transaction, error))
        }
        return ZerionPage.Entry(stream: stream, outcome: outcome, value: transaction)
    }

    private mutating func wallet(
        of transaction: JSONValue, on chain: Chain, in context: ZerionPageContext
    ) throws(Refusal) -> Address {
        let field = "attributes.address"
        let attributes = transaction.presentValue(forKey: "attributes")
        if let attributes, attributes.kind != .object { throw Refusal(.wrongShape, "attributes", attributes) }
        guard let stated = attributes?.presentValue(forKey: "address") else {
            for text in context.wallets { if let address = reader.address(text, on: chain) { return address } }
            throw Refusal(.missingField, field)
        }
        guard let text = try? stated.stringBytes() else { throw Refusal(.wrongShape, field, stated) }
        guard let address = reader.address(text, on: chain) else { throw Refusal(.invalidAddress, field, stated) }
        return address
    }
}
