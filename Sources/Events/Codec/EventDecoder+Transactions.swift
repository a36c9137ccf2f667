import CEvents

extension EventDecoder {
    func transactionObserved(_ bytes: UnsafeRawBufferPointer) throws(EventDecodingError) -> Event {
        let message = try unpack(bytes, as: "TransactionObserved", pnl__transaction_observed__unpack)
        // The large value is made last and moved: what may still throw after it would cost a copy.
        let revision = try FieldReader.revision(message.pointee.has_revision, message.pointee.revision)
        let digest = try FieldReader.digest(message.pointee.has_digest, message.pointee.digest)
        let payload = try FieldReader.payload(
            message.pointee.has_payload_topic, message.pointee.payload_topic,
            message.pointee.has_payload_partition, message.pointee.payload_partition,
            message.pointee.has_payload_offset, message.pointee.payload_offset)
        return Event(
            body: .transactionObserved(try transaction(message)), revision: revision, digest: digest, payload: payload)
    }

    private func transaction(
        _ message: UnsafeMutablePointer<Pnl__TransactionObserved>
    ) throws(EventDecodingError) -> TransactionObserved {
        let sent = message.pointee.has_sender != 0
        return TransactionObserved(
            identity: try identity(
                hash: FieldReader.identifier(message.pointee.has_hash, message.pointee.hash, "hash"),
                providerID: FieldReader.identifier(
                    message.pointee.has_provider_id, message.pointee.provider_id, "provider_id")),
            minedAt: try FieldReader.required(message.pointee.has_mined_at, message.pointee.mined_at, "mined_at"),
            block: message.pointee.has_block != 0 ? message.pointee.block : nil,
            nonce: message.pointee.has_nonce != 0 ? message.pointee.nonce : nil,
            sender: sent ? try FieldReader.address(message.pointee.sender, "sender") : nil,
            status: try FieldReader.choice(message.pointee.has_status, message.pointee.status, "status"),
            isTrash: message.pointee.has_trash != 0 && message.pointee.trash != 0,
            operation: Operation(
                rawValue: try FieldReader.text(message.pointee.has_operation, message.pointee.operation, "operation")),
            legs: try legs(message.pointee.legs, count: message.pointee.n_legs),
            fee: try fee(message.pointee.fee),
            acts: try acts(message.pointee.acts, count: message.pointee.n_acts),
            replacedTexts: message.pointee.has_replaced_texts != 0 ? message.pointee.replaced_texts : 0)
    }

    func transactionRetracted(_ bytes: UnsafeRawBufferPointer) throws(EventDecodingError) -> Event {
        let message = try unpack(bytes, as: "TransactionRetracted", pnl__transaction_retracted__unpack).pointee
        let retraction = TransactionRetracted(
            identity: try identity(
                hash: FieldReader.identifier(message.has_hash, message.hash, "hash"),
                providerID: FieldReader.identifier(message.has_provider_id, message.provider_id, "provider_id")),
            reason: try FieldReader.text(message.has_reason, message.reason, "reason"))
        return Event(
            body: .transactionRetracted(retraction),
            revision: try FieldReader.revision(message.has_revision, message.revision),
            digest: try FieldReader.digest(message.has_digest, message.digest))
    }

    func transactionRefused(_ bytes: UnsafeRawBufferPointer) throws(EventDecodingError) -> Event {
        let message = try unpack(bytes, as: "TransactionRefused", pnl__transaction_refused__unpack).pointee
        let refusal = TransactionRefused(
            identity: try identity(
                hash: FieldReader.identifier(message.has_hash, message.hash, "hash"),
                providerID: FieldReader.identifier(message.has_provider_id, message.provider_id, "provider_id")),
            code: try FieldReader.choice(
                message.has_code, try FieldReader.text(message.has_code, message.code, "code"), "code"),
            detail: try FieldReader.text(message.has_detail, message.detail, "detail"),
            minedAt: message.has_mined_at != 0 ? message.mined_at : nil)
        return Event(
            body: .transactionRefused(refusal),
            revision: try FieldReader.revision(message.has_revision, message.revision),
            digest: try FieldReader.digest(message.has_digest, message.digest),
            payload: try FieldReader.payload(
                message.has_payload_topic, message.payload_topic, message.has_payload_partition,
                message.payload_partition, message.has_payload_offset, message.payload_offset))
    }

