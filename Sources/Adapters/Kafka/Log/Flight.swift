import CKafka
import Dispatch
import Synchronization

/// The records of one append on their way: each has a slot, whose address travels with it and which its delivery report
/// fills.
///
/// Unchecked: a slot is written once, by the event thread, before `landedCount` says so; the appender reads it after.
@safe final class Flight: @unchecked Sendable {
    /// What is known of one record. Safe: only `FlightBoard` touches the reference.
    @safe struct Slot {
        /// Where it lies; negative when that is not known.
        var offset: Int64
        /// 0 when it was acknowledged.
        var response: Int32
        /// Whose slot it is. Unretained: `FlightBoard` keeps the flight until every record has landed.
        var flight: Unmanaged<Flight>
    }

    private let slots: UnsafeMutableBufferPointer<Slot>
    private let landed = Atomic<Int>(0)
    private let progress = DispatchSemaphore(value: 0)

    init(count: Int) {
        unsafe slots = .allocate(capacity: count)
        for index in 0..<count {
            let slot = unsafe Slot(
                offset: -1, response: RD_KAFKA_RESP_ERR__IN_PROGRESS.rawValue, flight: Unmanaged.passUnretained(self))
            unsafe slots.initializeElement(at: index, to: slot)
        }
    }

    deinit {
        unsafe slots.deinitialize()
        unsafe slots.deallocate()
    }

    /// Number of records whose report has come.
    var landedCount: Int { landed.load(ordering: .acquiring) }

    /// What travels with a record.
    func opaque(_ index: Int) -> UnsafeMutableRawPointer? {
        unsafe slots.baseAddress.map { unsafe UnsafeMutableRawPointer($0 + index) }
    }

    /// What the report of a record said; only after it has landed.
    func outcome(_ index: Int) -> (offset: Int64, response: rd_kafka_resp_err_t) {
        unsafe (slots[index].offset, rd_kafka_resp_err_t(slots[index].response))
    }

    /// Waits until something has landed since, whoever's it was; false when the time is over.
    func waitForProgress(until deadline: Deadline) -> Bool {
        progress.wait(timeout: .now() + .milliseconds(Int(deadline.remainingMilliseconds))) == .success
    }

    fileprivate func land(_ count: Int) { landed.add(count, ordering: .releasing) }

    fileprivate func wake() { progress.signal() }
}

/// The flights of one producer.
final class FlightBoard: Sendable {
    private let flights = Mutex<[Flight]>([])

    /// Keeps a flight until `remove`.
    func add(_ flight: Flight) { flights.withLock { $0.append(flight) } }

    /// Only when everything has landed: a report that comes later would go to memory that is gone.
    func remove(_ flight: Flight) { flights.withLock { $0.removeAll { $0 === flight } } }

    /// Wakes every appender: one may wait for its reports, another for room.
    func wakeAll() { flights.withLock { $0.forEach { $0.wake() } } }

    /// Fills the slots of reported records.
    func landed(_ messages: UnsafeBufferPointer<UnsafePointer<rd_kafka_message_t>?>) {
        var current: Unmanaged<Flight>?
        var count = 0
        for index in messages.indices {
            // The opaque is the address `Flight.opaque` gave for this record.
            guard let message = unsafe messages[index]?.pointee, let opaque = unsafe message._private else { continue }
            let slot = unsafe opaque.assumingMemoryBound(to: Flight.Slot.self)
            unsafe slot.pointee.offset = message.offset
            unsafe slot.pointee.response = message.err.rawValue
            let flight = unsafe slot.pointee.flight
            if let known = unsafe current, unsafe known.toOpaque() != flight.toOpaque() {
                unsafe known._withUnsafeGuaranteedRef { $0.land(count) }
                count = 0
            }
            unsafe current = flight
            count += 1
        }
        unsafe current?._withUnsafeGuaranteedRef { $0.land(count) }
    }
}
