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
        guard tag == UInt32(SIMDJSON_SHIM_STRING) else { return false }
        // A literal's own bytes, read during the call.
        return literal.withUTF8Buffer { unsafe document.string(at: index, spells: $0.span) }
    }

    /// Whether this is a string of just these UTF-8 bytes, as another value's `stringBytes`.
    public func isString(utf8 bytes: ArraySlice<UInt8>) -> Bool {
        tag == UInt32(SIMDJSON_SHIM_STRING) && document.string(at: index, spells: bytes.span)
    }
}

extension JSONDocument {
    /// The first key node in a range of an object's contents that spells the literal, escapes resolved.
    func keyIndex(spelling literal: StaticString, in contents: Range<Int>) -> Int? {
        let (nodes, padded) = (nodes, padded)
        // A literal's own bytes, read during the call.
        return literal.withUTF8Buffer { characters in
            let wanted = unsafe characters.span
            var keyIndex = contents.lowerBound
            while keyIndex < contents.upperBound {
                let node = nodes.span[keyIndex]
                if node.string(in: padded.span, spells: wanted) { return keyIndex }
                keyIndex = Int(node.next)
            }
            return nil
        }
    }

    /// Whether the string node spells these UTF-8 bytes, escapes resolved.
    func string(at index: Int, spells wanted: Span<UInt8>) -> Bool {
        let padded = padded
        return nodes[index].string(in: padded.span, spells: wanted)
    }
}

extension simdjson_shim_node {
    /// Whether this string node spells these UTF-8 bytes, escapes resolved.
    @inline(__always)
    fileprivate func string(in text: Span<UInt8>, spells wanted: Span<UInt8>) -> Bool {
        if tag & SIMDJSON_SHIM_ESCAPED != 0 { return escapedString(in: text, spells: wanted) }
        guard Int(length) - 2 == wanted.count else { return false }
        let start = Int(offset) + 1
        for position in 0..<wanted.count where text[start + position] != wanted[position] { return false }
        return true
    }

    private func escapedString(in text: Span<UInt8>, spells wanted: Span<UInt8>) -> Bool {
        var replacedCount = 0
        let contents = (Int(offset + 1)..<Int(offset + length - 1)).map { text[$0] }
        let bytes = unescapedJSON(contents[...], replacedCount: &replacedCount)
        return bytes.count == wanted.count && bytes.indices.allSatisfy { bytes[$0] == wanted[$0] }
    }
}
