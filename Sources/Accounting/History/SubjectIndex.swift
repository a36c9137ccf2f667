import Events

/// Finds the telling about a subject.
///
/// A subject is hashed once, when it comes in: the table keeps 64 bits of it and the place of its telling, so growing
/// never touches a hash of 88 characters again. The seed is the process's own; nothing depends on the table's order.
struct SubjectIndex: Sendable {
    private var places: [UInt64: Int32] = [:]

    /// Makes room for so many subjects.
    mutating func reserveCapacity(_ count: Int) { places.reserveCapacity(count) }

    /// Place of the telling about `subject`; nil when there is none, and then the one at `count` has to be about it.
    mutating func place(orReserve subject: EventSubject, count: Int, isSame: (Int) -> Bool) -> Int? {
        var mark = Self.mark(of: subject)
        while let place = places[mark] {
            if isSame(Int(place)) { return Int(place) }
            mark &+= 1
        }
        places[mark] = Int32(count)
        return nil
    }

    /// Place of the telling about `subject`; nil when there is none.
    func place(of subject: EventSubject, isSame: (Int) -> Bool) -> Int? {
        var mark = Self.mark(of: subject)
        while let place = places[mark] {
            if isSame(Int(place)) { return Int(place) }
            mark &+= 1
        }
        return nil
    }

    private static func mark(of subject: EventSubject) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(subject.family.rawValue)
        subject.name.withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
