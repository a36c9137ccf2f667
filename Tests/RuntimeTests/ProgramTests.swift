import Synchronization
import Testing

@testable import Runtime

enum ToolAction: String { case migrate, run, copyLog = "copy-log" }

@Suite("Command line")
struct ProgramTests {
    private let tool = Program<ToolAction>(
        name: "tool", version: "1.2.3", summary: "Does things.", environmentPrefix: "TOOL",
        commands: [
            Command(.migrate, summary: "Prepares."),
            Command(
                .run, summary: "Runs.", settings: [TestSettings.batchSize, TestSettings.force, TestSettings.flavour],
                arguments: PositionalArguments("file", count: 1...2)),
            Command(.copyLog, summary: "Copies.", settings: [TestSettings.url]),
        ])

    private func run(_ arguments: String...) throws -> (ToolAction, SettingValues, [String]) {
        let invocation = try tool.parse(arguments: arguments, environment: ["TOOL_DATABASE_URL": "x"])
        guard case .run(let action, let values, let positional) = invocation else {
            throw UsageError("not an action")
        }
        return (action, values, positional)
    }

    @Test("Options and arguments may stand in any order, and -- ends the options")
    func mixed() throws {
        let (action, values, positional) = try run("run", "a", "--batch-size", "5", "--force", "--flavour=fancy", "b")
        #expect(action == .run && positional == ["a", "b"])
        #expect(values[TestSettings.batchSize] == 5 && values[TestSettings.force])
        #expect(values[TestSettings.flavour] == .fancy)
        #expect(try run("run", "--force=false", "--", "--force").2 == ["--force"])
        #expect(try !run("run", "--force", "--force=false", "x").1[TestSettings.force], "the last one wins")
        #expect(try run("copy-log").0 == .copyLog)
    }

    @Test(
        "What is wrong is named",
        arguments: [
            ([], "Missing command: one of migrate, run, copy-log"), (["fly"], "Unknown command fly"),
            (["--fly"], "Unknown option --fly"), (["run", "a", "--fly=high"], "Unknown option --fly"),
            (["run", "a", "-x"], "Unknown option -x"), (["run"], "run: missing argument <file>"),
            (["run", "a", "b", "c"], "run: surplus argument c"), (["migrate", "a"], "migrate: surplus argument a"),
            (["run", "a", "--batch-size"], "Option --batch-size needs a value"),
            (["run", "a", "--batch", "5"], "Unknown option --batch; did you mean --batch-size?"),
            (["run", "--help=x"], "Option --help takes no value"),
            (["run", "a\0b"], "An argument contains a NUL byte"),
        ] as [([String], String)])
    func errors(arguments: [String], message: String) {
        let error = #expect(throws: UsageError.self) { try tool.parse(arguments: arguments, environment: [:]) }
        #expect(error?.description == message)
    }

    @Test("Help of the program lists its commands")
    func overview() throws {
        guard case .help(let text) = try tool.parse(arguments: ["--help"], environment: [:]) else {
            Issue.record("no help")
            return
        }
        #expect(text.contains("Usage: tool <command>") && text.contains("  copy-log  Copies.\n"))
    }

    @Test("Help of a command shows options, variables, defaults and bounds, even when settings are wrong")
    func commandHelp() throws {
        guard
            case .help(let text) = try tool.parse(arguments: ["run", "--help"], environment: ["TOOL_BATCH_SIZE": "x"])
        else {
            Issue.record("no help")
            return
        }
        let expected = """
            Usage: tool run [options] <file> …

            Runs.

            Options:
              --batch-size <integer 1–1000>
                  Events a batch.
                  [environment: TOOL_BATCH_SIZE; default: 100]
              --force
                  Do it anyway.
                  [environment: TOOL_FORCE]
              --flavour <plain|fancy>
                  Taste.
                  [environment: TOOL_FLAVOUR; default: plain]
              --help
                  Print this.
              --version
                  Print the version.

            """
        #expect(text == expected)
    }

    @Test("A program with one command runs it unnamed")
    func single() throws {
        let program = Program<ToolAction>(
            name: "api", version: "1", summary: "Serves.", environmentPrefix: "API",
            only: Command(.run, summary: "Serves.", settings: [TestSettings.batchSize]))
        guard case .run(.run, let values, []) = try program.parse(arguments: ["--batch-size=2"], environment: [:])
        else {
            Issue.record("no run")
            return
        }
        #expect(values[TestSettings.batchSize] == 2)
    }

    @Test("main prints and returns the exit code that fits")
    func exitCodes() {
        let printed = Mutex<[String]>([])
        let console = Console(
            output: { text in printed.withLock { $0.append("out: \(text)") } },
            error: { text in printed.withLock { $0.append("err: \(text)") } })
        func main(_ arguments: String..., failing: Bool = false) -> Int32 {
            tool.main(arguments: arguments, environment: [:], console: console) { _, _, _ in
                if failing { throw RuntimeError(code: .system, "disk is gone") }
                return 7
            }
        }
        #expect(main("migrate") == 7)
        #expect(main("--version") == 0)
        #expect(main("nothing") == 64)
        #expect(main("copy-log") == 78)
        #expect(main("migrate", failing: true) == 1)
        let lines = printed.withLock { $0 }
        #expect(lines[0] == "out: tool 1.2.3\n")
        #expect(lines[1] == "err: tool: Unknown command nothing\nTry 'tool --help'.\n")
        #expect(lines[2].hasPrefix("err: tool: database-url is missing: set TOOL_DATABASE_URL"))
        #expect(lines[3] == "err: tool: disk is gone\n")
    }

    @Test("Scanning from many threads at once does not mix the scans")
    func concurrentScans() throws {
        let failures = Mutex(0)
        let threads = try (0..<4).map { number in
            try NamedThread(name: "scan") { [tool] in
                for round in 0..<200 {
                    let arguments = ["run", "--batch-size", "\(round + 1)", "file\(number)"]
                    guard case .run(_, let values, let rest)? = try? tool.parse(arguments: arguments, environment: [:]),
                        values[TestSettings.batchSize] == round + 1, rest == ["file\(number)"]
                    else {
                        failures.withLock { $0 += 1 }
                        return
                    }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(failures.withLock { $0 } == 0)
    }

    @Test("The environment of this process is read")
    func environment() { #expect(ProcessEnvironment.current()["PATH"]?.isEmpty == false) }
}
