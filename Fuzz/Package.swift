// swift-tools-version: 6.2
import PackageDescription

// A package of its own: what libFuzzer calls must not be linked into the main build. Run it with scripts/fuzz.
let package = Package(
    name: "fuzz",
    dependencies: [.package(name: "wallet-pnl", path: "..")],
    targets: [
        .executableTarget(
            name: "FuzzEvents", dependencies: [.product(name: "Events", package: "wallet-pnl")],
            swiftSettings: [
                .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"), .treatAllWarnings(as: .error),
                // libFuzzer brings the main function.
                .unsafeFlags(["-parse-as-library"]),
            ])
    ]
)
