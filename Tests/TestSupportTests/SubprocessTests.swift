import Foundation
import Glibc
import TestSupport
import Testing

@Suite struct SubprocessTests {
    @Test("A program's output, error output, status and added environment come back")
    func outputComesBack() throws {
        let output = try Subprocess.run(
            "sh", ["-c", "echo $GIVEN; echo wrong >&2; exit 3"], environment: ["GIVEN": "right"])
        #expect(output.standardOutput == "right\n")
        #expect(output.standardError == "wrong\n")
        #expect(output.status == 3)
    }

    @Test("A killed program reports the signal that ended it")
    func signalIsReported() throws {
        let program = try Subprocess("sleep", ["600"])
        program.send(SIGKILL)
        #expect(try program.wait().status == -SIGKILL)
    }

    @Test("A program that takes too long is killed, and that is an error")
    func timeoutThrows() throws {
        let program = try Subprocess("sleep", ["600"])
        #expect(throws: TestEnvironmentError.self) { try program.wait(timeoutMilliseconds: 10) }
        #expect(try program.wait().status == -SIGKILL)
    }

    @Test("A program that fails is an error where its output is wanted")
    func failureThrows() {
        #expect(throws: TestEnvironmentError.self) { try Subprocess.output("false") }
    }

    @Test("A program ends when nobody holds it any more")
    func releasedProgramEnds() throws {
        let identifier = try { try Subprocess("sleep", ["600"]).identifier }()
        let watcher = try Subprocess.run("tail", ["--pid", String(identifier), "-f", "/dev/null"])
        #expect(watcher.status == 0)
        #expect(Glibc.kill(identifier, 0) == -1)
    }
}
