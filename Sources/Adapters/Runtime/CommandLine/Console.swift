import Glibc

/// Where a program prints for people: help and results on one stream, complaints on the other.
public struct Console: Sendable {
    private let writeOutput: @Sendable (String) -> Void
    private let writeError: @Sendable (String) -> Void

    /// A console that hands its texts, each with its final newline, to the closures.
    public init(output: @escaping @Sendable (String) -> Void, error: @escaping @Sendable (String) -> Void) {
        (writeOutput, writeError) = (output, error)
    }

    /// Standard output and standard error, unbuffered.
    public static let standard = Console(
        output: { writeFully(Array($0.utf8), to: STDOUT_FILENO) },
        error: { writeFully(Array($0.utf8), to: STDERR_FILENO) })

    /// Prints to the output.
    public func output(_ text: String) { writeOutput(text.hasSuffix("\n") ? text : text + "\n") }

    /// Prints to the error stream.
    public func error(_ text: String) { writeError(text.hasSuffix("\n") ? text : text + "\n") }
}
