public import Accounting
public import Events
public import Postgres

extension DisposalChunk {
    /// Appends the rows of one wallet in the order of `GenerationTable.disposals.columns`; disposals in canonical
    /// order.
    public static func append(
        _ disposals: [Disposal], of wallet: WalletKey, to writer: inout CopyWriter
    ) throws(PostgresError) {
        var byAsset: [Address: [Disposal]] = [:]
        for disposal in disposals { byAsset[disposal.asset, default: []].append(disposal) }
        for (asset, disposals) in byAsset {
            for (chunk, start) in stride(from: 0, to: disposals.count, by: capacity).enumerated() {
                let part = disposals[start..<min(start + capacity, disposals.count)]
                writer.append(wallet.chain.rawValue)
                writer.append(bytes: wallet.address.bytes)
                writer.append(bytes: asset.bytes)
                writer.append(Int32(chunk))
                writer.append(part.first?.time ?? 0)
                writer.append(part.last?.time ?? 0)
                writer.append(Int32(part.count))
                writer.append(bytes: pack(part))
                try writer.endRow()
            }
        }
    }
}

extension LotChunk {
    /// Appends the rows of one wallet in the order of `GenerationTable.openLots.columns`.
    public static func append(
        _ lots: [Address: [OpenLot]], of wallet: WalletKey, to writer: inout CopyWriter
    ) throws(PostgresError) {
        for (asset, lots) in lots where !lots.isEmpty {
            writer.append(wallet.chain.rawValue)
            writer.append(bytes: wallet.address.bytes)
            writer.append(bytes: asset.bytes)
            writer.append(Int32(lots.count))
            writer.append(bytes: pack(lots))
            try writer.endRow()
        }
    }
}

extension DailyFigures {
    /// Appends a row in the order of `GenerationTable.walletDaily.columns`.
    public func append(of wallet: WalletKey, to writer: inout CopyWriter) throws(PostgresError) {
        writer.append(wallet.chain.rawValue)
        writer.append(bytes: wallet.address.bytes)
        writer.append(day)
        try writer.append(realised)
        writer.append(trades)
        writer.append(wins)
        try writer.append(volume)
        try writer.append(quoteRealised)
        try writer.append(fees)
        writer.append(swaps)
        try writer.endRow()
    }
}
