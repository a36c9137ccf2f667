/// Reads what a file declares, line by line.
enum Declarations {
    private static let typeKeywords: Set<Substring> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
    private static let keywords = typeKeywords.union(["func", "let", "var"])

    /// The name of the type a line declares.
    static func typeName(in code: String) -> Substring? { name(in: code, after: typeKeywords) }

    /// The names a file declares at its margin: what others could use of it.
    static func topLevelNames(in file: SourceFile) -> [Substring] {
        file.code.compactMap { line in
            line.first == " " ? nil : name(in: line, after: keywords)
        }
    }

    private static func name(in code: String, after keywords: Set<Substring>) -> Substring? {
        let words = code.words
        guard let position = words.firstIndex(where: keywords.contains), position + 1 < words.count,
            words[..<position].allSatisfy({ $0.first?.isLowercase == true || $0.first == "_" || $0 == "MainActor" }),
            !words[..<position].contains("import"), !words[..<position].contains("extension")
        else { return nil }
        // `class func` and `class var` declare members.
        return keywords.contains(words[position + 1]) ? nil : words[position + 1]
    }
}
