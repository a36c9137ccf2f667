import Foundation
public import Glibc

/// A program started by a test. It is killed when the value goes or the test process dies, however that happens.
public final class Subprocess: Sendable {
    /// How a program ended.
    public struct Output: Sendable, CustomStringConvertible {
        /// The exit status, or minus the signal that ended it.
        public let status: Int32
        /// Everything it wrote to standard output.
        public let standardOutput: String
        /// Everything it wrote to standard error.
        public let standardError: String

        /// All of it, for the message of a failed expectation.
        public var description: String { "status \(status)\n\(standardOutput)\n\(standardError)" }
    }

    /// The process id.
    public let identifier: pid_t
    private let program: String
    private let directory: URL
    private let ending: ProcessEnding

    /// Starts a program found by its path, or in PATH when it is a bare name; `environment` is added to the test's own.
    public init(_ program: String, _ arguments: [String] = [], environment: [String: String] = [:]) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "wallet-pnl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let spawning = Spawning(
            arguments: ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--", program] + arguments,
            environment: ProcessInfo.processInfo.environment.merging(environment) { _, new in new },
            outputPath: directory.appending(path: "output").path, errorPath: directory.appending(path: "error").path)
        identifier = try SpawningThread.shared.perform { try spawning.start() }
        ending = ProcessEnding(of: identifier)
        self.program = program
        self.directory = directory
    }

    deinit {
        ending.send(SIGKILL)
        try? FileManager.default.removeItem(at: directory)
    }

    /// What it has written to standard error so far.
    public var standardErrorSoFar: String { text("error") }

    /// Sends a signal, unless it has ended: SIGTERM asks it to stop, SIGKILL ends it at once.
    public func send(_ signal: Int32) { ending.send(signal) }

    /// Waits for its end; one that takes longer is killed, and that is thrown with what it said.
    public func wait(timeoutMilliseconds: Int = 60_000) throws -> Output {
        guard let status = ending.wait(timeoutMilliseconds: timeoutMilliseconds) else {
            send(SIGKILL)
            throw TestEnvironmentError("\(program) still ran after \(timeoutMilliseconds) ms:\n\(text("error"))")
        }
        return Output(status: status, standardOutput: text("output"), standardError: text("error"))
    }

    /// Runs a program to its end.
    public static func run(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
        timeoutMilliseconds: Int = 60_000
    ) throws -> Output {
        try Subprocess(program, arguments, environment: environment).wait(timeoutMilliseconds: timeoutMilliseconds)
    }

    /// Runs a program that has to exit with status 0, and returns its standard output.
    public static func output(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
        timeoutMilliseconds: Int = 60_000
    ) throws -> String {
        let output = try run(
            program, arguments, environment: environment, timeoutMilliseconds: timeoutMilliseconds)
        guard output.status == 0 else {
            throw TestEnvironmentError("\(program) \(arguments) failed with \(output)")
        }
        return output.standardOutput
    }

    private func text(_ name: String) -> String {
        // Not `Data(contentsOf:)`: it leaks a page for each empty file, which fails the address sanitizer's run.
        let file = try? FileHandle(forReadingFrom: directory.appending(path: name))
        defer { try? file?.close() }
        return String(decoding: (try? file?.readToEnd()) ?? Data(), as: UTF8.self)
    }
}
