import Glibc
import TestSupport

/// What the kernel says about a process's memory (proc_pid_status(5)).
enum ResidentMemory {
    /// The most memory a running process has had resident, in bytes; nil once it has ended.
    static func peakByteCount(of process: Subprocess) -> Int? { byteCount("VmHWM", of: process) }

    /// As above, asked again and again until the process ends.
    static func peakByteCount(untilEndOf process: Subprocess) -> Int {
        var peak = 0
        while let count = peakByteCount(of: process) {
            peak = max(peak, count)
            pause(milliseconds: samplingMilliseconds)
        }
        return peak
    }

    private static let samplingMilliseconds = 2

    private static func byteCount(_ name: String, of process: Subprocess) -> Int? {
        guard let text = try? RecordedPage.bytes(of: "/proc/\(process.identifier)/status") else { return nil }
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix(name) }) else { return nil }
        let digits = line.filter(\.isNumber)
        return Int(digits).map { $0 * 1024 }
    }
}

/// Lets other processes go on for a moment.
func pause(milliseconds: Int) { usleep(UInt32(milliseconds) * 1_000) }
