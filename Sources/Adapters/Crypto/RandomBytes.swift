import CCrypto

/// Bytes that nobody can foretell, from OpenSSL's generator. Throws `noEntropy`.
public func randomBytes(_ count: Int) throws(CryptoError) -> [UInt8] {
    guard count > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: count)
    // The library fills just the array's own bytes, during the call.
    let status = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe RAND_bytes_ex(nil, buffer.baseAddress, buffer.count, 0)
    }
    guard status == 1 else { throw CryptoError(code: .noEntropy) }
    return bytes
}
