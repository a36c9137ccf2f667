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
            try run(names.isEmpty ? BenchmarkName.allCases : names.compactMap(\.self))
            return 0
        } catch {
            log("bench: \(error)")
            return 1
        }
    }

    private static func run(_ names: [BenchmarkName]) throws {
        // Made once: two benchmarks look at the same processes.
        var served: ServedWallets?
        for name in names {
            switch name {
            case .parse: try ParseBenchmark().run()
            case .fold: try FoldBenchmark().run()
            case .append: try AppendBenchmark().run()
            case .read:
                let wallets = try served ?? ServedWallets()
                try ReadBenchmark(served: wallets).run()
                served = wallets
            case .memory:
                let wallets = try served ?? ServedWallets()
                try MemoryBenchmark(served: wallets).run()
                served = wallets
            }
        }
    }
}
