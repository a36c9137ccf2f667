import Glibc

/// A bound socket that listens. Made here and not by the library, whose start says nothing about what failed.
struct ListeningSocket: ~Copyable {
    let descriptor: Int32
    let port: UInt16
    let isVersion6: Bool

    /// Tries each address of the host; throws the last failure, naming host and port.
    init(host: String, port: UInt16) throws(HTTPServerError) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(host, String(port), &hints, &list)
        guard status == 0, let first = unsafe list else {
            throw HTTPServerError(
                .cannotListen, "cannot listen on \(host):\(port): \(unsafe String(cString: gai_strerror(status)))")
        }
        defer { unsafe freeaddrinfo(first) }
        var failure = EADDRNOTAVAIL
        var candidate: UnsafeMutablePointer<addrinfo>? = unsafe first
        while let address = unsafe candidate {
            let bound = unsafe Self.bind(address.pointee)
            if bound >= 0 {
                descriptor = bound
                isVersion6 = unsafe address.pointee.ai_family == AF_INET6
                self.port = Self.port(of: bound)
                return
            }
            failure = -bound
            unsafe candidate = address.pointee.ai_next
        }
        let isInUse = failure == EADDRINUSE
        let reason = isInUse ? "address in use" : unsafe String(cString: strerror(failure))
        throw HTTPServerError(
            isInUse ? .addressInUse : .cannotListen, "cannot listen on \(host):\(port): \(reason)")
    }

    deinit { close(descriptor) }

    /// A listening descriptor, or the negated error number. Non-blocking, since several threads accept from it.
    private static func bind(_ address: addrinfo) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = unsafe socket(address.ai_family, kind, 0)
        guard descriptor >= 0 else { return -errno }
        var yes: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        // A restart must not wait for connections of the previous process to time out.
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size)
        if unsafe address.ai_family == AF_INET6 {
            unsafe setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &yes, size)
        }
        if unsafe Glibc.bind(descriptor, address.ai_addr, address.ai_addrlen) == 0, listen(descriptor, SOMAXCONN) == 0 {
            return descriptor
        }
        let failure = errno
        close(descriptor)
        return -failure
    }

    private static func port(of descriptor: Int32) -> UInt16 {
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        // The port stands at the same place in both families' structures; the storage is large enough for either.
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            _ = unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &size)
            }
        }
        return unsafe withUnsafeBytes(of: &address) {
            unsafe UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        }
    }
}
