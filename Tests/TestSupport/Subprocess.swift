import Foundation
import Glibc

/// A program started by a test. It is killed when the value goes or the test process dies, however that happens.
public final class Subprocess: @unchecked Sendable {  // `Process` is only started here; the rest is signals and files.
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

    private let process = Process()
    private let directory: URL
    private let ended = DispatchSemaphore(value: 0)

    /// Starts a program found by its path, or in PATH when it is a bare name; `environment` is added to the test's own.
    public init(_ program: String, _ arguments: [String] = [], environment: [String: String] = [:]) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "wallet-pnl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        process.executableURL = URL(filePath: "/usr/bin/setpriv")
        process.arguments = ["--pdeathsig", "KILL", "--", program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.handle(writing: directory.appending(path: "output"))
        process.standardError = try Self.handle(writing: directory.appending(path: "error"))
        process.terminationHandler = { [ended] _ in ended.signal() }
        try SpawningThread.shared.perform { try self.process.run() }
    }

    deinit {
        if process.isRunning { send(SIGKILL) }
        try? FileManager.default.removeItem(at: directory)
    }

    /// The process id.
    public var identifier: Int32 { process.processIdentifier }

    /// What it has written to standard error so far.
    public var standardErrorSoFar: String { text("error") }

    /// Sends a signal: SIGTERM asks it to stop, SIGKILL ends it at once.
    public func send(_ signal: Int32) { _ = Glibc.kill(identifier, signal) }

    /// Waits for its end; one that takes longer is killed, and that is thrown with what it said.
    public func wait(timeoutMilliseconds: Int = 60_000) throws -> Output {
        guard ended.wait(timeout: .now() + .milliseconds(timeoutMilliseconds)) == .success else {
            send(SIGKILL)
            throw TestEnvironmentError(
                "\(process.arguments ?? []) still ran after \(timeoutMilliseconds) ms:\n\(text("error"))")
        }
        ended.signal()  // so that a second wait returns as well
        let status = process.terminationStatus
        return Output(
            status: process.terminationReason == .exit ? status : -status,
            standardOutput: text("output"), standardError: text("error"))
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
        let data = (try? Data(contentsOf: directory.appending(path: name))) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    private static func handle(writing url: URL) throws -> FileHandle {
        try Data().write(to: url)
        return try FileHandle(forWritingTo: url)
    }
}
