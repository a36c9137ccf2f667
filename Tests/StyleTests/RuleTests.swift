import Testing

/// Each rule finds what it is there to find, at the right line, and leaves good files alone.
@Suite struct RuleTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let rule: Rule
        var path = "Sources/Events/Example.swift"
        let text: String
        /// The lines with a finding.
        let lines: [Int]

        var testDescription: String { "\(rule.name), \(path)" }
    }

    static let lengthExamples = [
        Example(rule: LengthRules.files, text: String(repeating: "let a = 1\n", count: 400), lines: []),
        Example(rule: LengthRules.files, text: String(repeating: "let a = 1\n", count: 401), lines: [401]),
        Example(rule: LengthRules.files, path: "scripts/long", text: "#!/bin/sh\n" + blank(400), lines: [401]),
        Example(rule: LengthRules.lines, text: String(repeating: "é", count: 120), lines: []),
        Example(rule: LengthRules.lines, text: "\n" + String(repeating: "a", count: 121), lines: [2]),
        Example(rule: LengthRules.functions, text: "func long() {\n\(blank(69))}", lines: [1]),
        Example(rule: LengthRules.functions, text: "func short() {\n\(blank(68))}", lines: []),
        Example(
            rule: LengthRules.functions,
            text: "// {\nstruct S {\n    init(\n        a: Int\n    ) {\n\(blank(70))    }\n}",
            lines: [3]),
        Example(
            rule: LengthRules.functions, text: "protocol P {\n    func a()\n    func b()\n\(blank(80))}", lines: []),
        Example(rule: LengthRules.functions, text: "func a(_ b: () -> Void = {}) {\n\(blank(70))}", lines: [1]),
        Example(rule: LengthRules.functions, path: "scripts/long", text: "#!/bin/sh\nf() {\n\(blank(70))}", lines: [2]),
    ]

    static let importExamples = [
        Example(rule: ImportRules.layout, text: "import Synchronization\nimport CEvents", lines: []),
        Example(rule: ImportRules.layout, text: "// import Foundation\n\npublic import Foundation", lines: [3]),
        Example(rule: ImportRules.layout, path: "Sources/Accounting/A.swift", text: "import Postgres", lines: [1]),
        Example(rule: ImportRules.layout, path: "Sources/Accounting/A.swift", text: "public import Events", lines: []),
        Example(rule: ImportRules.layout, path: "Sources/ReadModels/A.swift", text: "import Ingest", lines: [1]),
        Example(rule: ImportRules.layout, path: "Sources/Adapters/JSON/A.swift", text: "import CPostgres", lines: [1]),
        Example(rule: ImportRules.layout, path: "Sources/Adapters/JSON/A.swift", text: "import CSimdjson", lines: []),
        Example(
            rule: ImportRules.layout, path: "Sources/Executables/ingest/A.swift", text: "import Projector",
            lines: [1]),
        Example(rule: ImportRules.cModules, path: "Sources/QueryAPI/A.swift", text: "import CPostgres", lines: [1]),
        Example(
            rule: ImportRules.cModules, path: "Tests/EventsTests/A.swift", text: "import CEvents", lines: [1]),
        Example(rule: ImportRules.cModules, path: "Sources/QueryAPI/A.swift", text: "import Crypto", lines: []),
        Example(rule: ImportRules.cModules, text: "import CEvents", lines: []),
    ]

    static let codeExamples = [
        Example(
            rule: CodeRules.exactNumbers, text: "// Double\nlet a = \"Double\"\nlet b: Double = 0", lines: [3]),
        Example(rule: CodeRules.exactNumbers, path: "Sources/QueryAPI/A.swift", text: "let b: Double = 0", lines: []),
        Example(
            rule: CodeRules.documentation, text: "public struct A {\n    /// B.\n    public let b = 1\n}", lines: [1]),
        Example(
            rule: CodeRules.documentation, text: "/// A.\n@safe\npublic struct A {}\npublic import Events", lines: []),
        Example(
            rule: CodeRules.documentation, text: "/// A.\nstruct A {\n\n    @safe public init() {}\n}", lines: [4]),
        Example(rule: CodeRules.uncheckedReasons, text: "\nfinal class A: @unchecked Sendable {}", lines: [2]),
        Example(rule: CodeRules.uncheckedReasons, text: "// Locked.\nfinal class A: @unchecked Sendable {}", lines: []),
        Example(rule: CodeRules.typeNames, text: "let manager = FileManager.default\nstruct LotManager {}", lines: [2]),
    ]

    static let treeExamples = [
        Example(rule: TreeRules.folderNames, path: "Sources/Events/Utils/A.swift", text: "", lines: [1]),
        Example(rule: TreeRules.folderNames, path: "Sources/Events/Lots/Utils.swift", text: "", lines: []),
        Example(rule: TreeRules.unfinished, text: "let a = 1\n// TO" + "DO: later\nlet todos = 2", lines: [2]),
        Example(rule: TreeRules.machinePaths, text: "\nlet a = \"/ho" + "me/somebody/a\"", lines: [2]),
        Example(rule: TreeRules.machinePaths, text: "let a = \"https://example.org/ho" + "me/\"", lines: []),
    ]

    @Test("A rule finds what breaks it and nothing else", arguments: lengthExamples + importExamples)
    func rulesOfShape(_ example: Example) { expectFindings(example) }

    @Test("A rule finds what breaks it and nothing else in code and tree", arguments: codeExamples + treeExamples)
    func rulesOfContent(_ example: Example) { expectFindings(example) }

    @Test("A file is dead when only itself and tests name what it declares")
    func deadFiles() {
        let lot = SourceFile(path: "Sources/Accounting/Lot.swift", text: "public struct Lot { let next: Lot? }")
        let test = SourceFile(path: "Tests/AccountingTests/LotTests.swift", text: "let lot = Lot()")
        let user = SourceFile(path: "Sources/Accounting/Fold.swift", text: "func fold(_ lots: [Lot]) {}")
        let aspect = SourceFile(path: "Sources/Accounting/Lot+Split.swift", text: "extension Int {}")
        #expect(TreeRules.deadFiles.findings(lot, [lot, test]).map(\.line) == [1])
        #expect(TreeRules.deadFiles.findings(lot, [lot, user]) == [])
        #expect(TreeRules.deadFiles.findings(aspect, [lot, aspect]) == [])
    }

    @Test("Comments and the contents of strings are no code")
    func codeScanner() {
        let text = """
            let a = "b // {" // c
            /* d /* e */ } */ let f = #"g"h"# + "\\"" + "{"
            let i = \"""
                j { "
                \"""
            #if DEBUG
            """
        #expect(
            CodeScanner.code(of: text) == [
                #"let a = "" "#, #" let f = "" + "" + """#, "let i = ", "", #""""#, "#if DEBUG",
            ])
    }

    private func expectFindings(_ example: Example) {
        let file = SourceFile(path: example.path, text: example.text)
        #expect(example.rule.findings(file, [file]).map(\.line) == example.lines)
    }

    private static func blank(_ count: Int) -> String { String(repeating: "    f()\n", count: count) }
}
