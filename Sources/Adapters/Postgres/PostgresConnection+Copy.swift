import CPostgres

extension PostgresConnection {
    /// Copies rows into a table: `columns` in the order in which `body` appends them. Returns the number of rows.
    ///
    /// The server reports an error only at the end. What `body` throws ends the COPY without a row.
    public func copyIn(
        to table: String, columns: [String], _ body: (inout CopyWriter) throws -> Void
    ) throws -> Int {
        let names = columns.map(Self.quoted).joined(separator: ", ")
        try beginCopy("COPY \(table) (\(names)) FROM STDIN (FORMAT binary)")
        do {
            var writer = CopyWriter(to: self)
            try body(&writer)
            try writer.finish()
        } catch {
            endCopy(becauseOf: "the writer gave up")
            throw error
        }
        return try endCopy()
    }

    private func beginCopy(_ statement: String) throws(PostgresError) {
        try perform { handle throws(PostgresError) in
            try handle.send(statement)
            guard let result = unsafe PQgetResult(handle.pointer) else { throw handle.loss() }
            let status = unsafe PQresultStatus(result)
            defer { unsafe PQclear(result) }
            guard status == PGRES_COPY_IN else {
                let error = unsafe handle.error(of: result, status)
                _ = try? handle.lastResult()
                throw error
            }
        }
    }

    /// Hands bytes of a COPY to the server, on behalf of its writer.
    func sendCopyData(_ bytes: [UInt8]) throws(PostgresError) {
        guard session.isConnected else { throw PostgresError(.connectionLost, "the connection was lost in a COPY") }
        try perform { handle throws(PostgresError) in
            let wasSent = unsafe bytes.withUnsafeBytes { bytes in
                // libpq copies or sends the bytes before it returns.
                unsafe PQputCopyData(
                    handle.pointer, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
            }
            guard wasSent == 1 else { throw handle.loss() }
        }
    }

    private func endCopy() throws(PostgresError) -> Int {
        guard session.isConnected else { throw PostgresError(.connectionLost, "the connection was lost in a COPY") }
        return try perform { handle throws(PostgresError) in
            guard unsafe PQputCopyEnd(handle.pointer, nil) == 1 else { throw handle.loss() }
            return try handle.lastResult().affectedRowCount
        }
    }

    private func endCopy(becauseOf reason: String) {
        guard session.isConnected else { return }
        // The server answers with the error we ask for; a real loss has dropped the connection already.
        _ = try? perform { handle throws(PostgresError) in
            guard unsafe PQputCopyEnd(handle.pointer, reason) == 1 else { throw handle.loss() }
            _ = try handle.lastResult()
        }
    }
}
