import Events
import Postgres
import ReadModels
import Runtime

/// One unbroken ownership of all partitions: from taking the leases until anything is lost. Base and the live
/// generation advance in one transaction from one read of the log (design.md, Projection). Confined to one thread.
struct ProjectionSession {
    private let connection: PostgresConnection
    private let reader: any LogReader
    private let generation: Generation
    private let base: ProjectionProgress
    private let live: ProjectionProgress
    private var basePlaces: [ProjectionProgress.Place]
    private var livePlaces: [ProjectionProgress.Place]
    private var grouping = BatchGrouping()
    private var folding: WalletFolding
    private var brake = ParkingBrake()
    private let baseWriter: BaseWriter
    private let generationWriter: GenerationWriter
    private var batch = RecordBatch()
    private let context: ProjectionContext

    /// Takes the partitions and reads where to go on.
    init(
        connection: PostgresConnection, reader: any LogReader, generation: Generation, owner: String,
        partitionCount: Int32, context: ProjectionContext
    ) throws {
        guard let ruleSet = RuleSets.matching(generation.identity) else {
            throw ProjectorError.unknownGeneration(generation)
        }
        self.connection = connection
        self.reader = reader
        self.generation = generation
        self.context = context
        base = ProjectionProgress(schema: "base")
        live = ProjectionProgress(schema: generation.schema)
        let (base, live) = (base, live)
        (basePlaces, livePlaces) = try connection.transaction {
            (
                try base.take(connection, topic: .walletTransactions, count: partitionCount, owner: owner),
                try live.take(connection, topic: .walletTransactions, count: partitionCount, owner: owner)
            )
        }
        guard basePlaces.map(\.nextOffset) == livePlaces.map(\.nextOffset) else {
            throw ProjectorError.generationApart(generation)
        }
        folding = WalletFolding(ruleSet: ruleSet, cachedEventLimit: context.configuration.cachedEventLimit)
        baseWriter = BaseWriter(connection: connection)
        generationWriter = try GenerationWriter(generation: generation, connection: connection)
    }

    /// Where the next batch begins, by partition.
    var positions: [LogPosition] {
        basePlaces.map { LogPosition(topic: $0.topic, partition: $0.partition, offset: $0.nextOffset) }
    }

    /// Projects what lies in the log from here on, one batch at most; false when there was nothing.
    mutating func projectNext() throws -> Bool {
        batch.removeAll()
        try reader.read(
            from: positions, maximumCount: context.configuration.batchCount,
            maximumByteCount: context.configuration.batchByteCount, into: &batch)
        guard !batch.isEmpty else { return false }
        let started = context.monotonic.nowMicroseconds()
        let grouped = grouping.group(batch)
        if grouped.strayCount > 0 {
            context.metrics.strayRecords.increment(by: UInt64(grouped.strayCount))
            context.logger.warning("Records without a wallet's key", [.count: .number(grouped.strayCount)])
        }
        let folded = try folding.fold(grouped.touched, decoding: grouping, connection)
        try brake(folded)
        try write(folded)
        let duration = context.monotonic.nowMicroseconds() - started
        context.metrics.note(batch, walletCount: folded.count, durationMicroseconds: duration)
        return true
    }

    /// Waits until there is more, or for a moment.
    func waitForMore() throws -> Bool {
        try reader.wait(for: positions, timeoutMilliseconds: context.configuration.waitMilliseconds)
    }

    /// Whether this session's generation is the one that is served.
    func isLive() throws -> Bool { try LiveGeneration.read(connection) == generation }

    private mutating func brake(_ folded: [FoldedWallet]) throws {
        var parkedByCode: [String: Int] = [:]
        for wallet in folded {
            guard case .parked(let poison) = wallet.outcome else { continue }
            parkedByCode[poison.code, default: 0] += 1
            context.logger.warning(
                "Wallet parked",
                [
                    .wallet: .text(wallet.touched.wallet.text), .logPartition: .number(wallet.touched.partition),
                    .logOffset: .number(poison.offset), .errorCode: .text(poison.code), .reason: .text(poison.reason),
                ])
        }
        let now = context.monotonic.nowMicroseconds()
        if let code = brake.note(touched: folded.count, parkedByCode: parkedByCode, at: now) {
            throw ProjectorError.tooManyParked(code)
        }
        context.metrics.parkedWallets.increment(by: UInt64(parkedByCode.values.reduce(0, +)))
    }

    /// Rows and offsets in one transaction (I4). A connection lost during COMMIT ends the session: the next one reads
    /// from the progress rows whether it happened.
    private mutating func write(_ folded: [FoldedWallet]) throws {
        let now = context.clock.nowMicroseconds()
        var reached = basePlaces.map(\.nextOffset)
        for entry in batch.entries {
            reached[Int(entry.position.partition)] = entry.position.offset + 1
        }
        let moved = basePlaces.indices.filter { reached[$0] != basePlaces[$0].nextOffset }
        let offsets = moved.map { reached[$0] }
        try connection.transaction {
            // The offsets first: a zombie loses here, before it writes anything.
            try base.advance(connection, from: moved.map { basePlaces[$0] }, to: offsets, movedAt: now)
            try live.advance(connection, from: moved.map { livePlaces[$0] }, to: offsets, movedAt: now)
            try baseWriter.write(folded.map(\.touched))
            try generationWriter.write(folded, writtenAt: now)
        }
        for place in moved {
            basePlaces[place].nextOffset = reached[place]
            livePlaces[place].nextOffset = reached[place]
        }
    }
}
