import CCrypto

/// Whether two secrets are equal, in a time that tells their length at most and never where they differ.
public func constantTimeEqual(_ left: RawSpan, _ right: RawSpan) -> Bool {
    guard left.byteCount == right.byteCount else { return false }
    // Both buffers are read within their common count, during the call.
    return unsafe left.withUnsafeBytes { first in
        unsafe right.withUnsafeBytes { second in
            guard let first = first.baseAddress, let second = second.baseAddress else { return true }
            return unsafe CRYPTO_memcmp(first, second, left.byteCount) == 0
        }
    }
}

/// Whether two secrets are equal, in a time that tells their length at most and never where they differ.
public func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    // `UInt8` has no padding whose bytes could be read uninitialised.
    unsafe constantTimeEqual(left.span.bytes, right.span.bytes)
}
