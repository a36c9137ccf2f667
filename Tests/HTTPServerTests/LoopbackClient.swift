import Glibc

/// A raw client on a blocking socket, so that tests can send what no proper client would. Reads give up after 10 s.
final class LoopbackClient {
    struct Answer: Equatable {
        var status: Int
        var head: String
        var body: String
    }

    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(port: UInt16) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        precondition(status == 0, "cannot connect to the server under test: \(errno)")
    }

    deinit { close(descriptor) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // The server may have closed already, which is what some tests are about.
            guard count > 0 else { return }
            sent += count
        }
    }

    /// A request with the right host, and its answer.
    func get(_ target: String, method: String = "GET", headers: String = "", body: String = "") -> Answer? {
        let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
        send("\(method) \(target) HTTP/1.1\r\nHost: test.example\r\n\(length)\(headers)\r\n\(body)")
        return receive(withoutBody: method == "HEAD")
    }

    /// The next answer; nil when the connection ended first.
    func receive(withoutBody: Bool = false) -> Answer? {
        while true {
            if let end = buffer.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: buffer[..<end.lowerBound], as: UTF8.self)
                let count = withoutBody ? 0 : Self.contentLength(head)
                if buffer.count >= end.upperBound + count {
                    let body = buffer[end.upperBound..<(end.upperBound + count)]
                    defer { buffer.removeFirst(end.upperBound + count) }
                    let status = Int(head.split(separator: " ", maxSplits: 2)[1]) ?? 0
                    return Answer(status: status, head: head, body: String(decoding: body, as: UTF8.self))
                }
            }
            guard fill() else { return nil }
        }
    }

    /// Whether the server closes the connection without another byte.
    func isClosedByServer() -> Bool { buffer.isEmpty && !fill() && errno != EAGAIN }

    private func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65536)
        errno = 0
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        buffer += chunk[..<count]
        return true
    }

    private static func contentLength(_ head: String) -> Int {
        for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:") {
            return Int(line.split(separator: " ")[1]) ?? 0
        }
        return 0
    }
}

/// Runs every job of a task on a plain thread of its own: blocking sockets do not belong on the cooperative pool, and a
/// task, unlike a bare thread, still knows to which test an issue belongs.
final class ThreadExecutor: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        startThread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Starts a detached thread with plenty of stack for a test.
func startThread(_ work: @escaping @Sendable () -> Void) {
    final class Box {
        let work: @Sendable () -> Void
        init(_ work: @escaping @Sendable () -> Void) { self.work = work }
    }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(work)).toOpaque()
    let status = pthread_create(
        &thread, nil,
        { opaque in
            Unmanaged<Box>.fromOpaque(opaque!).takeRetainedValue().work()
            return nil
        }, box)
    precondition(status == 0, "cannot start a thread: \(status)")
    pthread_detach(thread)
}
