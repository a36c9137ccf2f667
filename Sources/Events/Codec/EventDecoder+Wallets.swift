import CEvents

extension EventDecoder {
    func priceObserved(_ bytes: UnsafeRawBufferPointer) throws(EventDecodingError) -> Event {
        let message = try unpack(bytes, as: "PriceObserved", pnl__price_observed__unpack).pointee
        let isOfTransaction = message.has_transaction != 0
        let price = PriceObserved(
            asset: try FieldReader.assetName(message.has_naming, message.naming, message.has_asset, message.asset),
            time: try FieldReader.required(message.has_time, message.time, "time"),
            source: try FieldReader.requiredText(message.has_source, message.source, "source"),
            transaction: isOfTransaction ? try FieldReader.identifier(1, message.transaction, "transaction") : nil,
            price: try FieldReader.requiredDecimal(
                message.has_coefficient, message.coefficient, message.has_exponent, message.exponent, "price"))
        return Event(
            body: .priceObserved(price),
            revision: try FieldReader.revision(message.has_revision, message.revision),
            digest: try FieldReader.digest(message.has_digest, message.digest))
    }

    func portfolioValued(_ bytes: UnsafeRawBufferPointer) throws(EventDecodingError) -> Event {
        let message = try unpack(bytes, as: "PortfolioValued", pnl__portfolio_valued__unpack).pointee
        var entries: [PortfolioValued.Entry] = []
        entries.reserveCapacity(message.n_assets)
        for index in 0..<message.n_assets {
            guard let asset = message.assets[index] else { throw EventDecodingError(.malformed, field: "assets") }
            do throws(EventDecodingError) {
                entries.append(try valuedAsset(asset.pointee))
            } catch {
                throw error.inside("assets[\(index)]")
            }
        }
        let valuation = PortfolioValued(
            time: try FieldReader.required(message.has_time, message.time, "time"),
            source: try FieldReader.requiredText(message.has_source, message.source, "source"), entries: entries)
        return Event(
            body: .portfolioValued(valuation),
            revision: try FieldReader.revision(message.has_revision, message.revision),
            digest: try FieldReader.digest(message.has_digest, message.digest))
    }

    private func valuedAsset(_ message: Pnl__ValuedAsset) throws(EventDecodingError) -> PortfolioValued.Entry {
        PortfolioValued.Entry(
            asset: try FieldReader.assetName(message.has_naming, message.naming, message.has_asset, message.asset),
            priceTime: try FieldReader.required(message.has_price_time, message.price_time, "price_time"),
            price: try FieldReader.requiredDecimal(
                message.has_coefficient, message.coefficient, message.has_exponent, message.exponent, "price"))
    }

    func coverageRecorded(_ bytes: UnsafeRawBufferPointer) throws(EventDecodingError) -> Event {
        let message = try unpack(bytes, as: "CoverageRecorded", pnl__coverage_recorded__unpack).pointee
        let reachedBeginning = try FieldReader.required(
            message.has_reached_beginning, message.reached_beginning, "reached_beginning")
        let coverage = CoverageRecorded(
            source: try FieldReader.requiredText(message.has_source, message.source, "source"),
            from: try FieldReader.required(message.has_from, message.from, "from"),
            to: try FieldReader.required(message.has_to, message.to, "to"),
            reachedBeginning: reachedBeginning != 0,
            stopReason: try FieldReader.choice(message.has_stop_reason, message.stop_reason, "stop_reason"),
            count: try FieldReader.required(message.has_count, message.count, "count"),
            timeframe: try FieldReader.optionalText(message.has_timeframe, message.timeframe, "timeframe"),
            limit: message.has_limit != 0 ? message.limit : nil)
        return Event(
            body: .coverageRecorded(coverage),
            revision: try FieldReader.revision(message.has_revision, message.revision),
            digest: try FieldReader.digest(message.has_digest, message.digest))
    }

    func walletCommand(
        _ bytes: UnsafeRawBufferPointer, _ body: (WalletCommand) -> Event.Body
    ) throws(EventDecodingError) -> Event {
        let message = try unpack(bytes, as: "WalletCommand", pnl__wallet_command__unpack).pointee
        let namesAsset = message.has_naming != 0 || message.has_asset != 0
        let command = WalletCommand(
            command: try FieldReader.requiredText(message.has_command, message.command, "command"),
            author: try FieldReader.text(message.has_author, message.author, "author"),
            reason: try FieldReader.text(message.has_reason, message.reason, "reason"),
            name: try FieldReader.name(message.has_name, message.name, "name"),
            value: try FieldReader.text(message.has_value, message.value, "value"),
            asset: namesAsset
                ? try FieldReader.assetName(message.has_naming, message.naming, message.has_asset, message.asset) : nil)
        return Event(
            body: body(command),
            revision: try FieldReader.revision(message.has_revision, message.revision),
            digest: try FieldReader.digest(message.has_digest, message.digest))
    }

    func correction(
        _ bytes: UnsafeRawBufferPointer, _ body: (Correction) -> Event.Body
    ) throws(EventDecodingError) -> Event {
        let message = try unpack(bytes, as: "Correction", pnl__correction__unpack).pointee
        let isOfTransaction = message.has_transaction != 0
        let correction = Correction(
            command: try FieldReader.requiredText(message.has_command, message.command, "command"),
            target: try FieldReader.choice(
                message.has_target_kind,
                try FieldReader.text(message.has_target_kind, message.target_kind, "target_kind"), "target_kind"),
            asset: try FieldReader.assetName(message.has_naming, message.naming, message.has_asset, message.asset),
            transaction: isOfTransaction ? try FieldReader.identifier(1, message.transaction, "transaction") : nil,
            leg: message.has_leg != 0 ? message.leg : nil,
            value: try FieldReader.text(message.has_value, message.value, "value"),
            author: try FieldReader.text(message.has_author, message.author, "author"),
            reason: try FieldReader.text(message.has_reason, message.reason, "reason"),
            undoes: try FieldReader.optionalText(message.has_undoes, message.undoes, "undoes"))
        return Event(
            body: body(correction),
            revision: try FieldReader.revision(message.has_revision, message.revision),
            digest: try FieldReader.digest(message.has_digest, message.digest))
    }
}
