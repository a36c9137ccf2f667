/// Takes comments and the contents of strings out of Swift source, so that a rule about code is not misled by prose.
///
/// Interpolations count as content of their string; regular expression literals are not known to it.
struct CodeScanner {
    private var rest: Substring.UnicodeScalarView
    private var output = String.UnicodeScalarView()

    /// The lines of `text`, as many as it has, with only the code left in them.
    static func code(of text: String) -> [String] {
        var scanner = CodeScanner(rest: text[...].unicodeScalars)
        scanner.run()
        var lines = String(scanner.output).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    private mutating func run() {
        while let scalar = rest.first {
            if starts("//") {
                skip { $0 != "\n" }
            } else if starts("/*") {
                skipBlockComment()
            } else if scalar == "\"" || scalar == "#" {
                skipStringOrKeep()
            } else {
                keep(1)
            }
        }
    }

    private func starts(_ text: String) -> Bool { rest.starts(with: text.unicodeScalars) }

    private mutating func keep(_ count: Int) {
        output.append(contentsOf: rest.prefix(count))
        rest.removeFirst(count)
    }

    /// Drops `count` scalars, but no end of a line.
    private mutating func drop(_ count: Int) {
        output.append(contentsOf: rest.prefix(count).filter { $0 == "\n" })
        rest.removeFirst(min(count, rest.count))
    }

    private mutating func skip(while condition: (Unicode.Scalar) -> Bool) {
        rest = rest.drop(while: condition)
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if starts("/*") {
                depth += 1
                drop(2)
            } else if starts("*/") {
                depth -= 1
                drop(2)
            } else {
                drop(1)
            }
        } while depth > 0 && !rest.isEmpty
    }

    /// At a quote or a `#`: a string with any number of `#` around it, or else a directive such as `#if`.
    private mutating func skipStringOrKeep() {
        let hashes = String(repeating: "#", count: rest.prefix { $0 == "#" }.count)
        let afterHashes = rest.dropFirst(hashes.count)
        guard afterHashes.first == "\"" else { return keep(max(hashes.count, 1)) }
        let quote = afterHashes.starts(with: "\"\"\"".unicodeScalars) ? "\"\"\"" : "\""
        let end = quote + hashes
        let escape = "\\" + hashes
        drop(hashes.count + quote.count)
        while !rest.isEmpty, !starts(end) {
            if quote == "\"", rest.first == "\n" { break }  // not a string after all
            drop(starts(escape) ? escape.count + 1 : 1)
        }
        drop(min(end.count, rest.count))
        output.append(contentsOf: "\"\"".unicodeScalars)
    }
}
