import Foundation
import HTTPServer
import Runtime
import Testing

@testable import QueryAPI

@Suite("schemas/openapi.yaml")
struct DescriptionTests {
    private static func text() throws -> String {
        let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        return try String(contentsOf: package.appending(path: "schemas/openapi.yaml"), encoding: .utf8)
    }

    private static var routes: APIRoutes {
        APIRoutes(asker: NobodyAsks(), policy: DeliveryPolicy(), registry: MetricsRegistry())
    }

    @Test("Every route is described, and nothing that is no route")
    func paths() throws {
        let described = try Self.text().split(separator: "\n")
            .filter { $0.hasPrefix("  /") && $0.hasSuffix(":") }
            .map { String($0.dropFirst(2).dropLast()) }
        #expect(described.sorted() == Self.routes.patterns.sorted())
    }

    @Test("Every filter, sort and error code is described")
    func words() throws {
        let text = try Self.text()
        for filter in ResultsQuery.filters {
            #expect(text.contains("name: min_\(filter.name)"))
            #expect(text.contains("name: max_\(filter.name)"))
        }
        for sort in ResultsSort.allCases { #expect(text.contains(sort.rawValue)) }
        for metric in TokenMetrics.names { #expect(text.contains("\(metric):")) }
        for code in APIError.Code.all { #expect(text.contains(code.text)) }
    }
}

private struct NobodyAsks: QuestionAsker {
    let partitionCount: Int32 = 16
    let health = DatabaseHealth()

    func ask(_ question: Question, _ waiter: @escaping Flights.Waiter) { waiter(Finding(.overloaded)) }
}
