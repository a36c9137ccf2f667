import Runtime

/// Why a benchmark could not be run.
struct BenchmarkError: Error, CustomStringConvertible {
    /// What was missing or wrong.
    let description: String

    /// Says what.
    init(_ description: String) { self.description = description }
}

/// Says something beside the figures, on standard error.
func log(_ text: String) { Console.standard.error(text) }
