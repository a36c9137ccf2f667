import Testing

/// One rule of the house style: looks at one file among all and says where it is broken.
struct Rule: Sendable, CustomTestStringConvertible {
    let name: String
    let findings: @Sendable (_ file: SourceFile, _ all: [SourceFile]) -> [Finding]

    var testDescription: String { name }

    init(_ name: String, _ findings: @escaping @Sendable (SourceFile) -> [Finding]) {
        self.name = name
        self.findings = { file, _ in findings(file) }
    }

    init(_ name: String, comparing findings: @escaping @Sendable (SourceFile, [SourceFile]) -> [Finding]) {
        self.name = name
        self.findings = findings
    }

    /// A rule about single lines: `message` says what is wrong with one, given its text and its code.
    init(_ name: String, perLine message: @escaping @Sendable (SourceFile, Substring, String) -> String?) {
        self.init(name) { file in
            zip(file.lines, file.code).enumerated().compactMap { index, line in
                message(file, line.0, line.1).map { file.finding(line: index + 1, $0) }
            }
        }
    }
}
