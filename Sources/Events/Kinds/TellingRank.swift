/// What decides which of several tellings of one subject counts (I3): the higher revision, then the greater digest. Two
/// kinds can say the same in the same words, such as tracked and untracked: then the later kind counts.
public struct TellingRank: Sendable, Hashable, Comparable {
    /// The telling's revision.
    public let revision: UInt64
    /// The telling's content digest.
    public let digest: Digest
    /// The telling's kind.
    public let kind: EventKind

    /// Orders by revision, digest and kind.
    public static func < (left: TellingRank, right: TellingRank) -> Bool {
        if left.revision != right.revision { return left.revision < right.revision }
        if left.digest != right.digest { return left.digest < right.digest }
        return left.kind.rawValue < right.kind.rawValue
    }
}

extension Event {
    /// What this telling is worth beside others of its subject.
    public var rank: TellingRank { TellingRank(revision: revision, digest: digest, kind: body.kind) }
}
