import Events
import Runtime

/// What a command line asks to import, checked as far as that goes without looking at the files.
struct ImportArguments: Sendable, Hashable {
    /// Files and directories.
    var paths: [String]
    /// The file of price observations; nil when none was given.
    var prices: String?
    /// What the files are written in.
    var format: InputFormat
    /// What is said of transactions that do not say it themselves.
    var defaults: PageDefaults
    /// Whether bad rows of a ledger are left out.
    var skipsBadRows: Bool

    /// Throws `UsageError` or `ConfigurationError` for what makes no sense.
    init(_ values: SettingValues, files: [String]) throws {
        paths = (values[IngestSettings.pages].map { [$0] } ?? []) + files
        guard !paths.isEmpty else { throw UsageError("import: missing argument <file>") }
        format = values[IngestSettings.format]
        let (wallet, chain) = (values[IngestSettings.wallet], values[IngestSettings.chain])
        guard format == .zerion || wallet == nil && chain == nil else {
            throw UsageError("import: a ledger names wallet and chain in every row; --wallet and --chain are for pages")
        }
        skipsBadRows = values[IngestSettings.skipBad]
        guard format == .csv || !skipsBadRows else {
            throw UsageError("import: --skip-bad is for ledgers; bad transactions of a page are refused one by one")
        }
        prices = values[IngestSettings.prices]
        defaults = try Self.pageDefaults(wallet: wallet, chain: chain)
    }

    /// The files, found. Throws `unreadableInput`.
    func request() throws(IngestError) -> ImportRequest {
        ImportRequest(
            files: try InputFiles(paths, prices: prices, format: format), format: format, defaults: defaults,
            skipsBadRows: skipsBadRows)
    }

    /// What the command line says of transactions that do not say it themselves. Throws `ConfigurationError`.
    static func pageDefaults(wallet: String?, chain text: String?) throws(ConfigurationError) -> PageDefaults {
        var defaults = PageDefaults(wallet: wallet)
        defaults.chain = try text.map(Self.chain)
        let chains = defaults.chain.map { [$0] } ?? Chain.allCases
        if let wallet, !chains.contains(where: { Address(text: wallet, chain: $0) != nil }) {
            throw ConfigurationError(
                key: "wallet", value: wallet, bound: "an address on \(chains.map(\.name).joined(separator: " or "))",
                source: .option("--wallet"))
        }
        return defaults
    }

    /// A chain by any of its names. Throws `ConfigurationError`.
    static func chain(_ text: String) throws(ConfigurationError) -> Chain {
        if let chain = Chain(alias: text) { return chain }
        throw ConfigurationError(
            key: "chain", value: text,
            bound: "one of \(Chain.allCases.map(\.name).joined(separator: ", ")), or another name of these",
            source: .option("--chain"))
    }
}
