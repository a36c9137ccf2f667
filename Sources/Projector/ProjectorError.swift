import Events
import ReadModels

/// Why the projector stops: what only a person can change. Everything that may pass by itself is tried again.
enum ProjectorError: Error, Sendable, CustomStringConvertible {
    /// `base.live` is empty.
    case notMigrated
    /// The live generation was folded by rules, or laid out in tables, that this build does not know (I7).
    case unknownGeneration(Generation)
    /// Base and the live generation stand at different offsets, which one transaction never leaves behind.
    case generationApart(Generation)
    /// A topic was created with another number of partitions, which can never change.
    case partitionsAreFixed(Topic, recorded: Int32, wanted: Int32)
    /// More than 1 % of the wallets fail alike: the build is at fault (I6).
    case tooManyParked(String)

    /// Says what to do.
    var description: String {
        switch self {
        case .notMigrated: "the database has no generation yet: run `projector migrate`"
        case .unknownGeneration(let generation):
            "live generation \(generation.number) is \(generation.identity), which this build does not know: "
                + "run the build that made it, or `projector rebuild` with this one"
        case .generationApart(let generation):
            "base and generation \(generation.number) stand at different offsets: the database was restored in part"
        case .partitionsAreFixed(let topic, let recorded, let wanted):
            "topic \(topic.name) was created with \(recorded) partitions and cannot have \(wanted): leave the setting "
                + "out, or copy the log into a new one"
        case .tooManyParked(let code):
            "more than 1 % of the wallets of the last minute fail with \(code): this build is at fault, none of this "
                + "batch was parked"
        }
    }
}
