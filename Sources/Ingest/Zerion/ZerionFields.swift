import Events
import JSON

/// Reads the fields of one transaction and counts the texts in which something had to be replaced.
struct ZerionFields {
    /// Texts of this transaction in which NUL or invalid UTF-8 became U+FFFD.
    private(set) var replacedTexts: UInt32 = 0

    /// Longest act id, operation or NFT id, in bytes.
    static let maximumWordByteCount = 256
    /// Bytes of a symbol that are kept.
    static let maximumSymbolByteCount = 128

    mutating func reset() { replacedTexts = 0 }

    /// The text of a member; nil when it is missing or null.
    mutating func text(_ object: JSONValue, _ key: StaticString) throws(Refusal) -> ArraySlice<UInt8>? {
        guard let value = object.presentValue(forKey: key) else { return nil }
        var replacedCount = 0
        let bytes: ArraySlice<UInt8>
        do { bytes = try value.stringBytes(replacedCount: &replacedCount) } catch {
            throw Refusal(.wrongShape, "\(key)", value)
        }
        if replacedCount > 0 || value.replacementCount > 0 { replacedTexts += 1 }
        return bytes
    }

    /// A word such as an act's id; "" when it is missing or null.
    mutating func word(_ object: JSONValue, _ key: StaticString) throws(Refusal) -> String {
        guard let bytes = try text(object, key) else { return "" }
        guard bytes.count <= Self.maximumWordByteCount else {
            throw Refusal(.outOfBounds, "\(key)", object.value(forKey: key))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A symbol or name for display, cut to a bounded length; "" when it is missing or null.
    mutating func symbol(_ object: JSONValue, _ key: StaticString) throws(Refusal) -> String {
        guard let bytes = try text(object, key) else { return "" }
        return String(decoding: bytes.prefixOfWholeCharacters(Self.maximumSymbolByteCount), as: UTF8.self)
    }

    /// A count of the chain; nil when it is missing or null.
    func counter(_ object: JSONValue, _ key: StaticString) throws(Refusal) -> UInt64? {
        guard let value = object.presentValue(forKey: key) else { return nil }
        guard value.kind == .number else { throw Refusal(.wrongShape, "\(key)", value) }
        do { return try value.integer(as: UInt64.self) } catch { throw Refusal(.invalidNumber, "\(key)", value) }
    }

    /// A price or value in USD: a number or a string of one, its digits as delivered; nil when it is missing or null.
    static func money(_ object: JSONValue, _ key: StaticString) throws(Refusal) -> DecimalNumber? {
        guard let value = object.presentValue(forKey: key) else { return nil }
        let digits = try digits(of: value, field: key)
        let number: DecimalNumber
        do { number = try DecimalNumber(text: digits) } catch {
            throw Refusal(error == .malformed ? .invalidNumber : .outOfBounds, "\(key)", value)
        }
        guard !number.isNegative else { throw Refusal(.invalidNumber, "\(key)", value) }
        return number
    }

    /// The characters of a number, or of a string that should hold one.
    static func digits(of value: JSONValue, field: StaticString) throws(Refusal) -> ArraySlice<UInt8> {
        do {
            return value.kind == .string ? try value.stringBytes() : try value.numberDigits()
        } catch {
            throw Refusal(.wrongShape, "\(field)", value)
        }
    }
}
