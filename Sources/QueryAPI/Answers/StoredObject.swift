/// A rendered JSON object out of a table, which is served with members added or a part replaced.
///
/// The marks that are searched for contain an unescaped quote behind a comma or brace, and a quote within a JSON string
/// is always escaped: so a mark is found where the renderer wrote it and nowhere else.
struct StoredObject {
    /// The object's text, its last byte the closing brace.
    let bytes: [UInt8]

    /// Takes what a table holds; nil when it is no object.
    init?(_ bytes: [UInt8]) {
        guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else { return nil }
        self.bytes = bytes
    }

    /// The object without its closing brace, to which members can be added.
    var open: ArraySlice<UInt8> { bytes.dropLast() }

    /// What stands before the last member of that name whose value is an empty list; all but the closing brace when
    /// there is none. Members can be added to it.
    func open(beforeEmptyList name: String) -> ArraySlice<UInt8> {
        bytes[..<(lastRange(of: Array(",\"\(name)\":[]".utf8))?.lowerBound ?? bytes.count - 1)]
    }

    /// The flat object that is the value of the last member of that name.
    func lastObject(named name: String) -> ArraySlice<UInt8>? {
        guard let mark = lastRange(of: Array(",\"\(name)\":{".utf8)) else { return nil }
        let start = mark.upperBound - 1
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
        return bytes[start...end]
    }

    /// The digits of the last member of that name whose value is a number, also one in quotes; nil for anything else.
    func lastDecimal(named name: String) -> String? {
        let marks = [",", "{"].compactMap { lastRange(of: Array("\($0)\"\(name)\":".utf8)) }
        guard let mark = marks.first else { return nil }
        let digits = bytes[mark.upperBound...].drop { $0 == UInt8(ascii: "\"") }.prefix {
            "-.0123456789".utf8.contains($0)
        }
        return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
    }

    /// The digits of the last member of that name whose value is a number that is not negative.
    func lastInteger(named name: String) -> ArraySlice<UInt8>? {
        guard let mark = lastRange(of: Array(",\"\(name)\":".utf8)) else { return nil }
        let digits = bytes[mark.upperBound...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digits.isEmpty ? nil : digits
    }

    /// What stands before the elements of a list and what follows them, up to the object's end. The list is named by
    /// its own member and the one behind it.
    func around(list name: String, followedBy next: String) -> (head: ArraySlice<UInt8>, tail: ArraySlice<UInt8>)? {
        guard let end = lastRange(of: Array("],\"\(next)\":".utf8)),
            let start = firstRange(of: Array("\"\(name)\":[".utf8)), start.upperBound <= end.lowerBound
        else { return nil }
        return (bytes[..<start.upperBound], bytes[end.lowerBound...])
    }

    private func firstRange(of mark: [UInt8]) -> Range<Int>? {
        guard bytes.count >= mark.count else { return nil }
        return (0...(bytes.count - mark.count)).first { matches(mark, at: $0) }.map { $0..<$0 + mark.count }
    }

    private func lastRange(of mark: [UInt8]) -> Range<Int>? {
        guard bytes.count >= mark.count else { return nil }
        return (0...(bytes.count - mark.count)).last { matches(mark, at: $0) }.map { $0..<$0 + mark.count }
    }

    private func matches(_ mark: [UInt8], at start: Int) -> Bool {
        guard bytes[start] == mark[0] else { return false }
        for index in mark.indices where bytes[start + index] != mark[index] { return false }
        return true
    }
}
