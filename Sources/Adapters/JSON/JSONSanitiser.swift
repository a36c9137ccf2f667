/// A copy of a text in which U+FFFD stands for each byte sequence that is not UTF-8, and for each raw control character
/// inside a string with the backslash it may follow; and where it was put, as ascending offsets into the copy.
///
/// Ill-formed sequences end where the Unicode Standard says ("U+FFFD Substitution of Maximal Subparts", 3.9).
func sanitisedJSON(_ text: ArraySlice<UInt8>) -> (text: [UInt8], replacements: [Int]) {
    var result: [UInt8] = []
    result.reserveCapacity(text.count + 1024 + JSONDocument.paddingByteCount)
    var replacements: [Int] = []
    var isInString = false
    var isEscaped = false
    var decoder = Unicode.UTF8.ForwardParser()
    var bytes = text.makeIterator()
    while true {
        let encoded: Unicode.UTF8.EncodedScalar
        switch decoder.parseScalar(from: &bytes) {
        case .emptyInput: return (result, replacements)
        case .error:
            if isEscaped { result.removeLast() }
            replacements.append(result.count)
            encoded = Unicode.UTF8.encodedReplacementCharacter
            isEscaped = false
        case .valid(let scalar):
            if isInString, let byte = scalar.first, byte < 0x20 {
                if isEscaped { result.removeLast() }
                replacements.append(result.count)
                encoded = Unicode.UTF8.encodedReplacementCharacter
                isEscaped = false
            } else {
                encoded = scalar
                let isQuote = scalar.first == UInt8(ascii: "\"") && !isEscaped
                isEscaped = !isEscaped && scalar.first == UInt8(ascii: "\\")
                if isQuote { isInString.toggle() }
            }
        }
        result.append(contentsOf: encoded)
    }
}
