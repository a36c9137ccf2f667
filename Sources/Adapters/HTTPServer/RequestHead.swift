/// Target and headers of one request in one block of bytes; every part is a range of it. Never changes once built.
final class RequestHead: Sendable {
    /// A part of the block. 32 bits suffice: a head is bounded by the connection's memory.
    struct Part: Sendable {
        let start: UInt32
        let end: UInt32
        init(_ range: Range<Int>) {
            start = UInt32(range.lowerBound)
            end = UInt32(range.upperBound)
        }
        var range: Range<Int> { Int(start)..<Int(end) }
    }
    /// One header as it was sent.
    struct Header: Sendable {
        let name: Part
        let value: Part
    }

    let bytes: [UInt8]
    let target: Part
    let path: Part
    /// What follows the question mark, still encoded; empty without one.
    let query: Part
    /// The path split at its slashes and only then decoded.
    let segments: [Part]
    let headers: [Header]

    fileprivate init(
        bytes: [UInt8], target: Part, path: Part, query: Part, segments: [Part], headers: [Header]
    ) {
        self.bytes = bytes
        self.target = target
        self.path = path
        self.query = query
        self.segments = segments
        self.headers = headers
    }

    /// The value of the first header of that name.
    func value(of name: HTTPHeaderName) -> ArraySlice<UInt8>? {
        for header in headers where ASCII.equal(bytes[header.name.range], ignoringCase: name.lowercasedBytes) {
            return bytes[header.value.range]
        }
        return nil
    }

    /// How often a header was sent.
    func count(of name: HTTPHeaderName) -> Int {
        headers.count { ASCII.equal(bytes[$0.name.range], ignoringCase: name.lowercasedBytes) }
    }
}

/// Collects the parts of a head as they arrive, then checks the target once.
struct RequestHeadBuilder {
    private var bytes: [UInt8]
    private var headers: [RequestHead.Header] = []
    private let targetCount: Int

    /// The room for headers is a guess that fits a browser's request without growing.
    init(target: some Collection<UInt8>) {
        bytes = []
        bytes.reserveCapacity(target.count * 2 + 512)
        bytes.append(contentsOf: target)
        targetCount = bytes.count
        headers.reserveCapacity(8)
    }

    mutating func appendHeader(name: some Collection<UInt8>, value: some Collection<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: name)
        let middle = bytes.count
        bytes.append(contentsOf: value)
        headers.append(.init(name: .init(start..<middle), value: .init(middle..<bytes.count)))
    }

    /// Splits and decodes; nil when the target is not an absolute path in well-formed encoding.
    consuming func build() -> RequestHead? {
        guard targetCount > 0, bytes[0] == ASCII.slash else { return nil }
        let question = bytes[..<targetCount].firstIndex(of: ASCII.question) ?? targetCount
        let query = min(question + 1, targetCount)..<targetCount
        guard queryIsWellFormed(query), let segments = decodeSegments(of: 1..<question) else { return nil }
        return RequestHead(
            bytes: bytes, target: .init(0..<targetCount), path: .init(0..<question), query: .init(query),
            segments: segments, headers: headers)
    }

    /// Decodes the query once to refuse it early, so that reading parameters later cannot fail.
    private mutating func queryIsWellFormed(_ query: Range<Int>) -> Bool {
        let end = bytes.count
        defer { bytes.removeSubrange(end...) }
        return PercentEncoding.decode(query, plusIsSpace: true, appendingTo: &bytes)
    }

    /// A segment that decodes to `.` or `..` is refused: no route has one, and no handler should ever see one.
    private mutating func decodeSegments(of path: Range<Int>) -> [RequestHead.Part]? {
        if path.isEmpty { return [] }
        var segments: [RequestHead.Part] = []
        segments.reserveCapacity(8)
        var start = path.lowerBound
        while start <= path.upperBound {
            let end = bytes[start..<path.upperBound].firstIndex(of: ASCII.slash) ?? path.upperBound
            let decodedStart = bytes.count
            guard PercentEncoding.decode(start..<end, plusIsSpace: false, appendingTo: &bytes) else { return nil }
            let decoded = bytes[decodedStart...]
            if decoded.elementsEqual(".".utf8) || decoded.elementsEqual("..".utf8) { return nil }
            segments.append(.init(decodedStart..<bytes.count))
            start = end + 1
        }
        return segments
    }
}
