import Glibc

/// One line on standard error that shows how far a long command is; silent unless standard error is a terminal.
public struct ProgressLine: ~Copyable {
    /// The line is redrawn at most ten times a second.
    public static let minimumIntervalMicroseconds: Int64 = 100_000
    /// Longer texts would wrap and scroll.
    static let maximumWidth = 79

    private let isVisible: Bool
    private let clock: MonotonicClock
    private let write: @Sendable (String) -> Void
    private var lastMicroseconds: Int64?

    /// A line on standard error.
    public init() {
        self.init(isVisible: isatty(STDERR_FILENO) == 1, clock: .system) {
            writeFully(Array($0.utf8), to: STDERR_FILENO)
        }
    }

    init(isVisible: Bool, clock: MonotonicClock, write: @escaping @Sendable (String) -> Void) {
        (self.isVisible, self.clock, self.write) = (isVisible, clock, write)
    }

    /// Shows the text in place of the last one; the text is not even made when it would not be shown.
    public mutating func update(_ text: @autoclosure () -> String) {
        guard isVisible else { return }
        let now = clock.nowMicroseconds()
        if let lastMicroseconds, now - lastMicroseconds < ProgressLine.minimumIntervalMicroseconds { return }
        lastMicroseconds = now
        draw(text())
    }

    /// Shows the last text, whenever that comes, and goes to the next line.
    public consuming func finish(_ text: String) {
        guard isVisible else { return }
        draw(text)
        write("\n")
    }

    private func draw(_ text: String) {
        let printable = text.filter { !$0.isNewline }.prefix(ProgressLine.maximumWidth)
        // Carriage return, then "erase to the end of the line" (ECMA-48).
        write("\r\(printable)\u{1B}[K")
    }
}
