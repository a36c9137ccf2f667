import Events

/// What lies in the topic of wallets behind what the projector has taken in.
struct LogTail {
    let log: any EventLog
    /// Renews a lease when that is due; does nothing where none is held.
    let keepLease: () throws -> Void

    private static let recordsAtOnce = 2_000
    private static let bytesAtOnce = 4 << 20

    /// Calls `body` with kind, key and value of each record from an offset to the end as it is now.
    func forEachRecord(
        ofPartition partition: Int32, from start: Int64,
        _ body: (UInt8, ArraySlice<UInt8>, ArraySlice<UInt8>) throws -> Void
    ) throws {
        let reader = try log.makeReader()
        defer { reader.close() }
        let end = try reader.endOffsets(of: .walletTransactions)[Int(partition)]
        var position = LogPosition(topic: .walletTransactions, partition: partition, offset: start)
        var batch = RecordBatch()
        while position.offset < end {
            try keepLease()
            batch.removeAll()
            try reader.read(
                from: [position], maximumCount: Self.recordsAtOnce, maximumByteCount: Self.bytesAtOnce, into: &batch)
            guard let last = batch.entries.last else { return }
            for entry in batch.entries { try body(entry.kind, batch.key(of: entry), batch.value(of: entry)) }
            position.offset = last.position.offset + 1
        }
    }
}
