import Crypto
import Events

/// A subject's name in 16 bytes, so that whole histories can be kept in memory: the first half of a SHA-256, which
/// nobody can make collide on purpose.
struct SubjectKey: Hashable, Sendable {
    private let value: UInt128

    init(_ subject: EventSubject) {
        let digest = SHA256.digest(of: [subject.family.rawValue] + subject.name)
        value = digest.bytes.prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }

    func hash(into hasher: inout Hasher) { hasher.combine(UInt64(truncatingIfNeeded: value)) }
}

extension Digest {
    /// SHA-256, as ids and content digests are made.
    static let sha256: DigestFunction = { bytes in
        guard let digest = Digest(bytes: SHA256.digest(of: bytes).bytes) else {
            // Both types hold 32 bytes.
            preconditionFailure("a SHA-256 has 32 bytes")
        }
        return digest
    }
}
