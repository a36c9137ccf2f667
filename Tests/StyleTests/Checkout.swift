import Foundation
import TestSupport

/// All files that people write: what the rules are held against.
enum Checkout {
    static let files = Result { try readFiles() }

    private static let roots = [
        "Package.swift", ".ci", "Benchmarks", "Fuzz", "Sources", "Tests", "deploy", "schemas", "scripts",
    ]
    private static let extensions: Set = [
        "swift", "sh", "bash", "py", "sql", "proto", "h", "c", "cpp", "yaml", "yml", "conf", "",
    ]
    /// Written by `scripts/generate` and by builds.
    private static let generated = [
        "Sources/CLibraries/CEvents", "Sources/ReadModels/Generated", "Fuzz/.build", "Fuzz/corpus",
    ]

    private static func readFiles() throws -> [SourceFile] {
        let manager = FileManager.default
        var paths: [String] = []
        for root in roots {
            let full = "\(PackageRoot.path)/\(root)"
            var isFolder: ObjCBool = false
            guard manager.fileExists(atPath: full, isDirectory: &isFolder) else { continue }
            guard isFolder.boolValue else {
                paths.append(root)
                continue
            }
            for path in try manager.subpathsOfDirectory(atPath: full) { paths.append("\(root)/\(path)") }
        }
        return try paths.sorted().compactMap(file)
    }

    private static func file(_ path: String) throws -> SourceFile? {
        let url = URL(filePath: "\(PackageRoot.path)/\(path)")
        guard extensions.contains(url.pathExtension), !generated.contains(where: { path.hasPrefix("\($0)/") }),
            try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true,
            let text = String(bytes: try Data(contentsOf: url), encoding: .utf8)
        else { return nil }
        // Without an extension a file counts when it is a script.
        if url.pathExtension.isEmpty, !text.hasPrefix("#!") { return nil }
        return SourceFile(path: path, text: text)
    }
}
