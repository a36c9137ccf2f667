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
    private var grouping: BatchGrouping
    private var folding: WalletFolding
    private var brake = ParkingBrake()
    /// Wallets that are parked as far as this session has committed.
    private var parked: Set<WalletKey>
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
        grouping = BatchGrouping(partitionCount: partitionCount)
        parked = []
        folding = WalletFolding(ruleSet: ruleSet, cachedEventLimit: context.configuration.cachedEventLimit)
        baseWriter = BaseWriter(connection: connection)
        generationWriter = try GenerationWriter(generation: generation, connection: connection)
        try refoldParked()
    }

    /// Where the next batch begins, by partition.
    var positions: [LogPosition] {
        basePlaces.map { LogPosition(topic: $0.topic, partition: $0.partition, offset: $0.nextOffset) }
    }

    /// What came of trying to project a batch.
    enum Step {
        case projected
        /// Nothing lies in the log beyond this session's positions.
        case nothing
        /// A lease was lost.
        case lost
    }

    /// Projects what lies in the log from here on, one batch of `count` records at most. `keep` renews the leases when
    /// that is due and says whether they are still held: a batch may take longer than they last.
    mutating func projectNext(count: Int, keep: () throws -> Bool) throws -> Step {
        batch.removeAll()
        try reader.read(
            from: positions, maximumCount: count, maximumByteCount: context.configuration.batchByteCount,
            into: &batch)
        guard !batch.isEmpty else { return .nothing }
        let started = context.monotonic.nowMicroseconds()
        let grouped = grouping.group(batch)
        if grouped.strayCount > 0 {
            context.metrics.strayRecords.increment(by: UInt64(grouped.strayCount))
            context.logger.warning("Records without a wallet's key", [.count: .number(grouped.strayCount)])
        }
        let folded = try folding.fold(grouped.touched, parked: parked, connection)
        try brake(folded)
        guard try keep() else { return .lost }
        try write(folded)
        let duration = context.monotonic.nowMicroseconds() - started
        context.metrics.note(batch, walletCount: folded.count, durationMicroseconds: duration)
        return .projected
    }

    /// Waits until there is more, or for a moment.
    func waitForMore() throws -> Bool {
        try reader.wait(for: positions, timeoutMilliseconds: context.configuration.waitMilliseconds)
    }

    /// Whether this session's generation is the one that is served.
    func isLive() throws -> Bool { try LiveGeneration.read(connection) == generation }

    /// Folds the parked wallets again: a build that understands their events mends them without waiting for a new one.
    private mutating func refoldParked() throws {
        let wallets = try ParkedWallets.read(generation, connection)
        parked = Set(wallets.map(\.wallet))
        for start in stride(from: 0, to: wallets.count, by: Self.parkedPerGroup) {
            let group = wallets[start..<min(start + Self.parkedPerGroup, wallets.count)]
            batch.removeAll()
            try write(try folding.fold(Array(group), parked: parked, connection))
        }
    }

    private static let parkedPerGroup = 256

    private mutating func brake(_ folded: [FoldedWallet]) throws {
        var parkedByCode: [String: [WalletKey]] = [:]
        for wallet in folded {
            guard let poison = wallet.poison, !parked.contains(wallet.touched.wallet) else { continue }
            parkedByCode[poison.code, default: []].append(wallet.touched.wallet)
            context.logger.warning(
                "Wallet parked",
                [
                    .wallet: .text(wallet.touched.wallet.text), .logPartition: .number(wallet.touched.partition),
                    .logOffset: .number(poison.offset), .errorCode: .text(poison.code), .reason: .text(poison.reason),
                ])
        }
        let now = context.monotonic.nowMicroseconds()
        if let code = brake.note(touched: folded.map(\.touched.wallet), parkedByCode: parkedByCode, at: now) {
            throw ProjectorError.tooManyParked(code)
        }
        context.metrics.parkedWallets.increment(by: UInt64(parkedByCode.values.reduce(0) { $0 + $1.count }))
    }

    /// Rows and offsets in one transaction (I4). A connection lost during COMMIT ends the session: the next one reads
    /// from the progress rows whether it happened.
    private mutating func write(_ folded: [FoldedWallet]) throws {
        let now = context.clock.nowMicroseconds()
        var reached = basePlaces.map(\.nextOffset)
        for entry in batch.entries { reached[Int(entry.position.partition)] = entry.position.offset + 1 }
        // Without a batch every place is compared and none moves: the epochs must hold all the same.
        let moved = basePlaces.indices.filter { batch.isEmpty || reached[$0] != basePlaces[$0].nextOffset }
        let offsets = moved.map { reached[$0] }
        try connection.transaction {
            // The offsets first: a zombie loses here, before it writes anything.
            try base.advance(connection, from: moved.map { basePlaces[$0] }, to: offsets, movedAt: now)
            try live.advance(connection, from: moved.map { livePlaces[$0] }, to: offsets, movedAt: now)
            try baseWriter.write(folded)
            try generationWriter.write(folded, writtenAt: now)
        }
        for place in moved {
            basePlaces[place].nextOffset = reached[place]
            livePlaces[place].nextOffset = reached[place]
        }
        for wallet in folded {
            if wallet.poison == nil {
                parked.remove(wallet.touched.wallet)
            } else {
                parked.insert(wallet.touched.wallet)
            }
        }
    }
}
