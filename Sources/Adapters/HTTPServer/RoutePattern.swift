/// A path such as `/api/results/{wallet}/{token}`: literal segments and named ones, each of which takes one segment.
struct RoutePattern: Sendable {
    private enum Component {
        case literal([UInt8])
        case parameter(String)
    }

    let text: String
    private let components: [Component]

    /// Patterns are constants of the program, so a bad one traps at start.
    init(_ text: String) {
        precondition(text.hasPrefix("/"), "route \(text) does not start with a slash")
        self.text = text
        let segments = text == "/" ? [] : text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        components = segments.map { segment in
            if segment.hasPrefix("{"), segment.hasSuffix("}") {
                return .parameter(String(segment.dropFirst().dropLast()))
            }
            return .literal(Array(segment.utf8))
        }
        let names = segments.indices.compactMap { parameterName(at: $0) }
        precondition(Set(names).count == names.count && !names.contains(""), "route \(text) has an unusable parameter")
    }

    /// Literal segments beat named ones, from the left.
    func isMoreSpecific(than other: RoutePattern) -> Bool {
        let left = components.indices.map { parameterName(at: $0) == nil ? 0 : 1 }
        let right = other.components.indices.map { other.parameterName(at: $0) == nil ? 0 : 1 }
        return left.lexicographicallyPrecedes(right)
    }

    /// Whether it takes the path of a head. A named segment is never empty.
    func matches(_ head: RequestHead) -> Bool {
        guard head.segments.count == components.count else { return false }
        for (component, segment) in zip(components, head.segments) {
            switch component {
            case .literal(let literal):
                guard head.bytes[segment.range].elementsEqual(literal) else { return false }
            case .parameter:
                guard segment.start < segment.end else { return false }
            }
        }
        return true
    }

    /// Where a parameter stands in the path; nil when the pattern has none of that name.
    func position(of name: String) -> Int? {
        components.indices.first { parameterName(at: $0) == name }
    }

    private func parameterName(at index: Int) -> String? {
        if case .parameter(let name) = components[index] { return name }
        return nil
    }
}
