import Events

/// Remembers the addresses that were read, since base58 is slow and a page repeats a few of them all the time.
struct AddressCache {
    private struct Text: Hashable {
        // The text's bytes and its length; no address is longer than 47 characters.
        var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)

        init?(_ text: ArraySlice<UInt8>) {
            guard text.count < 48 else { return nil }
            words.5 = UInt64(text.count)
            var rest = text
            words.0 = Self.word(&rest)
            words.1 = Self.word(&rest)
            words.2 = Self.word(&rest)
            words.3 = Self.word(&rest)
            words.4 = Self.word(&rest)
            words.5 |= Self.word(&rest) << 8
        }

        private static func word(_ rest: inout ArraySlice<UInt8>) -> UInt64 {
            var word: UInt64 = 0
            for byte in rest.prefix(8) { word = word << 8 | UInt64(byte) }
            rest = rest.dropFirst(8)
            return word
        }

        static func == (left: Text, right: Text) -> Bool { left.words == right.words }

        func hash(into hasher: inout Hasher) {
            // Addresses differ all over: two words are plenty.
            hasher.combine(words.1)
            hasher.combine(words.3)
        }
    }

    private var addresses: [Text: Address] = [:]

    /// Addresses remembered at once.
    static let capacity = 4096

    /// The address written on that chain; nil for a text that is none.
    mutating func address(_ text: ArraySlice<UInt8>, on chain: Chain) -> Address? {
        guard let key = Text(text) else { return nil }
        // A text is an address of one kind of chain only: base58 has no 0 to begin with.
        if let known = addresses[key] { return Int(known.count) == chain.addressByteCount ? known : nil }
        guard let address = Address(text: text, chain: chain) else { return nil }
        if addresses.count >= Self.capacity { addresses.removeAll(keepingCapacity: true) }
        addresses[key] = address
        return address
    }
}
