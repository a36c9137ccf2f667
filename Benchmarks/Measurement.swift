import Runtime

/// One figure beside what it is compared with.
struct Measurement {
    /// The benchmark it belongs to.
    var benchmark: BenchmarkName
    /// What was measured.
    var figure: String
    /// In `unit`.
    var value: Double
    /// Of value and reference.
    var unit: String
    /// Measured in the same run, or a limit the figure is held to.
    var reference: Double

    /// One JSON object; names are constants without anything to escape.
    var json: String {
        """
        {"benchmark":"\(benchmark.rawValue)","figure":"\(figure)","value":\(Self.rounded(value)),"unit":"\(unit)",\
        "reference":\(Self.rounded(reference)),"ratio":\(Self.rounded(value / reference))}
        """
    }

    /// Prints the object on a line of its own, at once.
    func report() { Console.standard.output(json) }

    /// Two places after the point: more than any of these figures repeats to.
    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
