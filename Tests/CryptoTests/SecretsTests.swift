import Testing

@testable import Crypto

@Suite struct SecretsTests {
    @Test("Constant-time comparison tells equal from different bytes and lengths")
    func comparison() {
        let secret = Array("correct horse".utf8)
        #expect(constantTimeEqual(secret, secret))
        #expect(constantTimeEqual([], []))
        #expect(!constantTimeEqual(secret, []))
        #expect(!constantTimeEqual(secret, Array(secret.dropLast())))
        #expect(!constantTimeEqual(Array(secret.dropLast()), secret))
        for position in secret.indices {
            var other = secret
            other[position] ^= 0x80
            #expect(!constantTimeEqual(secret, other))
        }
    }

    @Test("Random bytes have the length asked for and do not repeat")
    func random() throws {
        #expect(try randomBytes(0).isEmpty)
        #expect(try randomBytes(-1).isEmpty)
        #expect(try randomBytes(1).count == 1)
        let drawn = try (0..<100).map { _ in try randomBytes(32) }
        #expect(drawn.allSatisfy { $0.count == 32 })
        #expect(Set(drawn).count == 100)
    }
}
