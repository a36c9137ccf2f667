import Foundation

/// Where the tests find the package's files, the recorded data beside it and what the build made, as absolute paths.
public enum PackageRoot {
    /// The checkout.
    public static let path = folder(of: folder(of: folder(of: #filePath)))

    /// A file or folder of the checkout; throws when it is not there.
    public static func file(_ relativePath: String) throws -> String {
        try existing("\(path)/\(relativePath)", "the checkout should hold it")
    }

    /// Recorded data in the folder `shared` beside the checkout; throws when it is not there.
    public static func shared(_ relativePath: String) throws -> String {
        try existing(
            "\(folder(of: path))/shared/\(relativePath)",
            "the recorded data belongs into a folder `shared` beside the checkout")
    }

    /// An executable of this build (`ingest`, `projector`, `query-api`), with the sanitizers of the test run itself.
    public static func executable(_ name: String) throws -> String {
        try existing("\(products)/\(name)", "build it first: swift build --build-tests")
    }

    /// The folder of the test program now running, which is where the build puts everything.
    private static let products = folder(of: URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path)

    private static func folder(of path: String) -> String {
        URL(filePath: path).deletingLastPathComponent().path
    }

    private static func existing(_ path: String, _ remedy: String) throws -> String {
        guard FileManager.default.fileExists(atPath: path) else {
            throw TestEnvironmentError("\(path) is missing: \(remedy)")
        }
        return path
    }
}
