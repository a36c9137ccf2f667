import Testing

@testable import Runtime

@Suite("Metrics")
struct MetricsTests {
    private func text(_ registry: MetricsRegistry) -> String { String(decoding: registry.render(), as: UTF8.self) }

    @Test("Counters and gauges are shown by family with help, kind and labels")
    func countersAndGauges() {
        let registry = MetricsRegistry()
        let first = registry.counter("events_total", help: "Events.", labels: ["topic": "a", "partition": "0"])
        let gauge = registry.gauge("lag", help: "How far behind.\nIn \\ events.")
        let second = registry.counter(
            "events_total", help: "Events.", labels: ["topic": "\"b\"\\\n", "partition": "1"])
        registry.gauge("uptime_seconds", help: "Up.", unit: .microsecondsAsSeconds) { -1_500_000 }
        first.increment()
        first.increment(by: 41)
        second.increment()
        gauge.set(5)
        gauge.add(-7)
        #expect(
            text(registry) == #"""
                # HELP events_total Events.
                # TYPE events_total counter
                events_total{topic="a",partition="0"} 42
                events_total{topic="\"b\"\\\n",partition="1"} 1
                # HELP lag How far behind.\nIn \\ events.
                # TYPE lag gauge
                lag -2
                # HELP uptime_seconds Up.
                # TYPE uptime_seconds gauge
                uptime_seconds -1.5

                """#)
    }

    @Test("A histogram shows cumulated buckets, sum and count in seconds")
    func histogram() {
        let registry = MetricsRegistry()
        let histogram = registry.histogram(
            "batch_duration_seconds", help: "Batches.", labels: ["stage": "fold"], boundsMicroseconds: [100, 2_000_000])
        for duration in [-5, 100, 101, 2_000_000, 2_000_001] as [Int64] { histogram.observe(microseconds: duration) }
        #expect(
            text(registry) == """
                # HELP batch_duration_seconds Batches.
                # TYPE batch_duration_seconds histogram
                batch_duration_seconds_bucket{stage="fold",le="0.0001"} 2
                batch_duration_seconds_bucket{stage="fold",le="2"} 4
                batch_duration_seconds_bucket{stage="fold",le="+Inf"} 5
                batch_duration_seconds_sum{stage="fold"} 4.000202
                batch_duration_seconds_count{stage="fold"} 5

                """)
    }

    @Test(
        "A registration that breaks the rules says which",
        arguments: [
            ("1_total", .counter, [:], "is not [a-zA-Z_:]"), ("é_total", .counter, [:], "is not [a-zA-Z_:]"),
            ("events", .counter, [:], "must end in _total"), ("events_total", .gauge, [:], "must not end in _total"),
            ("wait", .histogram, [:], "must end in _seconds"), ("a_total", .counter, ["b-c": ""], "label b-c"),
            ("a_total", .counter, ["__b": ""], "reserved"), ("a_seconds", .histogram, ["le": ""], "histogram's own"),
            ("a_total", .counter, ["b": "1", "b": "2"], "same label twice"), ("taken_total", .counter, [:], "twice"),
            ("taken_total", .counter, ["b": "1"], "other labels"), ("taken", .gauge, [:], nil),
            ("wait_seconds_sum", .gauge, [:], "collides"), ("wait_seconds", .gauge, [:], "another kind"),
        ] as [(String, MetricFamily.Kind, KeyValuePairs<String, String>, String?)])
    func rules(name: String, kind: MetricFamily.Kind, labels: KeyValuePairs<String, String>, problem: String?) {
        var families: [MetricFamily] = []
        let source = MetricFamily.Source.counter(Counter(), .plain)
        #expect(MetricsRegistry.add("taken_total", "Help.", .counter, [:], source, to: &families) == nil)
        #expect(MetricsRegistry.add("wait_seconds", "Help.", .histogram, [:], source, to: &families) == nil)
        let found = MetricsRegistry.add(name, "Help.", kind, labels, source, to: &families)
        if let problem {
            #expect(found?.contains(problem) == true, "\(found ?? "nothing")")
        } else {
            #expect(found == nil)
        }
    }

    @Test("A duplicate traps at registration")
    func duplicateTraps() async {
        await #expect(processExitsWith: .failure) {
            let registry = MetricsRegistry()
            _ = registry.counter("a_total", help: "A.")
            _ = registry.counter("a_total", help: "A.")
        }
    }

    @Test("Updates from many threads are all counted")
    func concurrentUpdates() throws {
        let registry = MetricsRegistry()
        let counter = registry.counter("a_total", help: "A.")
        let histogram = registry.histogram("b_seconds", help: "B.")
        let threads = try (0..<4).map { _ in
            try NamedThread(name: "count") {
                for duration in 0..<10_000 {
                    counter.increment()
                    histogram.observe(microseconds: Int64(duration))
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(counter.value == 40_000)
        #expect(histogram.snapshot.counts.reduce(0, +) == 40_000)
        #expect(histogram.snapshot.sumMicroseconds == 4 * 49_995_000)
    }

    @Test("The process' own metrics are there and plausible")
    func processMetrics() throws {
        let registry = MetricsRegistry()
        registry.registerProcessMetrics(clock: WallClock { 1_000_000_500_000 })
        #expect(text(registry).contains("process_start_time_seconds 1000000.5\n"))
        #expect(text(registry).contains("# TYPE process_cpu_seconds_total counter\n"))
        #expect(try #require(ProcessStatistics.residentMemoryBytes()) > 1 << 20)
        #expect(try #require(ProcessStatistics.openFileCount()) >= 3)
        #expect(ProcessStatistics.residentPages(statm: "100 42 7 1 0 3 0\n") == 42)
        #expect(ProcessStatistics.residentPages(statm: "100") == nil)
    }
}
