import CSystem
import Glibc
import Synchronization

/// Splits a command line into options and positional arguments with `getopt_long`.
struct OptionScanner {
    struct Option: Equatable {
        let name: String
        /// Whether the option stands alone (`--force`); a value then needs the `=`.
        let isFlag: Bool
    }

    struct Result: Equatable {
        var options: [String: String] = [:]
        var positional: [String] = []
        /// What stands behind the point where the scan stopped; empty unless it stopped at a positional argument.
        var rest: [String] = []
    }

    let options: [Option]
    /// Whether the scan ends at the first positional argument, which stands first in `rest`: the command's name.
    let stopsAtPositional: Bool

    /// The state of `getopt_long` is global.
    private static let scannerLock = Mutex(())

    /// Scans the arguments behind the program's name. The last of a repeated option wins.
    func scan(_ arguments: [String]) throws(UsageError) -> Result {
        // A C string would end there, and the rest of the argument would be lost in silence.
        if arguments.contains(where: { $0.utf8.contains(0) }) { throw UsageError("An argument contains a NUL byte") }
        let outcome = OptionScanner.scannerLock.withLock { _ in
            unsafe withCStrings(["program"] + arguments) { count, vector in
                unsafe withOptionTable { table in
                    Swift.Result { () throws(UsageError) in
                        try unsafe scan(arguments, count: count, vector: vector, table: table)
                    }
                }
            }
        }
        return try outcome.get()
    }

    private func scan(
        _ arguments: [String], count: Int32, vector: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>,
        table: UnsafePointer<option>
    ) throws(UsageError) -> Result {
        var result = Result()
        options_begin()
        while true {
            var index: Int32 = -1
            let position = max(options_position(), 1)
            // "+" stops at, "-" returns positional arguments in order; ":" tells a missing value from a bad option.
            let code = unsafe options_next(count, vector, stopsAtPositional ? "+:" : "-:", table, &index)
            let value = unsafe options_value().map { unsafe String(cString: $0) }
            switch code {
            case -1:
                let rest = Array(arguments.dropFirst(Int(options_position()) - 1))
                if stopsAtPositional { result.rest = rest } else { result.positional += rest }
                return result
            case 1:
                result.positional.append(value ?? "")
            case OptionScanner.matched:
                let option = options[Int(index)]
                try requireFullName(of: option, in: arguments[Int(position) - 1])
                result.options[option.name] = value ?? "true"
            case Int32(UInt8(ascii: ":")):
                throw UsageError("Option \(arguments[Int(position) - 1]) needs a value")
            default:
                throw UsageError("Unknown option \(arguments[Int(position) - 1].prefix { $0 != "=" })")
            }
        }
    }

    /// `getopt_long` accepts any unique beginning of a name, which breaks scripts when an option is added later.
    private func requireFullName(of option: Option, in argument: String) throws(UsageError) {
        let typed = argument.prefix { $0 != "=" }
        guard typed == "--\(option.name)" else {
            throw UsageError("Unknown option \(typed); did you mean --\(option.name)?")
        }
    }

    /// What `getopt_long` returns for every long option; which one it was is in the index. No ASCII character.
    private static let matched: Int32 = 256

    private func withOptionTable<R>(_ body: (UnsafePointer<option>) -> R) -> R {
        unsafe withCStrings(options.map(\.name)) { _, names in
            var table = unsafe options.indices.map { index in
                unsafe option(
                    name: names[index], has_arg: options[index].isFlag ? optional_argument : required_argument,
                    flag: nil, val: OptionScanner.matched)
            }
            unsafe table.append(option())
            return unsafe body(table)
        }
    }

    /// Lends a NULL-terminated vector of C strings; they live until the body returns.
    private func withCStrings<R>(
        _ strings: [String], _ body: (Int32, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        var vector = unsafe strings.map { unsafe strdup($0) } + [nil]
        let copies = unsafe vector
        defer { for index in strings.indices { unsafe free(copies[index]) } }
        return unsafe vector.withUnsafeMutableBufferPointer { buffer in
            unsafe body(Int32(strings.count), buffer.baseAddress!)
        }
    }
}
