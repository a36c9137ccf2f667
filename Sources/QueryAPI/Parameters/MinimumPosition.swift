import Events

/// How far the log must at least be projected for an answer to be accepted (I10), sent as `min_position`.
///
/// Either a wallet's position, `<partition>:<offset>` of an event that must be in it, or a list's, `v` and the next
/// offset of each partition that has any: `v0:12,3:5`.
struct MinimumPosition: Sendable, Hashable {
    /// The next offset each partition must have reached.
    let nextOffsets: [Int32: Int64]

    /// No demand.
    static let none = MinimumPosition(nextOffsets: [:])

    private init(nextOffsets: [Int32: Int64]) { self.nextOffsets = nextOffsets }

    /// Reads either form, of a log with that many partitions.
    init(text: String, partitionCount: Int32) throws(APIError) {
        let isVector = text.hasPrefix("v")
        let pairs = text.dropFirst(isVector ? 1 : 0).split(separator: ",", omittingEmptySubsequences: false)
        var nextOffsets: [Int32: Int64] = [:]
        if pairs != [""] || !isVector {
            for pair in pairs {
                let parts = pair.split(separator: ":", omittingEmptySubsequences: false)
                guard parts.count == 2, let partition = Int32(parts[0]), (0..<partitionCount).contains(partition),
                    let offset = Int64(parts[1]), offset >= 0, offset < .max, nextOffsets[partition] == nil,
                    isVector || pairs.count == 1
                else {
                    throw .invalid("min_position", text, mustBe: "a position that an answer of this service carried")
                }
                nextOffsets[partition] = isVector ? offset : offset + 1
            }
        }
        self.nextOffsets = nextOffsets
    }

    /// Whether what was projected is enough.
    func isReached(by projected: ProjectedOffsets) -> Bool {
        nextOffsets.allSatisfy { projected.nextOffsets[$0.key, default: 0] >= $0.value }
    }
}

/// How far a generation was projected when it was read: next offsets of some or all partitions.
struct ProjectedOffsets: Sendable, Hashable {
    /// By partition; one that is not there has nothing.
    let nextOffsets: [Int32: Int64]
    /// As the statement gave it: `0:12,3:5`.
    let text: String

    /// Reads the column of `ReadStatement`, which is NULL when no partition was asked for.
    init(column text: String?) {
        self.text = text ?? ""
        var nextOffsets: [Int32: Int64] = [:]
        for pair in self.text.split(separator: ",") {
            let parts = pair.split(separator: ":")
            guard parts.count == 2, let partition = Int32(parts[0]), let offset = Int64(parts[1]) else { continue }
            nextOffsets[partition] = offset
        }
        self.nextOffsets = nextOffsets
    }

    /// The token that lists carry as their position.
    var token: String { "v\(text)" }
}
