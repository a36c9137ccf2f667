import Events

/// What an act is (domain.md 11.2, What an act is).
enum R2Shape: Sendable, Hashable {
    /// Nothing is left after netting, or the act only permits something.
    case nothing
    /// Assets for assets.
    case swap
    /// Sends and receipts, each for itself.
    case transfers
    /// One asset into another form of it: lots move.
    case move

    /// What an act is, by its operation and the sides of its net entries.
    init(of act: R2Act, in entries: [R2NetEntry]) {
        var given = 0
        var received = 0
        for index in act.entries {
            if entries[index].isReceived { received += 1 } else { given += 1 }
        }
        let operation = act.operation
        if given + received == 0 || operation.isPermission {
            self = .nothing
        } else if given == 0 || received == 0 || operation == .send || operation == .receive {
            self = .transfers
        } else if operation.isMove, given == 1, received == 1 {
            self = .move
        } else {
            self = .swap
        }
    }
}

extension Operation {
    /// Deposit, withdraw, stake, unstake, wrap, unwrap, bridge within a chain (domain.md 11.2, Moves).
    var isMove: Bool {
        switch rawValue {
        case "deposit", "withdraw", "stake", "unstake", "wrap", "unwrap", "bridge": true
        default: false
        }
    }

    /// Approvals and cancellations: they contribute their fee only.
    var isPermission: Bool {
        switch rawValue {
        case "approve", "revoke", "cancel": true
        default: false
        }
    }
}
