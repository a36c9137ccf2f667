import Glibc

extension Program {
    /// Parses, prints help or complaints, and otherwise runs the body, which returns the exit code. An error thrown
    /// by the body is printed and becomes code 1; one about settings becomes 78, a wrong command line 64.
    public func main(
        arguments: [String] = Array(CommandLine.arguments.dropFirst()),
        environment: [String: String] = ProcessEnvironment.current(), console: Console = .standard,
        body: (Action, SettingValues, [String]) throws -> Int32
    ) -> Int32 {
        report(to: console) {
            switch try parse(arguments: arguments, environment: environment) {
            case .run(let action, let values, let arguments): return try body(action, values, arguments)
            case .help(let text), .version(let text):
                console.output(text)
                return ExitCode.success
            }
        }
    }

    private func report(to console: Console, _ work: () throws -> Int32) -> Int32 {
        do {
            return try work()
        } catch let error as UsageError {
            console.error("\(name): \(error)\nTry '\(name) --help'.")
            return ExitCode.usage
        } catch let error as ConfigurationError {
            console.error("\(name): \(error)")
            return ExitCode.configuration
        } catch {
            console.error("\(name): \(error)")
            return ExitCode.failure
        }
    }
}

/// The environment this process was started with.
public enum ProcessEnvironment {
    /// All variables. Reads what other threads must not change meanwhile: call it first thing in `main`.
    public static func current() -> [String: String] {
        var variables: [String: String] = [:]
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let pair = unsafe String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
            unsafe entry += 1
        }
        return variables
    }
}
