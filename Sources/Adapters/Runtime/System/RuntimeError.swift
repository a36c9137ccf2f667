import Glibc

/// What the operating system refused, or a file that may not be used. The description is safe for a log.
public struct RuntimeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure; more may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String { case system, insecureFile, malformedFile }
        private let kind: Kind

        /// A system call failed; `systemCode` has its `errno`.
        public static let system = Code(kind: .system)
        /// Others may read a file that must be private.
        public static let insecureFile = Code(kind: .insecureFile)
        /// A file does not hold what it should.
        public static let malformedFile = Code(kind: .malformedFile)
        /// A word of a closed set, fit for a metric's label.
        public var description: String { kind.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// The `errno` of a failed system call, else 0.
    public let systemCode: Int32
    /// What was tried and what came of it.
    public let description: String

    /// Whether the same call may succeed a moment later.
    public var isRetriable: Bool { [EAGAIN, EINTR, ENFILE, EMFILE, ENOMEM].contains(systemCode) }

    init(code: Code, _ description: String) {
        self.code = code
        systemCode = 0
        self.description = description
    }

    init(system systemCode: Int32, doing action: String) {
        code = .system
        self.systemCode = systemCode
        description = "Cannot \(action): \(RuntimeError.text(of: systemCode))"
    }

    private static func text(of systemCode: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        guard unsafe strerror_r(systemCode, &buffer, buffer.count) == 0 else { return "error \(systemCode)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
