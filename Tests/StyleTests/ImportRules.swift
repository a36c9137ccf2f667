/// Who may import what (design.md, layout).
enum ImportRules {
    static let all = [layout, cModules]

    private static let toolchain: Set<String> = [
        "Dispatch", "Foundation", "FoundationEssentials", "FoundationNetworking", "Glibc", "Synchronization",
    ]
    private static let adapters: Set<String> = [
        "Crypto", "HTTPClient", "HTTPServer", "JSON", "Kafka", "Postgres", "Redis", "Runtime",
    ]
    /// The C module each wrapper owns.
    private static let ownModules = [
        "Crypto": "CCrypto", "HTTPServer": "CMicrohttpd", "JSON": "CSimdjson", "Kafka": "CKafka",
        "Postgres": "CPostgres", "Redis": "CRedis", "Runtime": "CSystem",
    ]
    private static let libraries: [String: Set<String>] = [
        "ReadModels": toolchain.union(["Events", "Accounting", "Postgres", "JSON"]),
        "Ingest": toolchain.union(adapters).union(["Events", "ReadModels"]),
        "Projector": toolchain.union(adapters).union(["Events", "Accounting", "ReadModels"]),
        "QueryAPI": toolchain.union(adapters).union(["Events", "Accounting", "ReadModels"]),
    ]
    private static let executables: [String: Set<String>] = [
        "ingest": ["Ingest", "Runtime"], "projector": ["Projector", "Runtime"], "query-api": ["QueryAPI", "Runtime"],
    ]

    /// The modules a file may import, or nil where the layout says nothing.
    private static func allowed(in file: SourceFile) -> Set<String>? {
        let folders = file.folders.map(String.init)
        guard folders.count >= 2, folders[0] == "Sources" else { return nil }
        switch folders[1] {
        case "Events": return ["CEvents", "Synchronization"]
        case "Accounting": return ["Events"]
        case "Adapters" where folders.count >= 3:
            return toolchain.union(["Events"]).union(ownModules[folders[2]].map { [$0] } ?? [])
        case "Executables" where folders.count >= 3: return executables[folders[2], default: []].union(toolchain)
        case let library: return libraries[library]
        }
    }

    static let layout = Rule("each target imports only what the layout allows") { file, _, code in
        guard file.isSwift, let module = importedModule(code), let allowed = allowed(in: file) else { return nil }
        return allowed.contains(module) ? nil : "\(file.folders.dropFirst().joined(separator: "/")) imports \(module)"
    }

    static let cModules = Rule("only the wrappers import C modules, and Events the generated one") { file, _, code in
        guard file.isSwift, let module = importedModule(code), isCModule(module) else { return nil }
        if file.path.hasPrefix("Sources/Adapters/") { return nil }
        return file.path.hasPrefix("Sources/Events/") && module == "CEvents"
            ? nil : "a C module, \(module), is imported"
    }

    private static func isCModule(_ module: String) -> Bool {
        let start = module.prefix(2)
        return start.count == 2 && start.first == "C" && start.allSatisfy(\.isUppercase)
    }

    /// The module of an import declaration, whatever stands before `import` and whichever symbol is asked for.
    static func importedModule(_ code: String) -> String? {
        let words = code.words
        guard let position = words.firstIndex(of: "import") else { return nil }
        let before: Set<Substring> = [
            "public", "package", "internal", "fileprivate", "private", "testable", "preconcurrency", "_exported",
        ]
        guard words[..<position].allSatisfy(before.contains) else { return nil }
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
        return words[(position + 1)...].first { !kinds.contains($0) }.map(String.init)
    }
}
