import CEvents

extension EventEncoder {
    func content(_ event: JobSubmitted) -> [UInt8] {
        var message = Pnl__JobSubmitted()
        pnl__job_submitted__init(&message)
        writer.set(event.job, &message.has_job, &message.job)
        writer.set(event.author, &message.has_author, &message.author)
        (message.n_wallets, message.wallets) = writer.messages(event.wallets) { wallet in
            var message = Pnl__JobWallet()
            pnl__job_wallet__init(&message)
            writer.set(UInt32(wallet.chain.rawValue), &message.has_chain, &message.chain)
            writer.set(wallet.address.bytes, &message.has_wallet, &message.wallet)
            return message
        }
        writer.set(optional: event.timeframe, &message.has_timeframe, &message.timeframe)
        writer.set(event.limit, &message.has_limit, &message.limit)
        return writer.pack(&message)
    }

    func content(_ event: JobWalletFinished) -> [UInt8] {
        var message = Pnl__JobWalletFinished()
        pnl__job_wallet_finished__init(&message)
        writer.set(event.job, &message.has_job, &message.job)
        writer.set(UInt32(event.wallet.chain.rawValue), &message.has_chain, &message.chain)
        writer.set(event.wallet.address.bytes, &message.has_wallet, &message.wallet)
        writer.set(event.succeeded ? 1 : 0, &message.has_succeeded, &message.succeeded)
        writer.set(event.reason, &message.has_reason, &message.reason)
        writer.set(event.attempt, &message.has_attempt, &message.attempt)
        return writer.pack(&message)
    }

    func content(_ event: JobCancelled) -> [UInt8] {
        var message = Pnl__JobCancelled()
        pnl__job_cancelled__init(&message)
        writer.set(event.job, &message.has_job, &message.job)
        writer.set(event.author, &message.has_author, &message.author)
        writer.set(event.reason, &message.has_reason, &message.reason)
        return writer.pack(&message)
    }

    func content(_ event: ServiceSwitched) -> [UInt8] {
        var message = Pnl__ServiceSwitched()
        pnl__service_switched__init(&message)
        writer.set(event.service, &message.has_service, &message.service)
        writer.set(event.command, &message.has_command, &message.command)
        writer.set(event.author, &message.has_author, &message.author)
        writer.set(event.enabled.map { $0 ? 1 : 0 }, &message.has_enabled, &message.enabled)
        writer.set(optional: event.action, &message.has_action, &message.action)
        return writer.pack(&message)
    }
}
