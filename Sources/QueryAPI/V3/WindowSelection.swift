import Accounting
import JSON
import ReadModels

/// The stretch of time a request asks for: a relative window, which ends with the request's minute, or from and to.
struct WindowSelection: Sendable, Hashable {
    /// First microsecond that counts, and the first that does not any more.
    let interval: Range<Int64>

    /// Reads `window`, or `from` and `to`; nil when none is given.
    static func read(_ parameters: Parameters, now: Int64) throws(APIError) -> WindowSelection? {
        let (from, to) = (try parameters.time("from"), try parameters.time("to"))
        guard let name = try parameters.text("window") else {
            guard from != nil || to != nil else { return nil }
            let end = to ?? RelativeWindow.all.interval(endingAt: now).upperBound
            guard from ?? .min < end else {
                throw .invalid("from", try parameters.text("from") ?? "", mustBe: "before to")
            }
            return WindowSelection(interval: (from ?? .min)..<end)
        }
        guard from == nil, to == nil else {
            throw .invalid("window", name, mustBe: "given alone, without from and to")
        }
        guard let window = RelativeWindow(rawValue: name.lowercased()) else {
            let names = RelativeWindow.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid("window", name, mustBe: "one of \(names)")
        }
        return WindowSelection(interval: window.interval(endingAt: now))
    }

    /// What belongs to cache keys and entity tags.
    var tag: String { "w\(interval.lowerBound)-\(interval.upperBound)" }
}

extension WalletNumbers {
    /// The window's figures. `r1` calls no asset a quote asset: those that it leaves out of its results are taken as
    /// such, so that the tokens' figures are over what it counts.
    func figures(in selection: WindowSelection, by rules: FoldingRules) throws -> WindowFigures {
        var numbers = self
        if rules == .r1 {
            for index in numbers.tokens.indices {
                numbers.tokens[index].detail.isQuote = numbers.tokens[index].isExcluded
            }
        }
        return try numbers.window(selection.interval)
    }
}

extension WindowFigures {
    /// The window as one member; its bounds as it was understood.
    func append(to json: inout JSONWriter) {
        json.key("window")
        json.beginObject()
        json.key("from")
        json.time(from == .min ? nil : from)
        json.key("to")
        json.time(to)
        for (name, period) in [("tokens", tokens), ("quote", quote), ("whole", whole)] {
            json.key(name)
            period.append(to: &json)
        }
        json.endObject()
    }
}

extension PeriodFigures {
    /// One JSON object.
    func append(to json: inout JSONWriter) {
        json.beginObject()
        let amounts: [(StaticString, Money)] = [
            ("realized_usd", realised), ("fees_usd", fees), ("realized_net_usd", realisedNet),
            ("returned_usd", returned), ("disposed_cost_usd", disposedCost),
            ("proceeds_without_basis_usd", proceedsWithoutBasis),
        ]
        for (name, amount) in amounts {
            json.key(name)
            json.money(amount)
        }
        for (name, count) in [("trades", trades), ("wins", wins), ("losses", losses)] {
            json.key(name)
            json.integer(count)
        }
        json.key("win_rate_percentage")
        json.percentage(millionths: winRateMillionths)
        json.key("return_percentage")
        json.percentage(millionths: returnMillionths)
        json.key("average_hold_minutes")
        json.ratioText(Int128(averageHoldMicroseconds), by: 60_000_000)
        json.streaks(streaks)
        json.endObject()
    }
}
