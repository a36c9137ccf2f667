import Events

/// Decides what a request appends to a wallet's stream.
struct CorrectionPlan {
    let request: CorrectionRequest
    /// The id of a correction that is made; an undoing is named after what it undoes.
    let command: String

    /// Ids of corrections of every wallet begin with this, so that a later run finds what an earlier one began.
    static let everywherePrefix = "everywhere-"
    private static let undoPrefix = "undo-"

    /// The token that streams are looked through for.
    var asset: AssetName? { if case .make(let target) = request.change { target.asset } else { nil } }

    private var isEverywhere: Bool { if case .everywhere = request.scope { true } else { false } }

    /// The event to append; nil when the stream has it already. Throws `invalidCorrection`, which names what is wrong.
    func body(for wallet: CorrectableWallet, named name: String) throws(IngestError) -> Event.Body? {
        guard wallet.isKnown else { throw IngestError(correction: "\(name): nothing is known of this wallet") }
        switch request.change {
        case .make(let target): return try making(target, in: wallet, name)
        case .undo(let undone): return try undoing(undone, in: wallet, name)
        }
    }

    private func making(
        _ target: CorrectionRequest.Target, in wallet: CorrectableWallet, _ name: String
    ) throws(IngestError) -> Event.Body? {
        if let standing = wallet.standing.first(where: target.concerns) {
            // Of many wallets one that says the same by a command of its own lacks nothing.
            if standing.value == target.value, standing.command == command || isEverywhere { return nil }
            throw IngestError(
                correction: "\(name): \(standing.target.rawValue) is \(standing.value) already, by command "
                    + "\(standing.command) of \(standing.author); undo that first")
        }
        guard wallet.hasToken else { throw IngestError(correction: "\(name): the history does not have this token") }
        try check(target, in: wallet, name)
        return .correctionMade(
            Correction(
                command: command, target: target.kind, asset: target.asset, transaction: target.transaction,
                leg: target.leg, value: target.value, author: request.author, reason: request.reason))
    }

    private func undoing(
        _ undone: String, in wallet: CorrectableWallet, _ name: String
    ) throws(IngestError) -> Event.Body? {
        guard let correction = wallet.correction(madeBy: undone) else {
            throw IngestError(correction: "\(name): no correction \(undone) was made, so there is nothing to undo")
        }
        if let earlier = wallet.command(undoing: undone) {
            if isEverywhere { return nil }
            throw IngestError(correction: "\(name): correction \(undone) is undone already, by command \(earlier)")
        }
        return .correctionUndone(
            Correction(
                command: Self.undoPrefix + undone, target: correction.target, asset: correction.asset,
                transaction: correction.transaction, leg: correction.leg, value: correction.value,
                author: request.author, reason: request.reason, undoes: undone))
    }

    private func check(
        _ target: CorrectionRequest.Target, in wallet: CorrectableWallet, _ name: String
    ) throws(IngestError) {
        guard let hash = target.transaction else { return }
        guard let transaction = wallet.transaction(hash) else {
            throw IngestError(correction: "\(name): no transaction of that name moves this token")
        }
        let legs = transaction.legs.indices.filter { index in
            transaction.legs[index].asset.isSame(as: target.asset) && target.leg.map { Int($0) == index } ?? true
        }
        guard !legs.isEmpty else {
            throw IngestError(correction: "\(name): that leg of the transaction, or any, is not one of this token")
        }
        guard target.kind == .basis else { return }
        let received = legs.filter { transaction.isReceived(transaction.legs[$0]) }
        guard !received.isEmpty else {
            throw IngestError(
                correction: "\(name): the transaction received no lot of this token; what was swapped or moved has "
                    + "the cost of what was given")
        }
        let lots = Set(received.map { transaction.legs[$0].act })
        guard lots.count == 1 || target.value == "zero" || target.value == "market" else {
            throw IngestError(
                correction: "\(name): \(lots.count) lots were received in the transaction; say whose cost it is by "
                    + "--leg, one of \(received.map { String($0) }.joined(separator: ", "))")
        }
    }
}

extension TransactionObserved {
    /// Whether a leg came in for nothing: by a transfer, or in an act that gives nothing else (domain.md 11.2).
    fileprivate func isReceived(_ leg: Leg) -> Bool {
        guard leg.direction == .incoming else { return false }
        let operation = acts.first { $0.id == leg.act }?.operation ?? operation
        if operation == .receive || operation == .send { return true }
        return !legs.contains { other in
            other.act == leg.act && other.direction == .outgoing && !other.asset.isSame(as: leg.asset)
        }
    }
}
