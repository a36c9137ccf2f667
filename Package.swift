// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]
/// Wrappers of C libraries spell out every unsafe expression.
let wrapper = house + [.strictMemorySafety()]

func adapter(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/Adapters/\(name)", swiftSettings: wrapper)
}

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

func executable(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "Sources/Executables/\(name)", swiftSettings: house)
}

func systemLibrary(_ name: String, pkgConfig: String, package: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/CLibraries/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: house)
}

let package = Package(
    name: "wallet-pnl",
    products: [
        .library(name: "Events", targets: ["Events"]),
        .executable(name: "ingest", targets: ["ingest"]),
        .executable(name: "projector", targets: ["projector"]),
        .executable(name: "query-api", targets: ["query-api"]),
    ],
    targets: [
        systemLibrary("CPostgres", pkgConfig: "libpq", package: "libpq-dev"),
        systemLibrary("CMicrohttpd", pkgConfig: "libmicrohttpd", package: "libmicrohttpd-dev"),
        systemLibrary("CCrypto", pkgConfig: "libcrypto", package: "libssl-dev"),
        systemLibrary("CKafka", pkgConfig: "rdkafka", package: "librdkafka-dev"),
        .systemLibrary(name: "CSystem", path: "Sources/CLibraries/CSystem"),
        .target(
            name: "CEvents", path: "Sources/CLibraries/CEvents", linkerSettings: [.linkedLibrary("protobuf-c")]),
        .target(
            name: "CSimdjson", path: "Sources/CLibraries/CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),

        // Empty but for the thread sanitizer's build.
        .target(name: "CThreadSanitizer", path: "Sources/CLibraries/CThreadSanitizer"),

        library("Events", ["CEvents"]),
        library("Accounting", ["Events"]),
        library("ReadModels", ["Events", "Accounting", "Postgres", "JSON"]),
        library("Ingest", ["Events", "ReadModels", "Postgres", "Kafka", "JSON", "Crypto", "Runtime"]),
        library(
            "Projector",
            ["Events", "Accounting", "ReadModels", "Postgres", "Kafka", "HTTPServer", "JSON", "Crypto", "Runtime"]),
        library(
            "QueryAPI",
            ["Events", "Accounting", "ReadModels", "Postgres", "HTTPServer", "JSON", "Crypto", "Runtime"]),
        executable("ingest", ["Ingest"]),
        executable("projector", ["Projector"]),
        executable("query-api", ["QueryAPI"]),

        adapter("Postgres", ["Events", "CPostgres", "CThreadSanitizer"]),
        adapter("Kafka", ["Events", "CKafka", "CThreadSanitizer"]),
        adapter("HTTPServer", ["CMicrohttpd", "CThreadSanitizer"]),
        adapter("JSON", ["CSimdjson"]),
        adapter("Crypto", ["CCrypto"]),
        adapter("Runtime", ["Events", "CSystem", "CThreadSanitizer"]),

        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Events", "Accounting", "Ingest", "Postgres", "Crypto", "Runtime", "TestSupport",
            ],
            path: "Benchmarks", exclude: ["README.md", "wallets.lua"], swiftSettings: house),

        .target(
            name: "TestSupport", dependencies: ["Events", "Postgres", "Crypto"], path: "Tests/TestSupport",
            swiftSettings: house),
        tests("EventsTests", ["Events", "Crypto", "Runtime", "TestSupport"], exclude: ["Golden"]),
        tests("AccountingTests", ["Accounting", "Events", "Crypto", "TestSupport"]),
        tests("ReadModelsTests", ["ReadModels", "Accounting", "Events", "TestSupport"]),
        tests("IngestTests", ["Ingest", "Events", "JSON", "Runtime", "TestSupport"]),
        tests("ProjectorTests", ["Projector", "Accounting", "Events", "HTTPServer", "Postgres", "ReadModels"]),
        tests(
            "QueryAPITests",
            [
                "Accounting", "Events", "HTTPServer", "Ingest", "JSON", "Postgres", "QueryAPI", "ReadModels", "Runtime",
                "TestSupport",
            ]),
        tests("PostgresTests", ["Postgres", "TestSupport"]),
        .target(
            name: "MockKafka", path: "Tests/MockKafka", linkerSettings: [.linkedLibrary("rdkafka")]),
        tests("KafkaTests", ["Kafka", "Events", "MockKafka"]),
        tests("HTTPServerTests", ["HTTPServer"]),
        tests("JSONTests", ["JSON"]),
        tests("CryptoTests", ["Crypto"]),
        tests("RuntimeTests", ["Runtime"]),
        tests("StyleTests", ["TestSupport"]),
        tests("TestSupportTests", ["TestSupport"]),
        tests(
            "IntegrationTests",
            [
                "Events", "Accounting", "ReadModels", "Ingest", "Projector", "QueryAPI", "Postgres", "Kafka",
                "Crypto", "HTTPServer", "Runtime", "TestSupport",
            ]
        ),
    ],
    cxxLanguageStandard: .cxx17
)
