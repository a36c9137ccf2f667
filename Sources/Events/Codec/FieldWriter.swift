import CEvents

/// Sets fields of a C message from values of this system; `has_…` is set with each field that is to be written.
///
/// Bytes are copied into the arena, since the message only points to them while it is packed.
struct FieldWriter {
    let arena: CodecArena

    /// Bytes that stay where they are until the arena is reset.
    func bytes(_ source: some Collection<UInt8>) -> ProtobufCBinaryData {
        let count = source.count
        guard count > 0, let start = arena.allocate(UInt8.self, count: count) else { return ProtobufCBinaryData() }
        _ = UnsafeMutableBufferPointer(start: start, count: count).initialize(from: source)
        return ProtobufCBinaryData(len: count, data: start)
    }

    /// Writes bytes, also empty ones.
    func set(
        _ source: some Collection<UInt8>, _ isPresent: inout protobuf_c_boolean, _ data: inout ProtobufCBinaryData
    ) {
        isPresent = 1
        data = bytes(source)
    }

    /// Writes text unless it is empty.
    func set(_ text: String, _ isPresent: inout protobuf_c_boolean, _ data: inout ProtobufCBinaryData) {
        if !text.isEmpty { set(text.utf8, &isPresent, &data) }
    }

    /// Writes text unless it is nil: "" says something else than nothing.
    func set(optional text: String?, _ isPresent: inout protobuf_c_boolean, _ data: inout ProtobufCBinaryData) {
        if let text { set(text.utf8, &isPresent, &data) }
    }

    /// Writes a number unless it is nil.
    func set<Number>(_ number: Number?, _ isPresent: inout protobuf_c_boolean, _ field: inout Number) {
        guard let number else { return }
        isPresent = 1
        field = number
    }

    /// Writes how an asset is named, and its address if it has one.
    func set(
        _ name: AssetName?, _ hasNaming: inout protobuf_c_boolean, _ naming: inout Pnl__AssetNaming,
        _ hasAsset: inout protobuf_c_boolean, _ asset: inout ProtobufCBinaryData
    ) {
        guard let name else { return }
        hasNaming = 1
        switch name {
        case .absent: naming = PNL__ASSET_NAMING__ASSET_ABSENT
        case .empty: naming = PNL__ASSET_NAMING__ASSET_EMPTY
        case .unidentified: naming = PNL__ASSET_NAMING__ASSET_UNIDENTIFIED
        case .address(let address):
            naming = PNL__ASSET_NAMING__ASSET_ADDRESS
            set(address.bytes, &hasAsset, &asset)
        }
    }

    /// Writes an exact number unless it is nil.
    func set(
        _ number: DecimalNumber?, _ hasCoefficient: inout protobuf_c_boolean,
        _ coefficient: inout ProtobufCBinaryData, _ hasExponent: inout protobuf_c_boolean, _ exponent: inout Int32
    ) {
        guard let number else { return }
        set(number.coefficient.twosComplement, &hasCoefficient, &coefficient)
        hasExponent = 1
        exponent = number.exponent
    }

    /// Copies messages into the arena and gives what a repeated field is: pointers to them, and their count.
    func messages<Element, Message>(
        _ elements: [Element], _ make: (Element) -> Message
    ) -> (count: Int, start: UnsafeMutablePointer<UnsafeMutablePointer<Message>?>?) {
        guard !elements.isEmpty,
            let pointers = arena.allocate(UnsafeMutablePointer<Message>?.self, count: elements.count)
        else { return (0, nil) }
        for (index, element) in elements.enumerated() {
            (pointers + index).initialize(to: message(make(element)))
        }
        return (elements.count, pointers)
    }

    /// Copies a message into the arena.
    func message<Message>(_ message: Message) -> UnsafeMutablePointer<Message>? {
        let copy = arena.allocate(Message.self)
        copy?.initialize(to: message)
        return copy
    }

    /// The bytes of a message, fields in the order of their numbers.
    func pack<Message>(_ message: inout Message) -> [UInt8] {
        withUnsafePointer(to: &message) { pointer in
            // Every generated message begins with its base, which is how protobuf-c itself takes any of them.
            let base = UnsafeRawPointer(pointer).assumingMemoryBound(to: ProtobufCMessage.self)
            let count = protobuf_c_message_get_packed_size(base)
            return [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
                written = count == 0 ? 0 : protobuf_c_message_pack(base, buffer.baseAddress)
            }
        }
    }
}
