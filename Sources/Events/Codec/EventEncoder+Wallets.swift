import CEvents

extension EventEncoder {
    func content(_ event: PriceObserved) -> [UInt8] {
        var message = Pnl__PriceObserved()
        pnl__price_observed__init(&message)
        writer.set(event.asset, &message.has_naming, &message.naming, &message.has_asset, &message.asset)
        writer.set(event.time, &message.has_time, &message.time)
        writer.set(event.source, &message.has_source, &message.source)
        if let transaction = event.transaction {
            writer.set(transaction, &message.has_transaction, &message.transaction)
        }
        writer.set(
            event.price, &message.has_coefficient, &message.coefficient, &message.has_exponent, &message.exponent)
        return writer.pack(&message)
    }

    func content(_ event: PortfolioValued) -> [UInt8] {
        var message = Pnl__PortfolioValued()
        pnl__portfolio_valued__init(&message)
        writer.set(event.time, &message.has_time, &message.time)
        writer.set(event.source, &message.has_source, &message.source)
        (message.n_assets, message.assets) = writer.messages(event.entries, valuedAsset)
        return writer.pack(&message)
    }

    private func valuedAsset(_ entry: PortfolioValued.Entry) -> Pnl__ValuedAsset {
        var message = Pnl__ValuedAsset()
        pnl__valued_asset__init(&message)
        writer.set(entry.asset, &message.has_naming, &message.naming, &message.has_asset, &message.asset)
        writer.set(entry.priceTime, &message.has_price_time, &message.price_time)
        writer.set(
            entry.price, &message.has_coefficient, &message.coefficient, &message.has_exponent, &message.exponent)
        return message
    }

    func content(_ event: CoverageRecorded) -> [UInt8] {
        var message = Pnl__CoverageRecorded()
        pnl__coverage_recorded__init(&message)
        writer.set(event.source, &message.has_source, &message.source)
        writer.set(event.from, &message.has_from, &message.from)
        writer.set(event.to, &message.has_to, &message.to)
        writer.set(event.reachedBeginning ? 1 : 0, &message.has_reached_beginning, &message.reached_beginning)
        writer.set(event.stopReason.rawValue, &message.has_stop_reason, &message.stop_reason)
        writer.set(event.count, &message.has_count, &message.count)
        writer.set(optional: event.timeframe, &message.has_timeframe, &message.timeframe)
        writer.set(event.limit, &message.has_limit, &message.limit)
        return writer.pack(&message)
    }

    func content(_ event: WalletCommand) -> [UInt8] {
        var message = Pnl__WalletCommand()
        pnl__wallet_command__init(&message)
        writer.set(event.command, &message.has_command, &message.command)
        writer.set(event.author, &message.has_author, &message.author)
        writer.set(event.reason, &message.has_reason, &message.reason)
        writer.set(event.name, &message.has_name, &message.name)
        writer.set(event.value, &message.has_value, &message.value)
        writer.set(event.asset, &message.has_naming, &message.naming, &message.has_asset, &message.asset)
        return writer.pack(&message)
    }

    func content(_ event: Correction) -> [UInt8] {
        var message = Pnl__Correction()
        pnl__correction__init(&message)
        writer.set(event.command, &message.has_command, &message.command)
        writer.set(event.target.rawValue, &message.has_target_kind, &message.target_kind)
        writer.set(event.asset, &message.has_naming, &message.naming, &message.has_asset, &message.asset)
        if let transaction = event.transaction {
            writer.set(transaction, &message.has_transaction, &message.transaction)
        }
        writer.set(event.leg, &message.has_leg, &message.leg)
        writer.set(event.value, &message.has_value, &message.value)
        writer.set(event.author, &message.has_author, &message.author)
        writer.set(event.reason, &message.has_reason, &message.reason)
        writer.set(optional: event.undoes, &message.has_undoes, &message.undoes)
        return writer.pack(&message)
    }
}
