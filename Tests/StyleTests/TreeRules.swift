/// What the tree holds (style rules 1 and 19, and the house's wording).
enum TreeRules {
    static let all = [folderNames, deadFiles, unfinished, machinePaths]

    static let folderNames = Rule("a folder is a concern a newcomer can name") { file in
        let vague: Set<Substring> = ["Helpers", "Helper", "Utils", "Util", "Utilities", "Common", "Misc", "Shared"]
        return file.folders.filter(vague.contains).map { file.finding(line: 1, "it lies in a folder named \($0)") }
    }

    /// A file is dead when none of the names it declares is used in another file; tests alone do not keep a product's
    /// file alive. Files that extend what lies elsewhere, that start a program or hold tests are never dead.
    static let deadFiles = Rule(
        "no file is dead",
        comparing: { file, all in
            guard file.isSwift, file.path.hasPrefix("Sources/") || file.path.hasPrefix("Tests/TestSupport/"),
                file.name != "main.swift", !file.code.contains(where: { $0.contains("@main") })
            else { return [] }
            let names = Set(Declarations.topLevelNames(in: file))
            guard !names.isEmpty, !file.code.contains(where: isExtension) else { return [] }
            let users = all.filter { other in
                other.isSwift && other.path != file.path
                    && (file.path.hasPrefix("Tests/") || !other.path.hasPrefix("Tests/"))
            }
            let isUsed = users.contains { other in
                other.code.contains { line in line.words.contains(where: names.contains) }
            }
            return isUsed ? [] : [file.finding(line: 1, "nothing else uses \(names.sorted().joined(separator: ", "))")]
        })

    private static func isExtension(_ line: String) -> Bool {
        line.first != " " && line.words.contains("extension")
    }

    /// Written apart, so that this file may pass its own rule.
    private static let unfinishedWords: Set<Substring> = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]

    static let unfinished = Rule("nothing is left for later") { _, line, _ in
        line.words.first(where: unfinishedWords.contains).map { "\($0)" }
    }

    static let machinePaths = Rule("no path names a developer's machine") { _, line, _ in
        ["ho" + "me", "Us" + "ers", "ro" + "ot", "wo" + "rk"].first { folder in
            line.split { " \"'=(`:,".contains($0) }.contains { $0.hasPrefix("/\(folder)/") }
        }.map { "a path begins with /\($0)/" }
    }
}
