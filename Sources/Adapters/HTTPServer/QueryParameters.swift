/// The decoded parameters of a query in the order they were sent, repeated keys included.
public struct QueryParameters: Sendable, Hashable {
    /// One `key=value`; without an equals sign the value is empty.
    public struct Parameter: Sendable, Hashable {
        /// The decoded key.
        public let key: String
        /// The decoded value.
        public let value: String
    }

    /// All parameters as sent.
    public let all: [Parameter]

    /// The first value of a key, or nil.
    public subscript(key: String) -> String? { all.first { $0.key == key }?.value }

    /// Every value of a key, in order.
    public func values(of key: String) -> [String] { all.filter { $0.key == key }.map(\.value) }

    /// The first key that occurs more than once, or nil.
    public var firstRepeatedKey: String? {
        var seen: Set<String> = []
        return all.first { !seen.insert($0.key).inserted }?.key
    }

    /// The query was found well formed when the head was built, and splitting it cannot undo that: `&` and `=` are
    /// ASCII, so no character of more than one byte spans them.
    init(parsing head: RequestHead) {
        var scratch = Array(head.bytes[head.query.range])
        let query = scratch.indices
        var parameters: [Parameter] = []
        var start = query.lowerBound
        while start < query.upperBound {
            let end = scratch[start..<query.upperBound].firstIndex(of: UInt8(ascii: "&")) ?? query.upperBound
            let equals = scratch[start..<end].firstIndex(of: UInt8(ascii: "=")) ?? end
            if start < end {
                let key = Self.decode(start..<equals, of: &scratch)
                let value = Self.decode(min(equals + 1, end)..<end, of: &scratch)
                parameters.append(Parameter(key: key, value: value))
            }
            start = end + 1
        }
        all = parameters
    }

    private static func decode(_ range: Range<Int>, of scratch: inout [UInt8]) -> String {
        let end = scratch.count
        defer { scratch.removeSubrange(end...) }
        guard PercentEncoding.decode(range, plusIsSpace: true, appendingTo: &scratch) else { return "" }
        return String(decoding: scratch[end...], as: UTF8.self)
    }
}
