import Glibc

/// What `posix_spawn` needs to start a program. Foundation's `Process` is not used: each run of it leaks, which fails
/// the address sanitizer's run, and it takes a child as running while any grandchild lives.
struct Spawning: Sendable {
    /// The program's path first.
    let arguments: [String]
    let environment: [String: String]
    let outputPath: String
    let errorPath: String

    /// Starts it with nothing to read; returns its process id.
    func start() throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        for (descriptor, path) in [(STDOUT_FILENO, outputPath), (STDERR_FILENO, errorPath)] {
            posix_spawn_file_actions_addopen(&actions, descriptor, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        var identifier: pid_t = 0
        let code = Self.withCStrings(arguments) { arguments in
            Self.withCStrings(environment.map { "\($0)=\($1)" }) { environment in
                posix_spawn(&identifier, self.arguments[0], &actions, nil, arguments, environment)
            }
        }
        guard code == 0 else {
            throw TestEnvironmentError("\(arguments) cannot be started: \(String(cString: strerror(code)))")
        }
        return identifier
    }

    /// Lends the strings as C wants them: NUL-terminated, with a null pointer after the last.
    private static func withCStrings<Value>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
    ) -> Value {
        let copies = strings.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return body(copies + [nil])
    }
}
