import Testing

@testable import Crypto

@Suite struct SHA256Tests {
    /// NIST, FIPS 180-4 examples and the Cryptographic Algorithm Validation Program's short and long messages.
    static let vectors: [(message: [UInt8], digest: String)] = [
        ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            Array(
                ("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                    + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu").utf8),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
        ([0xBD], "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b"),
        ([0xC9, 0x8C, 0x8E, 0x55], "7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504"),
        (
            [UInt8](repeating: 0, count: 55), "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7"
        ),
        (
            [UInt8](repeating: 0, count: 64), "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"
        ),
        (
            [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ]

    @Test("The digest is the standard's", arguments: vectors)
    func digest(message: [UInt8], wanted: String) {
        #expect(SHA256.digest(of: message).description == wanted)
    }

    @Test("Pieces give the digest of the whole, whatever their size, and one hasher serves many messages")
    func pieces() {
        var hasher = SHA256()
        for (message, wanted) in Self.vectors {
            for size in [1, 63, 64, 65, 1000] where message.count / size < 20_000 {
                var rest = message[...]
                while !rest.isEmpty {
                    hasher.update(Array(rest.prefix(size)))
                    rest = rest.dropFirst(size)
                }
                #expect(hasher.finish().description == wanted)
            }
            // The span is that of bytes without padding.
            #expect(unsafe hasher.digest(of: message.span.bytes).description == wanted)
        }
    }

    @Test("A digest's bytes, order and equality are those of its hexadecimal text")
    func digestValue() throws {
        let digests = (0..<50).map { SHA256.digest(of: [UInt8($0)]) }
        #expect(digests.sorted().map(\.description) == digests.map(\.description).sorted())
        #expect(Set(digests).count == 50)
        for digest in digests {
            #expect(digest.bytes.count == SHA256Digest.byteCount)
            #expect(try #require(SHA256Digest(bytes: digest.bytes)) == digest)
        }
        #expect(SHA256.digest(of: Array("abc".utf8)).bytes.prefix(4) == [0xBA, 0x78, 0x16, 0xBF])
        #expect(SHA256Digest(bytes: [UInt8](repeating: 0, count: 31)) == nil)
        #expect(SHA256Digest(bytes: [UInt8](repeating: 0, count: 33)) == nil)
    }
}
