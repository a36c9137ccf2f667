/// Finds the functions of Swift code by counting brackets.
enum FunctionScanner {
    /// The lines, counted from 0, of each function, initialiser, deinitialiser and subscript that has a body.
    static func functions(in code: [String]) -> [ClosedRange<Int>] {
        code.indices.compactMap { line in
            guard declaresFunction(code[line]), let end = end(of: line, in: code) else { return nil }
            return line...end
        }
    }

    private static func declaresFunction(_ line: String) -> Bool {
        let words = line.prefix { $0 != "(" && $0 != "{" }.words
        if words.contains("func") { return true }
        // Modifiers may stand before these three, a call of them has a point or a value before it.
        guard let keyword = words.first(where: { !modifiers.contains($0) }) else { return false }
        return ["init", "deinit", "subscript"].contains(keyword) && !line.contains(".init") && !line.contains("= ")
    }

    private static let modifiers: Set<Substring> = [
        "public", "package", "internal", "private", "fileprivate", "convenience", "required", "override", "static",
        "nonisolated", "consuming", "mutating", "isolated",
    ]

    /// The line of the brace that closes what begins at `start`, or nil when it has no body (a protocol's requirement).
    private static func end(of start: Int, in code: [String]) -> Int? {
        var parentheses = 0
        var braces = 0
        for line in start..<code.count {
            for character in code[line] {
                switch character {
                case "(", "[": parentheses += 1
                case ")", "]": parentheses -= 1
                case "{": braces += 1
                case "}": braces -= 1
                default: continue
                }
                if character == "}", braces <= 0, parentheses <= 0 { return braces == 0 ? line : nil }
            }
            if braces == 0, parentheses == 0, !signatureGoesOn(after: line, in: code) { return nil }
        }
        return nil
    }

    private static func signatureGoesOn(after line: Int, in code: [String]) -> Bool {
        guard line + 1 < code.count else { return false }
        let next = code[line + 1].drop { $0 == " " }
        return ["where", "->", "throws", "async", "{", "rethrows"].contains { next.hasPrefix($0) }
    }
}
