/// A first-in first-out queue of fixed capacity between plain threads: a full queue blocks the producer, an empty one
/// the consumer. Either side may finish it.
public final class BoundedQueue<Element: Sendable>: Sendable {
    /// What waiting with a timeout came to.
    public enum Next: Sendable {
        /// The oldest element.
        case element(Element)
        /// The queue stayed empty for that long.
        case timedOut
        /// The queue is finished and drained.
        case finished
    }

    private struct State: Sendable {
        var slots: [Element?]
        var head = 0
        var count = 0
        var isFinished = false

        mutating func append(_ element: Element) {
            slots[(head + count) % slots.count] = element
            count += 1
        }

        mutating func removeFirst() -> Element? {
            guard count > 0 else { return nil }
            defer {
                slots[head] = nil
                head = (head + 1) % slots.count
                count -= 1
            }
            return slots[head]
        }

        /// Nil means that there is nothing to report yet.
        mutating func next() -> Next? {
            if let element = removeFirst() { return .element(element) }
            return isFinished ? .finished : nil
        }
    }

    private let monitor: Monitor<State>
    /// The most elements that wait at a time.
    public let capacity: Int

    /// An empty queue.
    public init(capacity: Int) {
        precondition(capacity > 0, "A queue without room would block for ever")
        self.capacity = capacity
        monitor = Monitor(State(slots: Array(repeating: nil, count: capacity)))
    }

    /// The elements that wait now; for a gauge.
    public var count: Int { monitor.read(\.count) }

    /// Waits for room and appends; false, with the element dropped, when the queue is finished.
    @discardableResult
    public func push(_ element: Element) -> Bool {
        monitor.wait { state in
            if state.isFinished { return false }
            guard state.count < state.slots.count else { return nil }
            state.append(element)
            return true
        }
    }

    /// Appends without waiting; false, with the element dropped, when the queue is full or finished.
    public func offer(_ element: Element) -> Bool {
        monitor.update { state in
            guard !state.isFinished, state.count < state.slots.count else { return false }
            state.append(element)
            return true
        }
    }

    /// Waits at most that long for an element and takes all that are there, up to a count; none when the queue stayed
    /// empty, nil once it is finished and drained.
    public func nextBatch(maximumCount: Int, timeoutMilliseconds: Int) -> [Element]? {
        let batch = monitor.wait(timeoutMilliseconds: timeoutMilliseconds) {
            state -> (elements: [Element], isLast: Bool)? in
            var elements: [Element] = []
            while elements.count < maximumCount, let element = state.removeFirst() { elements.append(element) }
            return elements.isEmpty && !state.isFinished ? nil : (elements, elements.isEmpty)
        }
        guard let batch else { return [] }
        return batch.isLast ? nil : batch.elements
    }

    /// Waits for the oldest element; nil once the queue is finished and drained.
    public func next() -> Element? {
        guard case .element(let element) = monitor.wait(until: { $0.next() }) else { return nil }
        return element
    }

    /// Waits at most that long for the oldest element.
    public func next(timeoutMilliseconds: Int) -> Next {
        monitor.wait(timeoutMilliseconds: timeoutMilliseconds) { $0.next() } ?? .timedOut
    }

    /// No more is accepted, blocked producers return, and consumers get what is left. A consumer that dies calls it
    /// too, so that its producer does not block for ever.
    public func finish() {
        monitor.update { $0.isFinished = true }
    }
}

extension BoundedQueue.Next: Equatable where Element: Equatable {}
