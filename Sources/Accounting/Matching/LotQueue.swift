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
