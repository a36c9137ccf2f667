import CSimdjson

extension JSONValue {
    /// The string's UTF-8, escapes resolved. Shares the document's memory unless there are escapes.
    ///
    /// `\u0000` and a lone surrogate become U+FFFD, each adding one to `replacedCount`: PostgreSQL stores no NUL, and
    /// half a surrogate pair is no character. Throws `wrongKind`.
    public func stringBytes(replacedCount: inout Int) throws(JSONError) -> ArraySlice<UInt8> {
        let node = node
        guard node.tag & SIMDJSON_SHIM_KIND_MASK == UInt32(SIMDJSON_SHIM_STRING) else { throw mismatch("a string") }
        let contents = document.padded[Int(node.offset + 1)..<Int(node.offset + node.length - 1)]
        guard node.tag & SIMDJSON_SHIM_ESCAPED != 0 else { return contents }
        return unescapedJSON(contents, replacedCount: &replacedCount)[...]
    }

    /// As above, for callers who need no count of the replacements.
    public func stringBytes() throws(JSONError) -> ArraySlice<UInt8> {
        var replacedCount = 0
        return try stringBytes(replacedCount: &replacedCount)
    }

    /// The string, escapes resolved; allocates if it is longer than 15 bytes. Replaces and throws as `stringBytes`.
    public func string(replacedCount: inout Int) throws(JSONError) -> String {
        String(decoding: try stringBytes(replacedCount: &replacedCount), as: UTF8.self)
    }

    /// As above, for callers who need no count of the replacements.
    public func string() throws(JSONError) -> String {
        String(decoding: try stringBytes(), as: UTF8.self)
    }

    /// Whether this is a string of just these characters; cheaper than to make a `String`.
    public func isString(_ literal: StaticString) -> Bool {
        let node = node
        return node.tag & SIMDJSON_SHIM_KIND_MASK == UInt32(SIMDJSON_SHIM_STRING)
            && document.string(node, equals: literal)
    }
}

extension JSONDocument {
    /// Whether a string node spells the literal, escapes resolved.
    func string(_ node: simdjson_shim_node, equals literal: StaticString) -> Bool {
        if node.tag & SIMDJSON_SHIM_ESCAPED != 0 { return escapedString(node, equals: literal) }
        let count = Int(node.length) - 2
        let start = Int(node.offset) + 1
        // A literal's own bytes, compared within its own count.
        return literal.withUTF8Buffer { wanted in
            guard count == wanted.count else { return false }
            for position in 0..<count where unsafe padded[start + position] != wanted[position] { return false }
            return true
        }
    }

    private func escapedString(_ node: simdjson_shim_node, equals literal: StaticString) -> Bool {
        var replacedCount = 0
        let contents = padded[Int(node.offset + 1)..<Int(node.offset + node.length - 1)]
        let bytes = unescapedJSON(contents, replacedCount: &replacedCount)
        return literal.withUTF8Buffer { wanted in unsafe bytes.elementsEqual(wanted) }
    }
}
