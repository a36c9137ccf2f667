/// One text file of the checkout, as the rules see it.
struct SourceFile: Sendable {
    /// Relative to the checkout, for example `Sources/Events/Chain.swift`.
    let path: String
    let lines: [Substring]
    /// The same lines without comments and the contents of strings; equal to `lines` outside Swift.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        self.lines = lines
        code = path.hasSuffix(".swift") ? CodeScanner.code(of: text) : lines.map(String.init)
    }

    var isSwift: Bool { path.hasSuffix(".swift") }

    /// The folders it lies in, outermost first.
    var folders: [Substring] { path.split(separator: "/").dropLast() }

    var name: Substring { path.split(separator: "/").last ?? "" }

    /// A finding at a line, counted from 1.
    func finding(line: Int, _ message: String) -> Finding { Finding(path: path, line: line, message: message) }
}

/// A place that breaks a rule.
struct Finding: Hashable, Sendable, CustomStringConvertible {
    let path: String
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}

extension StringProtocol {
    /// Its identifiers and keywords, in order.
    var words: [SubSequence] {
        split { !($0.isLetter || $0.isNumber || $0 == "_") }
    }
}
