import Events
/// Writes one JSON object a line. A value: pass it in, enrich it once, and every later line carries the facts.
///
///     let logger = logger.with(.logPartition, 3)
///     logger.info("Batch written", [.batchCount: .number(count)])
public struct Logger: Sendable {
    private struct Fact: Sendable {
        let key: LogKey
        /// Rendered once, comma included.
        let bytes: [UInt8]
    }

    /// Lines below this level are not written.
    public let level: LogLevel
    private let service: [UInt8]
    private let clock: WallClock
    private let sink: any LogSink
    private var facts: [Fact] = []

    /// A logger for the service of that name, such as `projector`.
    public init(
        service: String, level: LogLevel = .info, clock: WallClock = .system, sink: any LogSink = StandardErrorSink()
    ) {
        var name: [UInt8] = []
        JSONText.append(service, to: &name)
        (self.service, self.level, self.clock, self.sink) = (name, level, clock, sink)
    }

    /// A logger whose lines carry that fact, in place of an earlier one with the same key.
    public func with(_ key: LogKey, _ value: LogValue) -> Logger {
        var copy = self
        copy.facts.removeAll { $0.key == key }
        var bytes: [UInt8] = []
        Logger.append(key, value, to: &bytes)
        copy.facts.append(Fact(key: key, bytes: bytes))
        return copy
    }

    /// Writes a line at the debug level; the metadata is not even made when nobody reads it.
    public func debug(_ message: StaticString, _ metadata: @autoclosure () -> KeyValuePairs<LogKey, LogValue> = [:]) {
        log(.debug, message, metadata())
    }

    /// Writes a line at the info level.
    public func info(_ message: StaticString, _ metadata: @autoclosure () -> KeyValuePairs<LogKey, LogValue> = [:]) {
        log(.info, message, metadata())
    }

    /// Writes a line at the warning level.
    public func warning(_ message: StaticString, _ metadata: @autoclosure () -> KeyValuePairs<LogKey, LogValue> = [:]) {
        log(.warning, message, metadata())
    }

    /// Writes a line at the error level.
    public func error(_ message: StaticString, _ metadata: @autoclosure () -> KeyValuePairs<LogKey, LogValue> = [:]) {
        log(.error, message, metadata())
    }

    /// Writes a line. Metadata of the line takes the place of the logger's own fact with the same key.
    public func log(
        _ level: LogLevel, _ message: StaticString, _ metadata: @autoclosure () -> KeyValuePairs<LogKey, LogValue>
    ) {
        guard level >= self.level else { return }
        let metadata = metadata()
        var line: [UInt8] = []
        line.reserveCapacity(256)
        line += "{\"time\":\"".utf8
        Timestamp.append(microseconds: clock.nowMicroseconds(), to: &line)
        line += "\",\"level\":\"".utf8
        line += level.rawValue.utf8
        line += "\",\"service\":".utf8
        line += service
        line += ",\"message\":".utf8
        JSONText.append(message.description, to: &line)
        for fact in facts where !metadata.contains(where: { $0.key == fact.key }) { line += fact.bytes }
        for (key, value) in metadata { Logger.append(key, value, to: &line) }
        line += "}\n".utf8
        sink.write(line)
    }

    private static func append(_ key: LogKey, _ value: LogValue, to bytes: inout [UInt8]) {
        // Keys are constants without characters that need escaping; a test walks through all of them.
        bytes += ",\"\(key.rawValue)\":".utf8
        switch value {
        case .text(let text): JSONText.append(text, to: &bytes)
        case .integer(let number): bytes += String(number).utf8
        case .boolean(let flag): bytes += (flag ? "true" : "false").utf8
        }
    }
}
