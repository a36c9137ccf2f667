/// The checks of a request head that come before any handler. Pure, so that they are tested without a socket.
struct RequestPolicy: Sendable {
    private let maximumBodyBytes: Int
    private let allowedHosts: [[UInt8]]

    init(_ configuration: HTTPServerConfiguration, port: UInt16) {
        maximumBodyBytes = configuration.maximumBodyBytes
        var hosts = configuration.allowedHosts
        if hosts.isEmpty {
            let names = Set([Self.bracketed(configuration.host), "localhost", "127.0.0.1", "[::1]"])
            hosts = names.map { "\($0):\(port)" }
            // A client leaves the port out when it is the default one.
            if port == 80 { hosts += names }
        }
        allowedHosts = hosts.map { $0.utf8.map(ASCII.lowercased) }
    }

    /// What forbids to read on, or nil. Lengths come first: with an unclear one, nothing else of the request counts.
    func refusal(of head: RequestHead) -> Refusal? {
        for header in head.headers {
            // RFC 9112, section 5.1: whitespace before the colon is answered 400, as is any other impossible name.
            let name = head.bytes[header.name.range]
            guard !name.isEmpty, name.allSatisfy(ASCII.isTokenByte) else { return .malformed }
        }
        if let refusal = lengthRefusal(of: head) { return refusal }
        guard head.count(of: .host) == 1, let host = head.value(of: .host) else { return .malformed }
        return isAllowed(host) ? nil : .wrongHost
    }

    /// RFC 9112, section 6.3: two lengths are an attack; a body without a stated length may be refused with 411.
    private func lengthRefusal(of head: RequestHead) -> Refusal? {
        let lengths = head.count(of: .contentLength)
        if head.value(of: .transferEncoding) != nil { return lengths > 0 ? .ambiguousLength : .lengthRequired }
        guard lengths > 0, let value = head.value(of: .contentLength) else { return nil }
        guard lengths == 1, !value.isEmpty, value.allSatisfy(ASCII.isDigit) else { return .ambiguousLength }
        guard let count = Int(String(decoding: value, as: UTF8.self)), count <= maximumBodyBytes else {
            return .bodyTooLarge
        }
        return nil
    }

    private func isAllowed(_ host: ArraySlice<UInt8>) -> Bool {
        let name = Self.withoutPort(host)
        return allowedHosts.contains { ASCII.equal(host, ignoringCase: $0) || ASCII.equal(name, ignoringCase: $0) }
    }

    private static func withoutPort(_ host: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let colon = host.lastIndex(of: UInt8(ascii: ":")) else { return host }
        return host[(colon + 1)...].allSatisfy(ASCII.isDigit) ? host[..<colon] : host
    }

    private static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }
}
