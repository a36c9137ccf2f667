import CPostgres

/// Where a database is and as whom to go there: `postgresql://role:password@host:port/database?option=value`, or
/// libpq's `keyword=value` form. Printing it never shows the password.
public struct PostgresURL: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
    /// libpq's keywords and their values.
    let settings: [String: String]

    /// Reads a URL; throws `invalidURL` without repeating it.
    public init(_ text: String) throws(PostgresError) {
        // C strings end at NUL: what follows one would be dropped silently.
        guard !text.utf8.contains(0) else { throw PostgresError(.invalidURL, "the connection URL contains a NUL") }
        guard let options = unsafe PQconninfoParse(text, nil) else {
            throw PostgresError(.invalidURL, "the connection URL is malformed or has an unknown parameter")
        }
        defer { unsafe PQconninfoFree(options) }
        var settings: [String: String] = [:]
        var option = unsafe options
        // libpq ends the array with an entry without keyword.
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe settings[String(cString: keyword)] = unsafe String(cString: value)
            }
            unsafe option += 1
        }
        self.settings = settings
    }

    private init(settings: [String: String]) { self.settings = settings }

    /// The same place for another role, without a password.
    public func with(role: String) -> PostgresURL {
        var settings = settings
        settings["user"] = role
        settings["password"] = nil
        return PostgresURL(settings: settings)
    }

    /// Role, host, port and database: no password, no other parameter.
    public var description: String {
        let user = settings["user"].map { "\($0)@" } ?? ""
        let port = settings["port"].map { ":\($0)" } ?? ""
        return
            "postgresql://\(user)\(settings["host"] ?? settings["hostaddr"] ?? "")\(port)/\(settings["dbname"] ?? "")"
    }

    /// As `description`, so that `dump` and a debugger show no password either.
    public var debugDescription: String { description }

    /// No children, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// Whether a message of libpq repeats the password.
    func leaksPassword(_ message: String) -> Bool {
        guard let password = settings["password"], !password.isEmpty else { return false }
        return message.contains(password)
    }
}
