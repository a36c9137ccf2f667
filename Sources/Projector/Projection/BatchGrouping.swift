import Events
import ReadModels

/// Decodes a batch of the log and sorts it by wallet. Confined to one thread.
struct BatchGrouping {
    private let decoder = EventDecoder()
    private let partitionCount: Int32
    /// Keys seen lately: reading base58 again for each record would cost more than decoding the event.
    private var wallets: [ArraySlice<UInt8>: (wallet: WalletKey, partition: Int32)] = [:]

    /// Keys remembered at most.
    static let rememberedKeyLimit = 100_000

    init(partitionCount: Int32) { self.partitionCount = partitionCount }

    /// A batch by wallet.
    struct Grouped {
        /// Wallets in the order of their first record.
        var touched: [TouchedWallet] = []
        /// Records whose key names no wallet, or not as this system writes it, or that lie in another partition than
        /// the key's own; they stay in the log and change nothing.
        var strayCount = 0
    }

    /// Sorts the records; events that cannot be decoded poison their own wallet only (I6).
    mutating func group(_ batch: RecordBatch) -> Grouped {
        var grouped = Grouped()
        var places: [WalletKey: Int] = [:]
        for entry in batch.entries {
            guard let wallet = wallet(of: batch.key(of: entry), in: entry.position.partition) else {
                grouped.strayCount += 1
                continue
            }
            let place = places[wallet] ?? grouped.touched.count
            if place == grouped.touched.count {
                places[wallet] = place
                grouped.touched.append(TouchedWallet(wallet: wallet, partition: entry.position.partition))
            }
            grouped.touched[place].lastOffset = entry.position.offset
            let source = batch.source(of: entry)
            grouped.touched[place].entries.append(
                EventChunk.Entry(
                    offset: entry.position.offset, kind: entry.kind, time: entry.time, source: source,
                    value: batch.value(of: entry)))
            do {
                grouped.touched[place].events.append(
                    RecordedEvent(
                        event: try decoder.decode(entry, of: batch), position: entry.position, recordedAt: entry.time,
                        source: source))
            } catch {
                grouped.touched[place].notePoison(at: entry.position.offset, error)
            }
        }
        return grouped
    }

    /// One wallet has one key and so one partition and one order of offsets; anything else is no record of it.
    private mutating func wallet(of key: ArraySlice<UInt8>, in partition: Int32) -> WalletKey? {
        if let known = wallets[key] { return known.partition == partition ? known.wallet : nil }
        guard let wallet = WalletKey(logKey: key), wallet.logKey.elementsEqual(key) else { return nil }
        let own = Partitioner.partition(forKey: Array(key), count: partitionCount)
        if wallets.count >= Self.rememberedKeyLimit { wallets.removeAll(keepingCapacity: true) }
        wallets[ArraySlice(Array(key))] = (wallet, own)
        return own == partition ? wallet : nil
    }
}
