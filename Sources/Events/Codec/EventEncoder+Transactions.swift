import CEvents

extension EventEncoder {
    func content(_ event: TransactionObserved) -> [UInt8] {
        var message = Pnl__TransactionObserved()
        pnl__transaction_observed__init(&message)
        set(event.identity, &message.has_hash, &message.hash, &message.has_provider_id, &message.provider_id)
        writer.set(event.minedAt, &message.has_mined_at, &message.mined_at)
        writer.set(event.block, &message.has_block, &message.block)
        writer.set(event.nonce, &message.has_nonce, &message.nonce)
        if let sender = event.sender { writer.set(sender.bytes, &message.has_sender, &message.sender) }
        writer.set(event.status.rawValue, &message.has_status, &message.status)
        writer.set(event.isTrash ? 1 : nil, &message.has_trash, &message.trash)
        writer.set(event.operation.rawValue, &message.has_operation, &message.operation)
        (message.n_legs, message.legs) = writer.messages(event.legs, leg)
        message.fee = event.fee.flatMap { writer.message(leg($0)) }
        (message.n_acts, message.acts) = writer.messages(event.acts, act)
        writer.set(
            event.replacedTexts == 0 ? nil : event.replacedTexts, &message.has_replaced_texts, &message.replaced_texts)
        return writer.pack(&message)
    }

    func content(_ event: TransactionRetracted) -> [UInt8] {
        var message = Pnl__TransactionRetracted()
        pnl__transaction_retracted__init(&message)
        set(event.identity, &message.has_hash, &message.hash, &message.has_provider_id, &message.provider_id)
        writer.set(event.reason, &message.has_reason, &message.reason)
        return writer.pack(&message)
    }

    func content(_ event: TransactionRefused) -> [UInt8] {
        var message = Pnl__TransactionRefused()
        pnl__transaction_refused__init(&message)
        set(event.identity, &message.has_hash, &message.hash, &message.has_provider_id, &message.provider_id)
        writer.set(event.code.rawValue, &message.has_code, &message.code)
        writer.set(event.detail, &message.has_detail, &message.detail)
        writer.set(event.minedAt, &message.has_mined_at, &message.mined_at)
        return writer.pack(&message)
    }

    private func set(
        _ identity: TransactionIdentity, _ hasHash: inout protobuf_c_boolean, _ hash: inout ProtobufCBinaryData,
        _ hasProviderID: inout protobuf_c_boolean, _ providerID: inout ProtobufCBinaryData
    ) {
        if !identity.hash.isEmpty { writer.set(identity.hash, &hasHash, &hash) }
        if !identity.providerID.isEmpty { writer.set(identity.providerID, &hasProviderID, &providerID) }
    }

    private func leg(_ leg: Leg) -> Pnl__Leg {
        var message = Pnl__Leg()
        pnl__leg__init(&message)
        writer.set(leg.act, &message.has_act, &message.act)
        writer.set(leg.direction.rawValue, &message.has_direction, &message.direction)
        writer.set(leg.asset, &message.has_naming, &message.naming, &message.has_asset, &message.asset)
        writer.set(optional: leg.nft, &message.has_nft, &message.nft)
        writer.set(leg.symbol, &message.has_symbol, &message.symbol)
        writer.set(leg.amount.twosComplement, &message.has_amount, &message.amount)
        writer.set(UInt32(leg.decimals), &message.has_decimals, &message.decimals)
        writer.set(
            leg.price, &message.has_price_coefficient, &message.price_coefficient, &message.has_price_exponent,
            &message.price_exponent)
        writer.set(
            leg.value, &message.has_value_coefficient, &message.value_coefficient, &message.has_value_exponent,
            &message.value_exponent)
        return message
    }

    private func act(_ act: Act) -> Pnl__Act {
        var message = Pnl__Act()
        pnl__act__init(&message)
        writer.set(act.id, &message.has_id, &message.id)
        writer.set(act.operation.rawValue, &message.has_operation, &message.operation)
        return message
    }
}
