import Glibc

extension MetricsRegistry {
    /// Registers what Prometheus expects of every process, under its standard names: start, processor time,
    /// resident memory, open files.
    public func registerProcessMetrics(clock: WallClock = .system) {
        let startMicroseconds = clock.nowMicroseconds()
        registerReading(
            "process_start_time_seconds", help: "Start time of the process since the epoch.", kind: .gauge,
            unit: .microsecondsAsSeconds
        ) { startMicroseconds }
        registerReading(
            "process_cpu_seconds_total", help: "Processor time used by all threads.", kind: .counter,
            unit: .microsecondsAsSeconds
        ) { microseconds(of: CLOCK_PROCESS_CPUTIME_ID) }
        registerReading(
            "process_resident_memory_bytes", help: "Resident memory.", kind: .gauge, unit: .plain
        ) { ProcessStatistics.residentMemoryBytes() ?? 0 }
        registerReading(
            "process_open_fds", help: "Open file descriptors.", kind: .gauge, unit: .plain
        ) { ProcessStatistics.openFileCount() ?? 0 }
    }
}

/// What the kernel says of this process under `/proc`.
enum ProcessStatistics {
    /// Nil where `/proc` is not mounted.
    static func residentMemoryBytes() -> Int64? {
        guard let file = try? FileDescriptor(path: "/proc/self/statm", flags: O_RDONLY),
            let bytes = try? file.readAll(maximumByteCount: 256)
        else { return nil }
        return residentPages(statm: String(decoding: bytes, as: UTF8.self)).map {
            $0 * Int64(sysconf(Int32(_SC_PAGESIZE)))
        }
    }

    /// The second number of `statm` (proc(5)).
    static func residentPages(statm: String) -> Int64? {
        let fields = statm.split(separator: " ")
        return fields.count > 1 ? Int64(fields[1]) : nil
    }

    /// Nil where `/proc` is not mounted.
    static func openFileCount() -> Int64? {
        guard let directory = unsafe opendir("/proc/self/fd") else { return nil }
        defer { unsafe closedir(directory) }
        var count: Int64 = 0
        while unsafe readdir(directory) != nil { count += 1 }
        // Neither "." and "..", nor the descriptor of this very listing.
        return count - 3
    }
}