    /// A transaction without a name would share its subject with every other such.
    private func identity(hash: [UInt8], providerID: [UInt8]) throws(EventDecodingError) -> TransactionIdentity {
        guard !hash.isEmpty || !providerID.isEmpty else { throw EventDecodingError(.missingField, field: "hash") }
        return TransactionIdentity(hash: hash, providerID: providerID)
    }

    private func legs(
        _ messages: UnsafeMutablePointer<UnsafeMutablePointer<Pnl__Leg>?>?, count: Int
    ) throws(EventDecodingError) -> [Leg] {
        guard count <= TransactionObserved.maximumLegCount else {
            throw EventDecodingError(.outOfBounds, field: "legs")
        }
        guard count > 0, let messages else { return [] }
        var legs: [Leg] = []
        legs.reserveCapacity(count)
        for index in 0..<count {
            guard let message = messages[index] else { throw EventDecodingError(.malformed, field: "legs") }
            do throws(EventDecodingError) {
                legs.append(try leg(message))
            } catch {
                throw error.inside("legs[\(index)]")
            }
        }
        return legs
    }

    private func fee(_ message: UnsafeMutablePointer<Pnl__Leg>?) throws(EventDecodingError) -> Leg? {
        guard let message else { return nil }
        do throws(EventDecodingError) { return try leg(message) } catch { throw error.inside("fee") }
    }

    private func leg(_ message: UnsafeMutablePointer<Pnl__Leg>) throws(EventDecodingError) -> Leg {
        let decimals = try FieldReader.required(message.pointee.has_decimals, message.pointee.decimals, "decimals")
        guard decimals <= UInt32(Leg.maximumDecimals) else { throw EventDecodingError(.outOfBounds, field: "decimals") }
        return Leg(
            act: try FieldReader.text(message.pointee.has_act, message.pointee.act, "act"),
            direction: try FieldReader.choice(message.pointee.has_direction, message.pointee.direction, "direction"),
            asset: try FieldReader.assetName(
                message.pointee.has_naming, message.pointee.naming, message.pointee.has_asset, message.pointee.asset),
            nft: try FieldReader.optionalText(message.pointee.has_nft, message.pointee.nft, "nft"),
            symbol: try FieldReader.text(message.pointee.has_symbol, message.pointee.symbol, "symbol"),
            amount: try FieldReader.amount(message.pointee.has_amount, message.pointee.amount, "amount"),
            decimals: UInt8(decimals),
            price: try FieldReader.decimal(
                message.pointee.has_price_coefficient, message.pointee.price_coefficient,
                message.pointee.has_price_exponent, message.pointee.price_exponent, "price"),
            value: try FieldReader.decimal(
                message.pointee.has_value_coefficient, message.pointee.value_coefficient,
                message.pointee.has_value_exponent, message.pointee.value_exponent, "value"))
    }

    private func acts(
        _ messages: UnsafeMutablePointer<UnsafeMutablePointer<Pnl__Act>?>?, count: Int
    ) throws(EventDecodingError) -> [Act] {
        guard count <= TransactionObserved.maximumActCount else {
            throw EventDecodingError(.outOfBounds, field: "acts")
        }
        guard count > 0, let messages else { return [] }
        var acts: [Act] = []
        acts.reserveCapacity(count)
        for index in 0..<count {
            guard let message = messages[index]?.pointee else { throw EventDecodingError(.malformed, field: "acts") }
            let operation = try FieldReader.text(message.has_operation, message.operation, "acts[].operation")
            acts.append(
                Act(
                    id: try FieldReader.text(message.has_id, message.id, "acts[].id"),
                    operation: Operation(rawValue: operation)))
        }
        return acts
    }
}
