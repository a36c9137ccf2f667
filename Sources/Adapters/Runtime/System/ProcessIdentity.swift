import Glibc

/// Names this process among all that share a log.
public enum ProcessIdentity {
    /// Host, process and a random part: a restarted process with a reused number is another owner.
    public static let text: String = {
        var name = [CChar](repeating: 0, count: 256)
        // The buffer outlives the call, which writes at most its length.
        let status = unsafe gethostname(&name, name.count - 1)
        let host =
            status == 0 ? String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : "host"
        return "\(host):\(getpid()):\(String(UInt32.random(in: .min ... .max), radix: 16))"
    }()
}
