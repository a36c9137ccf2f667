import Events

/// What one file tells, whatever its format.
struct ToldFile {
    /// One transaction.
    struct Telling {
        /// The wallet's stream it belongs to; nil for a refused one whose wallet or chain nobody can tell.
        let stream: WalletKey?
        /// What became of it.
        let outcome: ZerionPage.Outcome
        /// The source's own words; nil when there are none.
        let payload: ArraySlice<UInt8>?
    }

    /// Transactions, in the file's order.
    var tellings: [Telling] = []
    /// Observed prices with the wallet each concerns.
    var prices: [(wallet: WalletKey, price: PriceObserved)] = []
    /// What was left out, each with its place.
    var skipped: [String] = []
    /// What was taken, but should be looked at, each with its place.
    var remarks: [String] = []
}

extension ToldFile {
    init(_ page: ZerionPage) {
        tellings = page.transactions.map { Telling(stream: $0.stream, outcome: $0.outcome, payload: $0.payload) }
    }

    init(_ ledger: Ledger) {
        for stream in ledger.streams {
            for (transaction, payload) in zip(stream.transactions, stream.payloads) {
                tellings.append(Telling(stream: stream.wallet, outcome: .observed(transaction), payload: payload[...]))
            }
            for refused in stream.refused {
                tellings.append(Telling(stream: stream.wallet, outcome: .refused(refused), payload: nil))
            }
            prices += stream.prices.map { (stream.wallet, $0) }
        }
        skipped = ledger.skipped.map(\.description)
        remarks = ledger.remarks.map(\.description)
    }
}
