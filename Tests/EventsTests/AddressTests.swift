import Events
import TestSupport
import Testing

@Suite struct AddressTests {
    static let wrappedSol = "So11111111111111111111111111111111111111112"

    @Test(
        "Base58 writes and reads the published vectors",
        arguments: [
            (Array("Hello World!".utf8), "2NEpo7TZRRrLZSi2U"),
            (
                Array("The quick brown fox jumps over the lazy dog.".utf8),
                "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"
            ),
            ([0x00, 0x00, 0x28, 0x7f, 0xb4, 0xcd], "11233QC4"),
            ([UInt8](repeating: 0xff, count: 32), "JEKNVnkbo3jma5nREBBJCDoXFVeKkD56V3xKrvRmWxFG"),
            ([UInt8](repeating: 0, count: 32), String(repeating: "1", count: 32)),
        ])
    func base58(bytes: [UInt8], text: String) {
        #expect(Base58.encode(bytes) == text)
        #expect(Base58.decode(text.utf8) == bytes)
    }

    @Test("Base58 refuses foreign digits, nothing and too much", arguments: ["", "0", "O", "I", "l", "a b", "1é"])
    func base58Refuses(text: String) {
        #expect(Base58.decode(text.utf8) == nil)
        #expect(Base58.decode(String(repeating: "z", count: 97).utf8) == nil)
    }

    @Test("Random bytes of every length survive both alphabets")
    func alphabetsRoundTrip() {
        var random = SeededGenerator(seed: 58)
        for count in 1...64 {
            let filling = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let bytes = [UInt8](repeating: 0, count: count % 4) + Array(filling.dropFirst(count % 4))
            #expect(Base58.decode(Base58.encode(bytes).utf8) == bytes)
            #expect(Hexadecimal.decode(prefixed: ("0x" + Hexadecimal.encode(bytes)).utf8) == bytes)
        }
    }

    @Test("Hexadecimal reads either case after 0x and refuses anything else")
    func hexadecimal() {
        #expect(Hexadecimal.encode([0x00, 0x9f, 0xab]) == "009fab")
        #expect(Hexadecimal.decode(prefixed: "0X009FaB".utf8) == [0x00, 0x9f, 0xab])
        #expect(Hexadecimal.decode(prefixed: "0x".utf8) == [])
        for text in ["", "0", "009fab", "0x0", "0xg0", "0x0g", "1x00", "0x 0"] {
            #expect(Hexadecimal.decode(prefixed: text.utf8) == nil, "\(text)")
        }
    }

    @Test("An address reads what its chain writes, and only that")
    func texts() throws {
        let token = try #require(Address(text: Self.wrappedSol, chain: .solana))
        #expect(token.count == 32)
        #expect(Hexadecimal.encode(token.bytes) == "069b8857feab8184fb687f634618c035dac439dc1aeb3b5598a0f00000000001")
        #expect(token.text(on: .solana) == Self.wrappedSol)
        #expect(Address(text: Self.wrappedSol, chain: .ethereum) == nil)
        #expect(Address(text: "2NEpo7TZRRrLZSi2U", chain: .solana) == nil, "12 bytes are no Solana address")
        let wallet = try #require(Address(text: "0xD8dA6BF26964aF9D7eEd9e03E53415D37aA96045", chain: .base))
        #expect(wallet.text(on: .base) == "0xd8da6bf26964af9d7eed9e03e53415d37aa96045")
        #expect(Address(text: "0xd8da6bf26964af9d7eed9e03e53415d37aa9604", chain: .base) == nil)
        #expect(Address.empty.text(on: .ethereum) == "")
    }

    @Test("An address keeps its bytes whatever their number, and orders by them")
    func bytes() throws {
        var previous = Address.empty
        for count in 1...Address.maximumByteCount {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 1) }
            let address = try #require(Address(bytes: bytes))
            #expect(address.bytes == bytes)
            #expect(bytes.indices.allSatisfy { address[$0] == bytes[$0] })
            #expect(Address(bytes: bytes[...].lazy.map(\.self)) == address, "a collection without storage")
            #expect(previous < address, "a prefix comes before what it begins")
            previous = address
        }
        #expect(Address(bytes: [UInt8](repeating: 0, count: 33)) == nil)
        #expect(try #require(Address(bytes: [0])) != Address.empty, "padding is not content")
        #expect(try #require(Address(bytes: [1, 255])) < #require(Address(bytes: [2])))
    }

    @Test("A wallet's key is read back from its text, and from nothing else")
    func walletKeys() throws {
        let key = try #require(WalletKey(logKey: "solana:\(Self.wrappedSol)".utf8))
        #expect(key.chain == .solana)
        #expect(key.text == "solana:\(Self.wrappedSol)")
        #expect(WalletKey(logKey: key.logKey) == key)
        for text in ["", "solana", "solana:", "sol:\(Self.wrappedSol)", "base:\(Self.wrappedSol)", ":0x", "solana:1"] {
            #expect(WalletKey(logKey: text.utf8) == nil, "\(text)")
        }
    }

    @Test("A digest takes exactly 32 bytes, keeps them and orders by them")
    func digests() throws {
        let bytes = (0..<32).map { UInt8(255 - $0 * 8) }
        let digest = try #require(Digest(bytes: bytes))
        #expect(digest.bytes == bytes)
        #expect(bytes.indices.allSatisfy { digest[$0] == bytes[$0] })
        #expect(Digest(bytes: bytes.lazy.map(\.self)) == digest)
        #expect(digest.description == Hexadecimal.encode(bytes))
        #expect(Digest(bytes: bytes.dropLast()) == nil)
        #expect(Digest(bytes: bytes + [0]) == nil)
        var greater = bytes
        greater[31] += 1
        #expect(try digest < #require(Digest(bytes: greater)))
    }
}
