import CMicrohttpd
import Glibc

/// The address of the other end of a connection; IPv4 is kept in its IPv6-mapped form (RFC 4291, section 2.5.5.2).
public struct PeerAddress: Sendable, Hashable {
    /// The 128 bits of the address, most significant first.
    public let bits: UInt128

    /// An address from its 128 bits.
    public init(bits: UInt128) { self.bits = bits }

    /// An IPv4 address from its 32 bits, most significant first.
    public init(version4 bits: UInt32) { self.bits = 0xffff_0000_0000 | UInt128(bits) }

    /// Whether the other end is on this machine: 127.0.0.0/8 or ::1.
    public var isLoopback: Bool { bits == 1 || bits >> 24 == 0xffff_7f }

    /// Reads the kernel's form; nil for a family that is neither IPv4 nor IPv6.
    init?(reading address: UnsafePointer<sockaddr>?) {
        guard let address = unsafe address else { return nil }
        // The family says which structure lies behind the pointer; the library keeps it for the connection's life.
        let raw = unsafe UnsafeRawPointer(address)
        switch unsafe Int32(address.pointee.sa_family) {
        case AF_INET:
            self.init(version4: unsafe UInt32(bigEndian: raw.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case AF_INET6:
            let offset = MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr) ?? 8
            self.init(bits: unsafe UInt128(bigEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt128.self)))
        default:
            return nil
        }
    }
}
