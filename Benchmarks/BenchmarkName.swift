/// The benchmarks, in the order in which all of them run.
enum BenchmarkName: String, CaseIterable {
    case parse
    case fold
    case append
    case read
    case memory
}
