import CSimdjson

extension JSONValue {
    /// How many elements or members; 0 for a scalar.
    public var count: Int { Int(node.tag >> SIMDJSON_SHIM_COUNT_SHIFT) }

    /// The array's elements in order. Throws `wrongKind`.
    public func elements() throws(JSONError) -> JSONElements {
        guard tag == UInt32(SIMDJSON_SHIM_ARRAY) else { throw mismatch("an array") }
        return JSONElements(document: document, position: index + 1, end: Int(node.next))
    }

    /// The object's members in order. Throws `wrongKind`.
    public func members() throws(JSONError) -> JSONMembers {
        guard tag == UInt32(SIMDJSON_SHIM_OBJECT) else { throw mismatch("an object") }
        return JSONMembers(document: document, position: index + 1, end: Int(node.next))
    }

    /// The member's value, `null` included; nil if there is none or this is no object. Of members with equal keys
    /// the first counts, in whatever order they are asked for.
    public func value(forKey key: StaticString) -> JSONValue? {
        guard tag == UInt32(SIMDJSON_SHIM_OBJECT) else { return nil }
        let found = document.keyIndex(spelling: key, in: index + 1..<Int(node.next))
        return found.map { JSONValue(document: document, index: $0 + 1) }
    }

    /// The member's value, or nil if it is missing or `null`: providers mean the same by both.
    public func presentValue(forKey key: StaticString) -> JSONValue? {
        guard let value = value(forKey: key), !value.isNull else { return nil }
        return value
    }

    /// The member's value, `null` included. Throws `missingMember`, or `wrongKind` if this is no object.
    public func requiredValue(forKey key: StaticString) throws(JSONError) -> JSONValue {
        if let value = value(forKey: key) { return value }
        guard tag == UInt32(SIMDJSON_SHIM_OBJECT) else { throw mismatch("an object") }
        throw JSONError(.missingMember, at: range.lowerBound, "the object has no member \"\(key)\"")
    }
}

/// The elements of an array, in order.
public struct JSONElements: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var position: Int
    let end: Int

    /// The element that comes next.
    public mutating func next() -> JSONValue? {
        guard position < end else { return nil }
        defer { position = Int(document.nodes[position].next) }
        return JSONValue(document: document, index: position)
    }
}

/// The members of an object, in order, each key a string value of its own.
public struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var position: Int
    let end: Int

    /// The member that comes next.
    public mutating func next() -> (key: JSONValue, value: JSONValue)? {
        guard position < end else { return nil }
        defer { position = Int(document.nodes[position].next) }
        return (JSONValue(document: document, index: position), JSONValue(document: document, index: position + 1))
    }
}
