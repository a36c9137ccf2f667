import CEvents

/// Memory for one message at a time: protobuf-c allocates from it by moving a pointer, and all of it is given back at
/// once. Confined to one thread; its owner resets it before each message, so nothing of a message may outlive that.
final class CodecArena {
    /// What the allocation callback touches. It lies in memory of its own, so that the callback retains no object.
    private struct State {
        var next: UnsafeMutableRawPointer
        var end: UnsafeMutableRawPointer
        var chunks: [UnsafeMutableRawBufferPointer]
        var byteCount: Int
        let maximumByteCount: Int
    }

    private static let firstChunkByteCount = 64 << 10
    private static let alignment = 16
    /// Memory one message may take. The largest value holds a third of a million fields, each 40 bytes while it is
    /// scanned, or 4096 legs of 300 bytes: a message that needs more is refused.
    static let defaultMaximumByteCount = 32 << 20

    private let state: UnsafeMutablePointer<State>
    /// What protobuf-c is called with.
    let allocator: UnsafeMutablePointer<ProtobufCAllocator>

    init(maximumByteCount: Int = defaultMaximumByteCount) {
        let chunk = Self.makeChunk(byteCount: min(Self.firstChunkByteCount, maximumByteCount))
        state = .allocate(capacity: 1)
        state.initialize(
            to: State(
                next: chunk.baseAddress!, end: chunk.baseAddress! + chunk.count, chunks: [chunk],
                byteCount: chunk.count, maximumByteCount: maximumByteCount))
        allocator = .allocate(capacity: 1)
        allocator.initialize(
            to: ProtobufCAllocator(
                alloc: { state, byteCount in CodecArena.allocate(byteCount, from: state!) },
                free: { _, _ in },
                allocator_data: UnsafeMutableRawPointer(state)))
    }

    deinit {
        for chunk in state.pointee.chunks { chunk.deallocate() }
        state.deinitialize(count: 1)
        state.deallocate()
        allocator.deallocate()
    }

    /// Takes everything back. Of several chunks the last and largest stays, so that a size once needed is kept ready.
    func reset() {
        if state.pointee.chunks.count > 1 {
            let last = state.pointee.chunks.removeLast()
            for chunk in state.pointee.chunks { chunk.deallocate() }
            state.pointee.chunks = [last]
            state.pointee.byteCount = last.count
        }
        let chunk = state.pointee.chunks[0]
        state.pointee.next = chunk.baseAddress!
        state.pointee.end = chunk.baseAddress! + chunk.count
    }

    /// Uninitialised memory until the next reset; nil when the arena's bound is reached.
    func allocate<Value>(_ type: Value.Type, count: Int = 1) -> UnsafeMutablePointer<Value>? {
        Self.allocate(MemoryLayout<Value>.stride * count, from: state)?.bindMemory(to: Value.self, capacity: count)
    }

    /// Allocation as protobuf-c asks for it: `opaque` is this arena's state.
    private static func allocate(_ byteCount: Int, from opaque: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        // Bound by `init` for the arena's whole life, and protobuf-c calls back only while it decodes or encodes.
        let state = opaque.assumingMemoryBound(to: State.self)
        // A size_t beyond Int.max arrives as a negative number.
        guard byteCount >= 0, byteCount <= Int.max - alignment else { return nil }
        let rounded = (byteCount + alignment - 1) & ~(alignment - 1)
        guard rounded <= state.pointee.end - state.pointee.next else { return allocateChunk(rounded, from: state) }
        let start = state.pointee.next
        state.pointee.next = start + rounded
        return start
    }

    /// Begins a chunk twice as large as the last, or as large as the bound still allows.
    @inline(never)
    private static func allocateChunk(
        _ byteCount: Int, from state: UnsafeMutablePointer<State>
    ) -> UnsafeMutableRawPointer? {
        let available = state.pointee.maximumByteCount - state.pointee.byteCount
        let size = min(max(byteCount, state.pointee.chunks.last!.count * 2), available)
        guard byteCount <= size else { return nil }
        let chunk = makeChunk(byteCount: size)
        state.pointee.chunks.append(chunk)
        state.pointee.byteCount += size
        state.pointee.next = chunk.baseAddress! + byteCount
        state.pointee.end = chunk.baseAddress! + size
        return chunk.baseAddress
    }

    private static func makeChunk(byteCount: Int) -> UnsafeMutableRawBufferPointer {
        .allocate(byteCount: max(byteCount, alignment), alignment: alignment)
    }
}
