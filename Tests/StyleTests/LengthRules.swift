/// How long things may be (style rule 2).
enum LengthRules {
    static let fileLineLimit = 400
    static let functionLineLimit = 70
    static let lineCharacterLimit = 120

    static let all = [files, functions, lines]

    static let files = Rule("no file is longer than \(fileLineLimit) lines") { file in
        guard file.isSwift || isScript(file), file.lines.count > fileLineLimit else { return [] }
        return [file.finding(line: fileLineLimit + 1, "the file has \(file.lines.count) lines")]
    }

    static let lines = Rule("no line is longer than \(lineCharacterLimit) characters") { _, line, _ in
        line.count > lineCharacterLimit ? "the line has \(line.count) characters" : nil
    }

    static let functions = Rule("no function is longer than \(functionLineLimit) lines") { file in
        let lengths = file.isSwift ? FunctionScanner.functions(in: file.code) : shellFunctions(in: file)
        return lengths.filter { $0.count > functionLineLimit }.map { function in
            file.finding(line: function.lowerBound + 1, "the function has \(function.count) lines")
        }
    }

    private static func isScript(_ file: SourceFile) -> Bool {
        file.lines.first?.hasPrefix("#!") == true || file.path.hasSuffix(".bash") || file.path.hasSuffix(".py")
    }

    /// From `name() {` to the `}` at the margin.
    private static func shellFunctions(in file: SourceFile) -> [ClosedRange<Int>] {
        guard isScript(file) else { return [] }
        return file.lines.indices.filter { file.lines[$0].hasSuffix("() {") }.map { start in
            let end = file.lines[start...].firstIndex { $0 == "}" } ?? file.lines.endIndex - 1
            return start...end
        }
    }
}
