/// The rules of names in the Prometheus data model, and this project's: units and `_total` at the end.
enum MetricName {
    /// Why the name may not be used for that kind; nil when it may.
    static func problem(_ name: String, kind: MetricFamily.Kind) -> String? {
        if !isIdentifier(name, allowing: ":") { return "is not [a-zA-Z_:][a-zA-Z0-9_:]*" }
        switch kind {
        case .counter where !name.hasSuffix("_total"): return "is a counter and must end in _total"
        case .gauge where name.hasSuffix("_total"): return "is no counter and must not end in _total"
        case .histogram where !name.hasSuffix("_seconds"): return "is a histogram and must end in _seconds"
        default: return nil
        }
    }

    /// Why the label may not be used with that kind; nil when it may.
    static func problem(label: String, kind: MetricFamily.Kind) -> String? {
        if !isIdentifier(label, allowing: nil) { return "is not [a-zA-Z_][a-zA-Z0-9_]*" }
        if label.hasPrefix("__") { return "begins with __, which is reserved" }
        if label == "le", kind == .histogram { return "is the histogram's own" }
        return nil
    }

    private static func isIdentifier(_ text: String, allowing extra: Character?) -> Bool {
        guard let first = text.first, !("0"..."9").contains(first) else { return false }
        return text.allSatisfy { character in
            character == "_" || character == extra
                || (character.isASCII && (character.isLetter || ("0"..."9").contains(character)))
        }
    }
}
