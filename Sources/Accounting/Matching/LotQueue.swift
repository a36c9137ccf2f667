/// Lots in the order they are consumed, first in first out.
struct LotQueue<Lot> {
    private var lots: [Lot] = []
    private var head = 0

    /// Whether nothing is left.
    var isEmpty: Bool { head == lots.count }

    /// What is left, in order.
    var remaining: ArraySlice<Lot> { lots[head...] }

    /// The lot that is consumed next; the queue must not be empty.
    var first: Lot {
        get { lots[head] }
        _modify { yield &lots[head] }
    }

    /// Adds a lot that is consumed after all others.
    mutating func append(_ lot: Lot) { lots.append(lot) }

    /// The lot that was put last; the queue must not be empty.
    var last: Lot {
        get { lots[lots.count - 1] }
        _modify { yield &lots[lots.count - 1] }
    }

    /// Adds a lot where it belongs in an order that the others are in; equal ones stay behind those there are.
    mutating func insert(_ lot: Lot, by precedes: (Lot, Lot) -> Bool) {
        guard !isEmpty, precedes(lot, lots[lots.count - 1]) else {
            lots.append(lot)
            return
        }
        var low = head
        var high = lots.count - 1
        while low < high {
            let middle = (low + high) / 2
            if precedes(lot, lots[middle]) { high = middle } else { low = middle + 1 }
        }
        lots.insert(lot, at: low)
    }

    /// Drops the lot that was put last.
    mutating func removeLast() {
        lots.removeLast()
        if head == lots.count {
            lots.removeAll(keepingCapacity: true)
            head = 0
        }
    }

    /// Changes every lot in a way that keeps their order.
    mutating func forEachInPlace(_ change: (inout Lot) -> Void) {
        for index in head..<lots.count { change(&lots[index]) }
    }

    /// Drops the lot that is used up, giving memory back once half of the queue is.
    mutating func removeFirst() {
        head += 1
        if head == lots.count {
            lots.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 64, head * 2 > lots.count {
            lots.removeFirst(head)
            head = 0
        }
    }
}

extension LotQueue: Sendable where Lot: Sendable {}
