/// What `scripts/bench` starts.
enum BenchmarkProgram {
    /// Runs the benchmark that is named, or all; returns the exit status.
    static func run(_ arguments: [String]) -> Int32 {
        let names = arguments.map(BenchmarkName.init(rawValue:))
        guard names.count <= 1, !names.contains(nil) else {
            let known = BenchmarkName.allCases.map(\.rawValue).joined(separator: ", ")
            log("bench: takes the name of one benchmark (\(known)) or none for all")
            return 2
        }
        do {
            for case let name? in names.isEmpty ? BenchmarkName.allCases : names { try run(name) }
            return 0
        } catch {
            log("bench: \(error)")
            return 1
        }
    }

    private static func run(_ name: BenchmarkName) throws {
        switch name {
        case .parse: try ParseBenchmark().run()
        case .append: try AppendBenchmark().run()
        case .fold: try FoldBenchmark().run()
        default: break
        }
    }
}
