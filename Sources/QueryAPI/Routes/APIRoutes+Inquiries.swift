import Events
import HTTPServer
import Runtime

/// The routes of `/api/v3`: numbers, the past, explanations, corrections and exports.
extension APIRoutes {
    /// Makes the question of an inquiry.
    typealias Inquire = @Sendable (WalletInquiry, Parameters, PathParameters) throws -> Question

    mutating func addInquiries() {
        let reader = PastReader()
        addNumbers(reader)
        addLists(reader)
        addExports(reader)
        addPayloads()
    }

    private mutating func addNumbers(_ reader: PastReader) {
        inquire("/api/v3/wallets/{wallet}", reader) { inquiry, parameters, _ in
            inquiry.portfolio(reader, window: try .read(parameters, now: inquiry.now))
        }
        inquire("/api/v3/wallets/{wallet}/tokens", reader) { inquiry, _, _ in try inquiry.tokens(reader) }
        inquire("/api/v3/wallets/{wallet}/tokens/{token}", reader) { inquiry, _, path in
            inquiry.token(try inquiry.request.wallet.asset(text: path["token"]), reader)
        }
        inquire("/api/v3/wallets/{wallet}/daily", reader) { inquiry, _, _ in try inquiry.daily(reader) }
    }

    private mutating func addLists(_ reader: PastReader) {
        inquire("/api/v3/wallets/{wallet}/disposals", reader) { inquiry, parameters, _ in
            let filter = DisposalFilter(
                asset: try inquiry.asset(parameters), kind: try parameters.choice("kind", default: .any))
            return inquiry.disposals(filter, reader)
        }
        inquire("/api/v3/wallets/{wallet}/lots", reader) { inquiry, parameters, _ in
            inquiry.lots(of: try inquiry.asset(parameters), reader)
        }
        inquire("/api/v3/wallets/{wallet}/events", reader) { inquiry, _, _ in inquiry.events(reader) }
        inquire("/api/v3/wallets/{wallet}/corrections", reader, defaultLimit: 20, maximumLimit: 50) { inquiry, _, _ in
            inquiry.corrections(reader)
        }
        inquire("/api/v3/wallets/{wallet}/explain", reader) { inquiry, parameters, _ in
            guard try parameters.text("figure") != nil else {
                let names = ExplainedFigure.allCases.map(\.rawValue).joined(separator: ", ")
                throw APIError.invalid("figure", "", mustBe: "one of \(names)")
            }
            let part = try parameters.choice("part", default: PortfolioPart.tokens)
            let figure = try parameters.choice("figure", default: ExplainedFigure.total)
            guard let asset = try inquiry.asset(parameters) else {
                guard figure.isOfParts else {
                    throw APIError.invalid("token", "", mustBe: "given: \(figure.rawValue) is a figure of one token")
                }
                return inquiry.explanation(of: figure, .part(part), reader)
            }
            return inquiry.explanation(of: figure, .token(asset), reader)
        }
    }

    private mutating func addExports(_ reader: PastReader) {
        for table in ExportedTable.allCases {
            inquire("/api/v3/wallets/{wallet}/\(table.rawValue).csv", reader) { inquiry, _, _ in
                inquiry.export(table, reader)
            }
        }
    }

    private mutating func addPayloads() {
        let routes = self
        let limit = RateLimit(perSecond: 50, burst: 100)
        on("/api/v3/payloads/{partition}/{offset}") { _, path, delivery in
            guard let partition = Int32(path["partition"]), partition >= 0 else {
                throw APIError.invalid("partition", path["partition"], mustBe: "a partition of the log")
            }
            guard let offset = Int64(path["offset"]), offset >= 0 else {
                throw APIError.invalid("offset", path["offset"], mustBe: "an offset of the log")
            }
            try limit.take()
            routes.ask(.payload(partition: partition, offset: offset), demanding: .none, delivery)
        }
    }

    /// A route about one wallet: what is answered from a fold has to find a place among those that may wait.
    private mutating func inquire(
        _ pattern: String, _ reader: PastReader, defaultLimit: Int = 100, maximumLimit: Int = 1_000,
        _ inquire: @escaping Inquire
    ) {
        let routes = self
        on(pattern) { request, path, delivery in
            let parameters = Parameters(request.query)
            let now = routes.policy.clock.nowMicroseconds()
            let inquiry = WalletInquiry(
                request: try routes.walletRequest(request, path),
                selection: try PastSelection(parameters, now: now, partitionCount: routes.asker.partitionCount),
                page: try PageRequest(parameters, default: defaultLimit, maximum: maximumLimit), now: now,
                target: request.target)
            let question = try inquire(inquiry, parameters, path)
            let minimum = inquiry.request.minimum
            guard question.lane == .slow else { return routes.ask(question, demanding: minimum, delivery) }
            try reader.enter()
            routes.asker.ask(question) { finding in
                reader.leave()
                delivery.send(finding, demanding: minimum)
            }
        }
    }
}

extension WalletInquiry {
    /// The token that a parameter names; nil when none is given.
    fileprivate func asset(_ parameters: Parameters) throws(APIError) -> Address? {
        guard let text = try parameters.text("token"), text != "portfolio" else { return nil }
        return try request.wallet.asset(text: text)
    }
}
