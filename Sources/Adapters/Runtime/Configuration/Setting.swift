/// One setting of a program, declared once as a typed constant:
///
///     static let batchSize = Setting.integer("batch-size", default: 1000, in: 1...100_000, help: "Events a batch.")
///
/// A setting without a default must be given. Empty environment variables count as absent.
public struct Setting<Value: Sendable>: AnySetting {
    /// What is known of the setting without its type.
    public let declaration: SettingDeclaration

    private init(
        _ name: String, environment: EnvironmentName, help: String, bound: String, placeholder: String?,
        isSecret: Bool = false, fallback: Value?, defaultText: String?, decode: @escaping @Sendable (String) -> Value?
    ) {
        precondition(
            !name.isEmpty && name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) },
            "A setting's name consists of lower-case letters, digits and hyphens, to be an option and a variable")
        declaration = SettingDeclaration(
            name: name, environment: environment, help: help, bound: bound, isSecret: isSecret,
            placeholder: placeholder, defaultText: defaultText, fallback: fallback, decode: decode)
    }
}

extension Setting<Int> {
    /// An integer within the range.
    public static func integer(
        _ name: String, default fallback: Int? = nil, in range: ClosedRange<Int>,
        environment: EnvironmentName = .derived, help: String
    ) -> Setting {
        number(name, "an integer", "integer", fallback, range, environment, help)
    }

    /// A duration in whole milliseconds; let the name end in `-milliseconds`.
    public static func milliseconds(
        _ name: String, default fallback: Int? = nil, in range: ClosedRange<Int>,
        environment: EnvironmentName = .derived, help: String
    ) -> Setting {
        number(name, "a number of milliseconds", "milliseconds", fallback, range, environment, help)
    }

    private static func number(
        _ name: String, _ noun: String, _ placeholder: String, _ fallback: Int?, _ range: ClosedRange<Int>,
        _ environment: EnvironmentName, _ help: String
    ) -> Setting {
        precondition(fallback.map(range.contains) ?? true, "A default must obey the bounds of its own setting")
        return Setting(
            name, environment: environment, help: help,
            bound: "\(noun) from \(range.lowerBound) to \(range.upperBound)",
            placeholder: "\(placeholder) \(range.lowerBound)–\(range.upperBound)",
            fallback: fallback, defaultText: fallback.map(String.init)
        ) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }
}

extension Setting<Bool> {
    /// Off unless given: `--force`, `--force=false`, or `true`, `false`, `1`, `0` in the environment.
    public static func flag(_ name: String, environment: EnvironmentName = .derived, help: String) -> Setting {
        Setting(
            name, environment: environment, help: help, bound: "true, false, 1 or 0", placeholder: nil,
            fallback: false, defaultText: nil
        ) { ["true": true, "1": true, "false": false, "0": false][$0] }
    }
}

extension Setting<String> {
    /// A text that is not empty.
    public static func text(
        _ name: String, default fallback: String? = nil, environment: EnvironmentName = .derived, help: String
    ) -> Setting {
        Setting(name, textOf: .text, fallback, shown: fallback, environment, help) { $0 }
    }

    /// The path of a file or directory; whether it exists is for its user to find out.
    public static func path(
        _ name: String, default fallback: String? = nil, environment: EnvironmentName = .derived, help: String
    ) -> Setting {
        Setting(name, textOf: .path, fallback, shown: fallback, environment, help) { $0 }
    }

    /// One of the listed texts.
    public static func choice(
        _ name: String, default fallback: String? = nil, of allowed: [String],
        environment: EnvironmentName = .derived, help: String
    ) -> Setting {
        precondition(fallback.map(allowed.contains) ?? true, "A default must obey the bounds of its own setting")
        return Setting(
            name, environment: environment, help: help, bound: "one of \(allowed.joined(separator: ", "))",
            placeholder: allowed.joined(separator: "|"), fallback: fallback, defaultText: fallback
        ) { allowed.contains($0) ? $0 : nil }
    }
}

extension Setting<String?> {
    /// A text that may be absent.
    public static func optionalText(
        _ name: String, environment: EnvironmentName = .derived, help: String
    ) -> Setting {
        Setting(name, textOf: .text, .some(nil), shown: "none", environment, help) { $0 }
    }

    /// A path that may be absent.
    public static func optionalPath(
        _ name: String, environment: EnvironmentName = .derived, help: String
    ) -> Setting {
        Setting(name, textOf: .path, .some(nil), shown: "none", environment, help) { $0 }
    }
}

extension Setting where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the type's raw values.
    public static func choice(
        _ name: String, default fallback: Value? = nil, environment: EnvironmentName = .derived, help: String
    ) -> Setting {
        let allowed = Value.allCases.map(\.rawValue)
        return Setting(
            name, environment: environment, help: help, bound: "one of \(allowed.joined(separator: ", "))",
            placeholder: allowed.joined(separator: "|"), fallback: fallback, defaultText: fallback?.rawValue
        ) { Value(rawValue: $0) }
    }
}

extension Setting<[String]> {
    /// Texts separated by commas; spaces around them are dropped.
    public static func list(
        _ name: String, default fallback: [String], environment: EnvironmentName = .derived, help: String
    ) -> Setting {
        Setting(
            name, environment: environment, help: help, bound: "texts separated by commas, none of them empty",
            placeholder: "text,…", fallback: fallback,
            defaultText: fallback.isEmpty ? "none" : fallback.joined(separator: ",")
        ) { text in
            let items = text.split(separator: ",", omittingEmptySubsequences: false).map { item in
                String(item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            return items.contains("") ? nil : items
        }
    }
}

extension Setting<Secret> {
    /// A secret that must be given; give it by the environment, since options show in the list of processes.
    public static func secret(_ name: String, environment: EnvironmentName = .derived, help: String) -> Setting {
        Setting(name, textOf: .secret, nil, shown: nil, environment, help) { Secret($0) }
    }
}

extension Setting<Secret?> {
    /// A secret that may be absent.
    public static func optionalSecret(
        _ name: String, environment: EnvironmentName = .derived, help: String
    ) -> Setting {
        Setting(name, textOf: .secret, .some(nil), shown: "none", environment, help) { Secret($0) }
    }
}

/// What a text that must not be empty is called in help.
private enum TextKind: String {
    case text, path, secret
}

extension Setting {
    private init(
        _ name: String, textOf kind: TextKind, _ fallback: Value?, shown defaultText: String?,
        _ environment: EnvironmentName, _ help: String, wrap: @escaping @Sendable (String) -> Value
    ) {
        self.init(
            name, environment: environment, help: help,
            bound: kind == .path ? "a path" : "a text that is not empty", placeholder: kind.rawValue,
            isSecret: kind == .secret, fallback: fallback, defaultText: defaultText
        ) { $0.isEmpty ? nil : wrap($0) }
    }
}
