import CEvents

extension EventDecoder {
    func jobSubmitted(_ bytes: UnsafeRawBufferPointer) throws(EventDecodingError) -> Event {
        let message = try unpack(bytes, as: "JobSubmitted", pnl__job_submitted__unpack).pointee
        var wallets: [WalletKey] = []
        wallets.reserveCapacity(message.n_wallets)
        for index in 0..<message.n_wallets {
            guard let wallet = message.wallets[index]?.pointee else {
                throw EventDecodingError(.malformed, field: "wallets")
            }
            do throws(EventDecodingError) {
                wallets.append(try FieldReader.wallet(wallet.has_chain, wallet.chain, wallet.has_wallet, wallet.wallet))
            } catch {
                throw error.inside("wallets[\(index)]")
            }
        }
        let job = JobSubmitted(
            job: try FieldReader.requiredText(message.has_job, message.job, "job"),
            author: try FieldReader.text(message.has_author, message.author, "author"), wallets: wallets,
            timeframe: try FieldReader.optionalText(message.has_timeframe, message.timeframe, "timeframe"),
            limit: message.has_limit != 0 ? message.limit : nil)
        return Event(
            body: .jobSubmitted(job),
            revision: try FieldReader.revision(message.has_revision, message.revision),
            digest: try FieldReader.digest(message.has_digest, message.digest))
    }

    func jobWalletFinished(_ bytes: UnsafeRawBufferPointer) throws(EventDecodingError) -> Event {
        let message = try unpack(bytes, as: "JobWalletFinished", pnl__job_wallet_finished__unpack).pointee
        let attempt = try FieldReader.required(message.has_attempt, message.attempt, "attempt")
        guard attempt >= 1 else { throw EventDecodingError(.outOfBounds, field: "attempt") }
        let finished = JobWalletFinished(
            job: try FieldReader.requiredText(message.has_job, message.job, "job"),
            wallet: try FieldReader.wallet(message.has_chain, message.chain, message.has_wallet, message.wallet),
            succeeded: try FieldReader.required(message.has_succeeded, message.succeeded, "succeeded") != 0,
            reason: try FieldReader.text(message.has_reason, message.reason, "reason"), attempt: attempt)
        return Event(
            body: .jobWalletFinished(finished),
            revision: try FieldReader.revision(message.has_revision, message.revision),
            digest: try FieldReader.digest(message.has_digest, message.digest))
    }

    func jobCancelled(_ bytes: UnsafeRawBufferPointer) throws(EventDecodingError) -> Event {
        let message = try unpack(bytes, as: "JobCancelled", pnl__job_cancelled__unpack).pointee
        let cancellation = JobCancelled(
            job: try FieldReader.requiredText(message.has_job, message.job, "job"),
            author: try FieldReader.text(message.has_author, message.author, "author"),
            reason: try FieldReader.text(message.has_reason, message.reason, "reason"))
        return Event(
            body: .jobCancelled(cancellation),
            revision: try FieldReader.revision(message.has_revision, message.revision),
            digest: try FieldReader.digest(message.has_digest, message.digest))
    }

    func serviceSwitched(_ bytes: UnsafeRawBufferPointer) throws(EventDecodingError) -> Event {
        let message = try unpack(bytes, as: "ServiceSwitched", pnl__service_switched__unpack).pointee
        let switched = ServiceSwitched(
            service: try FieldReader.requiredText(message.has_service, message.service, "service"),
            command: try FieldReader.requiredText(message.has_command, message.command, "command"),
            author: try FieldReader.text(message.has_author, message.author, "author"),
            enabled: message.has_enabled != 0 ? message.enabled != 0 : nil,
            action: try FieldReader.optionalText(message.has_action, message.action, "action"))
        return Event(
            body: .serviceSwitched(switched),
            revision: try FieldReader.revision(message.has_revision, message.revision),
            digest: try FieldReader.digest(message.has_digest, message.digest))
    }
}
