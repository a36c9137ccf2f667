import Testing

@Suite struct StyleTests {
    static let rules = LengthRules.all + ImportRules.all + CodeRules.all + TreeRules.all

    @Test("The checkout keeps to the house style", arguments: rules)
    func checkoutKeepsRule(_ rule: Rule) throws {
        let files = try Checkout.files.get()
        for finding in files.flatMap({ rule.findings($0, files) }) {
            Issue.record("\(finding)")
        }
    }

    @Test("The checkout is seen")
    func checkoutIsSeen() throws {
        let paths = Set(try Checkout.files.get().map(\.path))
        for path in ["Package.swift", "scripts/test", ".ci/run", "Sources/Executables/ingest/main.swift"] {
            #expect(paths.contains(path))
        }
    }
}
