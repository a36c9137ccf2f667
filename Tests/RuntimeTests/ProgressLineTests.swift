import Testing

@testable import Runtime

@Suite("Progress line")
struct ProgressLineTests {
    @Test("On a terminal it is redrawn at most ten times a second, and the last text always")
    func terminal() {
        let now = Monitor<Int64>(0)
        let written = Monitor<[String]>([])
        var line = ProgressLine(isVisible: true, clock: MonotonicClock { now.read { $0 } }) { text in
            written.update { $0.append(text) }
        }
        for millisecond in 0..<250 {
            now.update { $0 = Int64(millisecond) * 1000 }
            line.update("\(millisecond)\n")
        }
        line.finish("done " + String(repeating: "x", count: 200))
        let last = "done " + String(repeating: "x", count: 74)
        #expect(
            written.read { $0 } == ["\r0\u{1B}[K", "\r100\u{1B}[K", "\r200\u{1B}[K", "\r\(last)\u{1B}[K", "\n"])
    }

    @Test("Elsewhere it writes nothing and does not even make the text")
    func noTerminal() {
        let written = Monitor<[String]>([])
        var line = ProgressLine(isVisible: false, clock: .system) { text in written.update { $0.append(text) } }
        var made = 0
        func text() -> String {
            made += 1
            return "x"
        }
        line.update(text())
        line.finish("done")
        #expect(made == 0 && written.read { $0 }.isEmpty)
    }
}
