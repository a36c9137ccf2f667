import Glibc
import Synchronization

/// Takes finished log lines.
public protocol LogSink: Sendable {
    /// Takes one line with its newline.
    func write(_ line: [UInt8])
}

/// Standard error, one `write` a line, so that lines of several threads and processes do not mix.
public struct StandardErrorSink: LogSink {
    /// A sink to file descriptor 2.
    public init() {}

    /// Writes the line; what the system refuses is lost, since there is nowhere left to say so.
    public func write(_ line: [UInt8]) { writeFully(line, to: STDERR_FILENO) }
}

/// Keeps lines in memory, for tests.
public final class CollectingLogSink: LogSink {
    private let collected = Mutex<[String]>([])

    /// An empty sink.
    public init() {}

    /// The lines so far, without newlines.
    public var lines: [String] { collected.withLock { $0 } }

    /// Keeps the line.
    public func write(_ line: [UInt8]) {
        collected.withLock { $0.append(String(decoding: line.dropLast(), as: UTF8.self)) }
    }
}
