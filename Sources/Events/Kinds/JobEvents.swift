/// A batch job over many wallets.
public struct JobSubmitted: Sendable, Hashable {
    /// The job's id.
    public var job: String
    /// Who asked for it.
    public var author: String
    /// The wallets to analyse.
    public var wallets: [WalletKey]
    /// The time range as requested; nil when none was.
    public var timeframe: String?
    /// Most transactions a wallet; nil when unlimited.
    public var limit: UInt64?

    /// Submits a job.
    public init(job: String, author: String, wallets: [WalletKey], timeframe: String? = nil, limit: UInt64? = nil) {
        self.job = job
        self.author = author
        self.wallets = wallets
        self.timeframe = timeframe
        self.limit = limit
    }
}

/// One wallet of a batch job came to its end.
public struct JobWalletFinished: Sendable, Hashable {
    /// The job's id.
    public var job: String
    /// The wallet.
    public var wallet: WalletKey
    /// Whether its history was fetched.
    public var succeeded: Bool
    /// Why not.
    public var reason: String
    /// Counted from 1.
    public var attempt: UInt32

    /// Finishes a wallet of a job.
    public init(job: String, wallet: WalletKey, succeeded: Bool, reason: String, attempt: UInt32) {
        self.job = job
        self.wallet = wallet
        self.succeeded = succeeded
        self.reason = reason
        self.attempt = attempt
    }
}

/// A batch job was given up by a person.
public struct JobCancelled: Sendable, Hashable {
    /// The job's id.
    public var job: String
    /// Who cancelled.
    public var author: String
    /// Why.
    public var reason: String

    /// Cancels a job.
    public init(job: String, author: String, reason: String) {
        self.job = job
        self.author = author
        self.reason = reason
    }
}

/// A service was enabled, disabled, started or stopped for the whole installation.
public struct ServiceSwitched: Sendable, Hashable {
    /// The service, for example `pnl_analysis`.
    public var service: String
    /// The command's id.
    public var command: String
    /// Who switched.
    public var author: String
    /// The new setting; nil when only an action is asked for.
    public var enabled: Bool?
    /// `start`, `stop` or `restart`; nil when only the setting changes.
    public var action: String?

    /// Switches a service.
    public init(service: String, command: String, author: String, enabled: Bool? = nil, action: String? = nil) {
        self.service = service
        self.command = command
        self.author = author
        self.enabled = enabled
        self.action = action
    }
}
