/// What code must and must not say (style rules 3, 4 and 13).
enum CodeRules {
    static let all = [exactNumbers, documentation, uncheckedReasons, typeNames]

    private static let inexact: Set<Substring> = [
        "Double", "Float", "Float16", "Float32", "Float64", "CGFloat", "Decimal",
    ]

    static let exactNumbers = Rule("Events and Accounting know no inexact numbers") { file, _, code in
        guard file.path.hasPrefix("Sources/Events/") || file.path.hasPrefix("Sources/Accounting/") else { return nil }
        return code.words.first(where: inexact.contains).map { "\($0) is used" }
    }

    static let documentation = Rule("every public declaration is documented") { file in
        guard file.isSwift else { return [] }
        return file.code.indices.filter { line in
            declaresPublicly(file.code[line]) && !isDocumented(line, in: file)
        }.map { file.finding(line: $0 + 1, "a public declaration has no documentation") }
    }

    private static func declaresPublicly(_ code: String) -> Bool {
        let words = code.words
        guard words.prefix(4).contains("public") else { return false }
        if words.contains("import") || words.contains("override") { return false }
        return !words.prefix(3).contains("extension")
    }

    /// Attributes may stand between a declaration and its comment.
    private static func isDocumented(_ line: Int, in file: SourceFile) -> Bool {
        var above = line - 1
        while above >= 0, file.lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
        guard above >= 0 else { return false }
        let text = file.lines[above].drop { $0 == " " }
        return text.hasPrefix("///") || text.hasSuffix("*/")
    }

    static let uncheckedReasons = Rule("every unchecked conformance carries its reason") { file in
        guard file.isSwift else { return [] }
        return file.code.indices.filter { line in
            guard file.code[line].contains("@unchecked Sendable") else { return false }
            return !file.lines[line].contains("//") && (line == 0 || !file.lines[line - 1].contains("//"))
        }.map { file.finding(line: $0 + 1, "an unchecked conformance has no reason beside or above it") }
    }

    static let typeNames = Rule("types are named after what they are, not Manager or Helper") { file, _, code in
        guard file.isSwift, let name = Declarations.typeName(in: code) else { return nil }
        let vague = ["Manager", "Helper", "Helpers", "Utils", "Utility", "Utilities"].first { name.hasSuffix($0) }
        return vague.map { "\(name) is a \($0)" }
    }
}
