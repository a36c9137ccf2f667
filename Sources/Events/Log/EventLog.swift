/// The append-only log: the only truth (I1). Two implementations pass one conformance suite (design.md, Log).
///
/// Calls block: hot loops are plain threads. An appender, a reader and an ownership are each confined to one thread.
public protocol EventLog: Sendable {
    /// Opens an appender; it may only add records.
    func makeAppender() throws -> any LogAppender
    /// Opens a reader.
    func makeReader() throws -> any LogReader
    /// Opens the leases of a group of readers.
    func makeOwnership(group: String) throws -> any PartitionOwnership
    /// Number of partitions of a topic as recorded when the log was created.
    func partitionCount(of topic: Topic) throws -> Int32
}

/// Appends records.
public protocol LogAppender: AnyObject {
    /// Appends a batch and says for each record, in order, where the log has acknowledged it (I5).
    ///
    /// A record whose result is a failure may still be in the log if the connection broke while its acknowledgement was
    /// on the way: appending it again is harmless, since its id is the same (I2). Throws nothing: every failure is a
    /// record's own.
    func append(_ records: [LogRecord], to topic: Topic) -> [Result<LogPosition, LogError>]
    /// Releases what the appender holds. Later appends fail.
    func close()
}

/// Reads records.
public protocol LogReader: AnyObject {
    /// Adds to `batch` what lies at and after the given positions, of one topic, in the order of the offsets within
    /// each partition, until one of the bounds is reached; at least one record if there is any.
    func read(
        from positions: [LogPosition], maximumCount: Int, maximumByteCount: Int, into batch: inout RecordBatch
    ) throws(LogError)
    /// Waits until something lies at or after one of the positions or the time is over; true for the former.
    func wait(for positions: [LogPosition], timeoutMilliseconds: Int) throws(LogError) -> Bool
    /// The offset after the last record of each partition of a topic, by partition.
    func endOffsets(of topic: Topic) throws(LogError) -> [Int64]
    /// Releases what the reader holds. Later reads fail.
    func close()
}

/// Ownership of partitions by lease. The epoch grows with each new owner; who writes under an old one must lose (I4).
public protocol PartitionOwnership: AnyObject {
    /// Takes the partition if it is free, expired or already `owner`'s; nil while somebody else holds it.
    func claim(
        topic: Topic, partition: Int32, owner: String, leaseMilliseconds: Int
    ) throws(LogError) -> PartitionLease?
    /// Extends a lease; false when it was lost meanwhile.
    func renew(_ lease: PartitionLease, leaseMilliseconds: Int) throws(LogError) -> Bool
    /// Gives a lease up, if it is still held.
    func release(_ lease: PartitionLease) throws(LogError)
    /// Who holds the partition now; nil when nobody does or the log does not say.
    func holder(topic: Topic, partition: Int32) throws(LogError) -> String?
    /// Releases the connection; leases run out by themselves.
    func close()
}

extension PartitionOwnership {
    /// A log that cannot tell says nothing.
    public func holder(topic: Topic, partition: Int32) throws(LogError) -> String? { nil }
}

/// A partition held by an owner.
public struct PartitionLease: Sendable, Hashable {
    /// The topic.
    public var topic: Topic
    /// The partition.
    public var partition: Int32
    /// Who holds it.
    public var owner: String
    /// Grows with each new owner.
    public var epoch: Int64

    /// A lease as granted.
    public init(topic: Topic, partition: Int32, owner: String, epoch: Int64) {
        self.topic = topic
        self.partition = partition
        self.owner = owner
        self.epoch = epoch
    }
}

/// Why the log could not do what was asked.
public struct LogError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong: a closed set, fit for metric labels.
    public enum Code: String, Sendable, Hashable {
        /// The server is away or the connection broke.
        case unavailable
        /// The log was asked something it never allows.
        case refused
        /// A record exceeds a bound.
        case tooLarge = "too_large"
        /// The log has another shape than recorded, or none.
        case mismatch
        /// The reader, appender or ownership was closed.
        case closed
    }

    /// What went wrong.
    public let code: Code
    /// Safe for a log line.
    public let description: String

    /// An error of the log.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// Whether the same call may succeed later.
    public var isRetriable: Bool { code == .unavailable }
}
