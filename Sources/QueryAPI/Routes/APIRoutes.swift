import HTTPServer
import Runtime

/// What routes ask: the database in production, prepared findings in tests.
protocol QuestionAsker: Sendable {
    /// Partitions of the topic whose offsets are positions.
    var partitionCount: Int32 { get }
    /// What the database threads last saw.
    var health: DatabaseHealth { get }
    /// Asks without blocking; the waiter is called once, on any thread.
    func ask(_ question: Question, _ waiter: @escaping Flights.Waiter)
}

/// The routes of the service as one handler: tested without a socket, and listed in schemas/openapi.yaml.
struct APIRoutes: HTTPHandler {
    typealias Body = @Sendable (Request, PathParameters, Delivery) throws -> Void

    let asker: any QuestionAsker
    let policy: DeliveryPolicy
    private let registry: MetricsRegistry
    private let startedAt: Int64
    private var router = Router()

    init(asker: any QuestionAsker, policy: DeliveryPolicy, registry: MetricsRegistry) {
        self.asker = asker
        self.policy = policy
        self.registry = registry
        startedAt = MonotonicClock.system.nowMicroseconds()
        addHealth()
        addResults()
        addWallets()
        addPages()
        addInquiries()
    }

    /// Every pattern, for the metrics and for the check against the description.
    var patterns: [String] { router.registered.map(\.pattern) }

    func handle(_ request: Request, _ responder: Responder) {
        let allowed = router.allowedMethods(for: request)
        if allowed.contains(request.method) { return router.handle(request, responder) }
        let delivery = Delivery(request, responder, policy)
        if allowed.isEmpty { return delivery.fail(APIError(.notFound, "no such path")) }
        if request.method == .options, delivery.isFromAllowedOrigin { return delivery.sendPreflight(for: allowed) }
        let list = allowed.map(\.rawValue).joined(separator: ", ")
        delivery.fail(APIError(.methodNotAllowed, "this path takes \(list)"), adding: [(.allow, list)])
    }

    mutating func on(_ pattern: String, _ body: @escaping Body) {
        let policy = policy
        router.on(.get, pattern) { request, path, responder in
            let delivery = Delivery(request, responder, policy)
            do {
                try body(request, path, delivery)
            } catch let error as APIError {
                delivery.fail(error)
            } catch {
                // Routes throw `APIError` only; anything else would be a mistake in one of them.
                delivery.fail(APIError(.internalError, "the request could not be answered"))
            }
        }
    }

    func ask(_ question: Question, demanding minimum: MinimumPosition, _ delivery: Delivery) {
        asker.ask(question) { delivery.send($0, demanding: minimum) }
    }

    func minimumPosition(_ parameters: Parameters) throws(APIError) -> MinimumPosition {
        guard let text = try parameters.text("min_position") else { return .none }
        return try MinimumPosition(text: text, partitionCount: asker.partitionCount)
    }
}

extension APIRoutes {
    private mutating func addHealth() {
        let (asker, registry, startedAt) = (asker, registry, startedAt)
        on("/health") { _, _, delivery in
            let now = MonotonicClock.system.nowMicroseconds()
            delivery.send(Answer(body: HealthBody.health(uptimeMicroseconds: now - startedAt)))
        }
        on("/health/ready") { _, _, delivery in
            let now = MonotonicClock.system.nowMicroseconds()
            delivery.send(HealthBody.readiness(asker.health.snapshot, now: now))
        }
        on("/metrics") { _, _, delivery in
            delivery.send(Answer(contentType: .prometheus, body: registry.render()))
        }
    }

    private mutating func addResults() {
        let (routes, policy) = (self, policy)
        on("/api/results") { request, _, delivery in
            let parameters = Parameters(request.query)
            let query = try ResultsQuery(parameters)
            let minimum = try routes.minimumPosition(parameters)
            routes.ask(.results(query, clock: policy.clock), demanding: minimum, delivery)
        }
        on("/api/results/{wallet}/{token}") { request, path, delivery in
            let asked = try routes.walletRequest(request, path)
            let token = path["token"]
            let question =
                token == "portfolio" ? asked.portfolio() : asked.token(try asked.wallet.asset(text: token))
            routes.ask(question, demanding: asked.minimum, delivery)
        }
    }

    private mutating func addWallets() {
        let (routes, policy) = (self, policy)
        on("/api/v2/wallets/{wallet}/analysis") { request, path, delivery in
            let asked = try routes.analysisRequest(request, path)
            let includesMetrics = try Parameters(request.query).flag("include_copy_metrics") ?? true
            routes.ask(asked.analysis(includesMetrics: includesMetrics), demanding: asked.minimum, delivery)
        }
        on("/api/v2/wallets/{wallet}/trades") { request, path, delivery in
            let asked = try routes.analysisRequest(request, path)
            routes.ask(asked.trades(), demanding: asked.minimum, delivery)
        }
        on("/api/v2/wallets/{wallet}/positions") { request, path, delivery in
            let asked = try routes.analysisRequest(request, path)
            routes.ask(asked.positions(clock: policy.clock), demanding: asked.minimum, delivery)
        }
    }

    private mutating func addPages() {
        let routes = self
        on("/") { _, _, delivery in
            routes.ask(.walletPage(), demanding: .none, delivery)
        }
        on("/style.css") { _, _, delivery in
            delivery.send(Answer(contentType: .css, body: WalletPage.styleSheet, isStorable: true))
        }
    }

    func walletRequest(_ request: Request, _ path: PathParameters) throws(APIError) -> WalletRequest {
        let parameters = Parameters(request.query)
        let wallet = try WalletReference(text: path["wallet"], chain: parameters.chain())
        return WalletRequest(wallet: wallet, minimum: try minimumPosition(parameters))
    }

    /// The parameters of the original's live analysis are checked and have no effect: nothing is fetched by a GET.
    private func analysisRequest(_ request: Request, _ path: PathParameters) throws(APIError) -> WalletRequest {
        _ = try Parameters(request.query).integer("max_transactions", in: 1...1_000_000)
        return try walletRequest(request, path)
    }
}
