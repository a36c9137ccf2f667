import CPostgres

/// Owns one `PGconn`; `PQfinish` runs exactly once, when the value dies. Confined to one thread at a time.
@safe struct ConnectionHandle: ~Copyable {
    let pointer: OpaquePointer

    /// Connects, blocking for at most the configured time.
    init(_ configuration: PostgresConfiguration) throws(PostgresError) {
        let parameters = configuration.connectionParameters
        let connection = unsafe Self.withCStrings(parameters.map(\.keyword)) { keywords in
            unsafe Self.withCStrings(parameters.map(\.value)) { values in
                unsafe PQconnectdbParams(keywords, values, 0)
            }
        }
        guard let connection = unsafe connection else {
            throw PostgresError(.connectionFailed, "out of memory")
        }
        guard unsafe PQstatus(connection) == CONNECTION_OK else {
            let reason = unsafe String(cString: PQerrorMessage(connection))
            unsafe PQfinish(connection)
            throw PostgresError(
                .connectionFailed,
                configuration.url.leaksPassword(reason) ? "the server cannot be reached" : Self.oneLine(reason))
        }
        unsafe pnl_ignore_notices(connection)
        unsafe pointer = unsafe connection
    }

    deinit { unsafe PQfinish(pointer) }

    /// The process id of the server's side.
    var backendIdentifier: Int32 { unsafe PQbackendPID(pointer) }

    /// Whether libpq has noticed that the connection is gone.
    var isBroken: Bool { unsafe PQstatus(pointer) == CONNECTION_BAD }

    /// Whether a transaction is open, failed or under way.
    var isInTransaction: Bool { unsafe PQtransactionStatus(pointer) != PQTRANS_IDLE }

    /// An error of libpq itself, which only happens when the connection is broken or out of memory.
    func loss() -> PostgresError {
        let reason = unsafe Self.oneLine(String(cString: PQerrorMessage(pointer)))
        return PostgresError(.connectionLost, reason.isEmpty ? "the connection is closed" : reason)
    }

    private static func oneLine(_ message: String) -> String {
        message.split(separator: "\n").joined(separator: " ")
    }

    /// Lends a NULL-terminated array of C strings.
    private static func withCStrings<Value>(
        _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value
    ) -> Value {
        var bytes: [CChar] = []
        var starts: [Int] = []
        for string in strings {
            starts.append(bytes.count)
            bytes.append(contentsOf: string.utf8.map { CChar(bitPattern: $0) })
            bytes.append(0)
        }
        return unsafe bytes.withUnsafeBufferPointer { storage in
            // Each start lies within the storage, which lives until the closure returns.
            var pointers = unsafe starts.map { start in unsafe storage.baseAddress.map { unsafe $0 + start } }
            unsafe pointers.append(nil)
            return unsafe pointers.withUnsafeBufferPointer { pointers in
                guard let base = pointers.baseAddress else {
                    preconditionFailure("the array has at least its terminator")
                }
                return unsafe body(base)
            }
        }
    }
}
