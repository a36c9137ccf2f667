import Events
import HTTPServer
import Postgres

/// The parameters of a request, checked one by one. Unknown ones are ignored, as the original did; a known one that is
/// given twice or badly is refused. An empty value counts as absent, since forms send `chain=`.
struct Parameters {
    private let query: QueryParameters

    init(_ query: QueryParameters) { self.query = query }

    /// The value of a parameter; nil when it is absent.
    func text(_ name: String) throws(APIError) -> String? {
        let values = query.values(of: name)
        guard values.count < 2 else { throw .invalid(name, values.joined(separator: ","), mustBe: "given once") }
        return values.first.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// An integer within bounds.
    func integer(_ name: String, in bounds: ClosedRange<Int64>) throws(APIError) -> Int64? {
        guard let text = try text(name) else { return nil }
        guard let value = Int64(text), bounds.contains(value) else {
            throw .invalid(name, text, mustBe: "an integer from \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return value
    }

    /// `true` or `false`.
    func flag(_ name: String) throws(APIError) -> Bool? {
        guard let text = try text(name) else { return nil }
        switch text.lowercased() {
        case "true", "1": return true
        case "false", "0": return false
        default: throw .invalid(name, text, mustBe: "true or false")
        }
    }

    /// One of the cases of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, default fallback: Choice
    ) throws(APIError) -> Choice where Choice.RawValue == String {
        guard let text = try text(name) else { return fallback }
        guard let choice = Choice(rawValue: text.lowercased()) else {
            throw .invalid(name, text, mustBe: "one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    /// The chain under any of its names; nil when none is given.
    func chain() throws(APIError) -> Chain? {
        guard let text = try text("chain") else { return nil }
        guard let chain = Chain(alias: text) else {
            let names = Chain.allCases.map(\.name).joined(separator: ", ")
            throw .invalid("chain", text, mustBe: "one of \(names)")
        }
        return chain
    }

    /// A decimal number times a power of ten, exact, as a value to compare with; NULL when it is absent.
    func decimal(_ name: String, timesPowerOfTen shift: Int = 0) throws(APIError) -> PostgresValue {
        guard let text = try text(name) else { return .null }
        guard let number = try? DecimalNumber(text: text.utf8), let value = Self.value(of: number, shift: shift) else {
            throw .invalid(name, text, mustBe: "a decimal number of at most 30 digits")
        }
        return value
    }

    private static func value(of number: DecimalNumber, shift: Int) -> PostgresValue? {
        let exponent = Int(number.exponent) + shift
        guard number.coefficient.magnitude < 1_000_000_000_000_000_000_000_000_000_000, (-38...8).contains(exponent)
        else { return nil }
        var units = number.coefficient
        for _ in 0..<max(0, exponent) { units *= 10 }
        return .numeric(units: units, scale: max(0, -exponent))
    }
}
