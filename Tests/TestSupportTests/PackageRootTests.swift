import TestSupport
import Testing

@Suite struct PackageRootTests {
    @Test("Files of the checkout and products of this build are found")
    func filesAreFound() throws {
        #expect(try PackageRoot.file("Package.swift").hasSuffix("/Package.swift"))
        #expect(try Subprocess.run(PackageRoot.executable("ingest"), ["--help"]).status == 0)
    }

    @Test("What is missing is named, with what to do about it")
    func missingFilesAreNamed() {
        let error = #expect(throws: TestEnvironmentError.self) { try PackageRoot.shared("nothing.json") }
        #expect(error?.description.contains("shared/nothing.json is missing") == true)
    }
}
