import CCrypto

/// Computes SHA-256 (FIPS 180-4), one message after another with the same OpenSSL context.
///
/// Keep one where many small inputs are hashed: a context costs more to make than a short message to hash.
@safe public struct SHA256: ~Copyable {
    private let context: OpaquePointer

    /// Ready for the first message.
    public init() {
        // Null only when memory is exhausted, which ends a Swift program everywhere else, too.
        guard let context = unsafe EVP_MD_CTX_new() else { fatalError("no memory for a SHA-256 context") }
        unsafe self.context = context
        // The algorithm is in OpenSSL's default provider: without it every id would be wrong, so nothing can go on.
        guard unsafe EVP_DigestInit_ex2(context, SHA256Algorithm.shared.pointer, nil) == 1 else {
            fatalError("SHA-256 does not start")
        }
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Adds bytes to the message in hand.
    public mutating func update(_ bytes: RawSpan) {
        // The library reads only the span's own bytes, during the call.
        let status = unsafe bytes.withUnsafeBytes { unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        // Fails only on a context that was not started; `init` and `finish` start it.
        precondition(status == 1, "SHA-256 update failed")
    }

    /// Adds bytes to the message in hand.
    public mutating func update(_ bytes: [UInt8]) {
        // `UInt8` has no padding whose bytes could be read uninitialised.
        unsafe update(bytes.span.bytes)
    }

    /// Ends the message in hand and starts the next.
    public mutating func finish() -> SHA256Digest {
        var output = InlineArray<32, UInt8>(repeating: 0)
        var outputSpan = output.mutableSpan
        // SHA-256 writes 32 bytes, just what there is room for; no algorithm means: again the same.
        let status = unsafe outputSpan.withUnsafeMutableBufferPointer { buffer in
            unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil) & EVP_DigestInit_ex2(context, nil, nil)
        }
        // Fails only on a context that was not started, as above.
        precondition(status == 1, "SHA-256 finish failed")
        // `UInt8` has no padding whose bytes could be read uninitialised.
        return unsafe SHA256Digest(output.span.bytes)
    }

    /// Ends the message in hand with these bytes: alone, they are the whole message.
    public mutating func digest(of bytes: RawSpan) -> SHA256Digest {
        update(bytes)
        return finish()
    }

    /// The digest of one whole message.
    public static func digest(of bytes: RawSpan) -> SHA256Digest {
        var hasher = SHA256()
        return hasher.digest(of: bytes)
    }

    /// The digest of one whole message.
    public static func digest(of bytes: [UInt8]) -> SHA256Digest {
        // As above.
        unsafe digest(of: bytes.span.bytes)
    }
}

/// The context has one owner and is touched only by `mutating` calls, so a hasher may change threads.
extension SHA256: @unchecked Sendable {}

/// The algorithm, fetched once: a context made from `EVP_sha256()` would look it up again each time.
@safe private final class SHA256Algorithm: @unchecked Sendable {
    // Sendable: an `EVP_MD` is immutable and reference-counted atomically; it is never freed here.
    static let shared = SHA256Algorithm()

    let pointer: OpaquePointer

    private init() {
        guard let pointer = unsafe EVP_MD_fetch(nil, "SHA256", nil) else { fatalError("OpenSSL lacks SHA-256") }
        unsafe self.pointer = pointer
    }
}
