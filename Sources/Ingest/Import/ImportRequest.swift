/// What is to be imported.
struct ImportRequest: Sendable, Hashable {
    /// The files.
    var files: InputFiles
    /// What they are written in.
    var format = InputFormat.zerion
    /// What is said of transactions that do not say it themselves.
    var defaults = PageDefaults()
    /// Whether bad rows of a ledger are left out, each with its transaction, instead of refusing the file.
    var skipsBadRows = false
}
