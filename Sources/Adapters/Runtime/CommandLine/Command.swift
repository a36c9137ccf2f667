/// What a command takes besides options.
public struct PositionalArguments: Sendable {
    /// How `--help` and errors name one of them.
    public let name: String
    /// How many must be given.
    public let count: ClosedRange<Int>

    /// Arguments of that name; `Int.max` as the upper bound means any number.
    public init(_ name: String, count: ClosedRange<Int>) { (self.name, self.count) = (name, count) }

    /// No arguments.
    public static let none = PositionalArguments("argument", count: 0...0)

    var usage: String {
        switch (count.lowerBound, count.upperBound) {
        case (_, 0): ""
        case (0, 1): " [<\(name)>]"
        case (1, 1): " <\(name)>"
        case (0, _): " [<\(name)> …]"
        default: " <\(name)> …"
        }
    }
}

/// One command of a program. `Action` is the program's own enumeration, so that dispatch is an exhaustive `switch`.
public struct Command<Action: Sendable & RawRepresentable>: Sendable where Action.RawValue == String {
    /// What the program is asked to do; its raw value is the command's name.
    public let action: Action
    /// One line for `--help`.
    public let summary: String
    /// The settings it reads.
    public let settings: [any AnySetting]
    /// What it takes besides options.
    public let arguments: PositionalArguments

    /// Declares a command. Traps when two settings share a name.
    public init(
        _ action: Action, summary: String, settings: [any AnySetting] = [], arguments: PositionalArguments = .none
    ) {
        let names = settings.map(\.declaration.name) + ["help", "version"]
        precondition(Set(names).count == names.count, "Two options of one command cannot share a name")
        (self.action, self.summary, self.settings, self.arguments) = (action, summary, settings, arguments)
    }

    func check(_ arguments: [String]) throws(UsageError) {
        if arguments.count < self.arguments.count.lowerBound {
            throw UsageError("\(action.rawValue): missing argument <\(self.arguments.name)>")
        }
        if arguments.count > self.arguments.count.upperBound {
            throw UsageError("\(action.rawValue): surplus argument \(arguments[self.arguments.count.upperBound])")
        }
    }
}
