// swift-tools-version: 6.2
import PackageDescription

/// Every target is Swift 6, warnings are errors, and an import must be declared where it is used.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

func layer(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: house)
}

func suite(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: house)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let nio: [Target.Dependency] = [
  .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
  .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOFoundationCompat", package: "swift-nio"),
]
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let real: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")

let package = Package(
  name: "headwater",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "headwater", targets: ["headwater"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["CommandLineArguments", "YAML"]),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    layer("Domain"),
    layer("Statistics", [real]),
    layer("Language"),
    layer("SQL"),
    .systemLibrary(name: "CPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
    layer("SQLiteDriver", ["SQL", "CSQLite", .product(name: "GRDB", package: "GRDB.swift"),
                           .product(name: "GRDBSQLite", package: "GRDB.swift")]),
    layer("PostgresDriver", ["SQL", "CPQ"]),
    layer("Journal", ["SQL", crypto]),
    layer("Features", ["Domain", "Statistics", "Language", "SQL", "Journal", "CQREncode", "CTurboJPEG", crypto, cryptoExtras, log,
                       .product(name: "Yams", package: "Yams")]),
    layer("Web", ["Domain", "Features", "CZlib", hummingbird, httpTypes, log, lifecycle,
                  .product(name: "Mustache", package: "swift-mustache")] + nio,
          resources: [.embedInCode("Resources")]),
    layer("Connectors", ["Domain", "Features", crypto, httpClient, .product(name: "NIOCore", package: "swift-nio"),
                         .product(name: "NIOFoundationCompat", package: "swift-nio"),
                         .product(name: "NIOHTTP1", package: "swift-nio")]),
    layer("Simulation", ["Domain", "Features", "Journal", "SQL"] + nio),
    .executableTarget(
      name: "headwater",
      dependencies: [
        "Domain", "Features", "Journal", "Language", "SQL", "SQLiteDriver", "PostgresDriver", "Web", "Connectors",
        "Simulation", crypto, log, lifecycle,
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
      ],
      swiftSettings: house),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "CSQLite", "Domain", "Features", "Journal", "Language", "SQL", "SQLiteDriver", "Statistics", crypto, hummingbird,
        httpTypes, log,
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ] + nio,
      path: "Benchmarks/Sources", swiftSettings: house),
    suite("DomainTests", ["Domain"]),
    suite("LanguageTests", ["Language"]),
    suite("StatisticsTests", ["Statistics", real], exclude: ["References"]),
    suite("StorageTests", ["SQL", "SQLiteDriver", "PostgresDriver", "Journal", crypto]),
    suite("FeaturesTests", ["Domain", "Features", "Journal", "SQL", "SQLiteDriver", "PostgresDriver", crypto]),
    suite("WebTests", ["Domain", "Features", "Web", "Connectors", "Journal", "SQL", "SQLiteDriver", "PostgresDriver", crypto, hummingbird,
                       httpTypes, log, lifecycle, .product(name: "HummingbirdTesting", package: "hummingbird")]),
    suite("SimulationTests", ["Domain", "Features", "Journal", "Simulation", "SQL", "SQLiteDriver", "PostgresDriver",
                              crypto] + nio),
    suite("HouseTests", []),
  ]
)
