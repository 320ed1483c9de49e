// swift-tools-version: 6.2

import PackageDescription

/// Every target of ours is checked the same way: language mode 6, `any` written out, warnings are errors.
let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// A module under `Shared/`, with what it may import. Dependencies run one way; `ArchitectureTests` holds them to it.
func shared(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Shared/\(name)", resources: resources,
        swiftSettings: swiftSettings)
}

/// What every service is built on.
let serviceFoundation: [Target.Dependency] = [
    "Contracts", "Cryptography", "Procedure", "Messaging", "AMQP", "Persistence", "Runtime", "Web", grdb, hummingbird,
    logging, metrics, lifecycle, configuration,
]

/// A service: a library that holds everything testable, and an executable of a few lines that starts it.
func service(_ name: String, executable: String) -> [Target] {
    [
        .target(
            name: "\(name)Service", dependencies: serviceFoundation, path: "Services/\(name)/\(name)Service",
            resources: [.copy("Web/Templates"), .copy("Web/Strings")], swiftSettings: swiftSettings),
        .executableTarget(
            name: executable, dependencies: [.target(name: "\(name)Service")], path: "Services/\(name)",
            exclude: ["\(name)Service"], sources: ["Main.swift"], swiftSettings: swiftSettings),
    ]
}

func tests(
    _ folder: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil
) -> Target {
    .testTarget(
        name: "\(folder)Tests", dependencies: dependencies + ["TestSupport"], path: "Tests/\(folder)",
        resources: resources, swiftSettings: swiftSettings)
}

let package = Package(
    name: "redress",
    products: [
        .executable(name: "redress-intake", targets: ["redress-intake"]),
        .executable(name: "redress-routing", targets: ["redress-routing"]),
        .executable(name: "redress-department", targets: ["redress-department"]),
        .executable(name: "redress-callback", targets: ["redress-callback"]),
        .executable(name: "redress-reporting", targets: ["redress-reporting"]),
        .executable(name: "redress-operations", targets: ["redress-operations"]),
        .executable(name: "redress", targets: ["redress"]),
        .executable(name: "redress-load", targets: ["redress-load"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.0.2",
            traits: [.defaults, "YAML", "CommandLineArguments"]),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.9.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.8.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.0.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.9.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CRabbitMQ", path: "Shared/CRabbitMQ", pkgConfig: "librabbitmq",
            providers: [.apt(["librabbitmq-dev"])]),
        .systemLibrary(
            name: "CCrypto", path: "Shared/CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

        shared("Contracts"),
        shared("Cryptography", ["CCrypto"]),
        shared("Procedure", ["Contracts", yams]),
        shared("Messaging", ["Contracts", logging, metrics, lifecycle]),
        shared("AMQP", ["Messaging", "Contracts", "CRabbitMQ", logging, metrics]),
        shared("Persistence", ["Messaging", "Contracts", grdb, logging, metrics, lifecycle]),
        shared(
            "Runtime",
            [
                "Contracts", "Procedure", "Messaging", "AMQP", "Persistence", grdb, logging, metrics, lifecycle,
                configuration, yams,
            ]),
        shared(
            "Web",
            ["Contracts", "Cryptography", "Runtime", hummingbird, mustache, logging, metrics, lifecycle, yams],
            resources: [.copy("Templates"), .copy("Strings"), .copy("Assets")]),
        shared(
            "TestSupport",
            [
                "Contracts", "Cryptography", "Messaging", "AMQP", "Persistence", "Procedure", "Runtime", "Web", grdb,
                hummingbird, lifecycle, logging,
            ]),

        tests("Contracts", ["Contracts"], resources: [.copy("Golden"), .copy("Earlier")]),
        tests("Cryptography", ["Cryptography"]),
        tests("Procedure", ["Procedure", "Contracts", yams]),
        tests("Messaging", ["Messaging", "Contracts"]),
        tests("AMQP", ["AMQP", "Messaging"]),
        tests("Persistence", ["Persistence", "Messaging", grdb]),
        tests("Runtime", ["Runtime", "Procedure", "Persistence", "Contracts", grdb, configuration, metrics]),
        tests("Web", ["Web", "Runtime", hummingbird]),
        tests("Intake", ["IntakeService"] + serviceFoundation),
        tests("Routing", ["RoutingService"] + serviceFoundation),
        tests("Department", ["DepartmentService"] + serviceFoundation),
        tests("Callback", ["CallbackService"] + serviceFoundation),
        tests("Reporting", ["ReportingService"] + serviceFoundation),
        tests("Operations", ["OperationsService"] + serviceFoundation),
        tests(
            "Races",
            ["IntakeService", "RoutingService", "DepartmentService", "CallbackService", "ReportingService"]
                + serviceFoundation),
        tests("CommandLine", ["CommandLineTool", "Contracts", "Cryptography", "Messaging", "AMQP"]),
        tests("Architecture", ["Contracts", "Messaging", yams]),
        tests("Broker", ["AMQP", "Messaging", "Persistence", "Contracts", "Runtime"]),
        tests("Journey", ["Contracts"]),
        tests("Browser", ["Contracts"]),
        tests("Fault", ["AMQP", "Contracts", "Messaging", grdb]),

        .target(
            name: "CommandLineTool",
            dependencies: [
                "Contracts", "Cryptography", "Procedure", "Messaging", "AMQP", "Persistence", "Runtime", argumentParser,
                logging, yams,
            ],
            path: "Services/CommandLine/CommandLineTool", swiftSettings: swiftSettings),
        .executableTarget(
            name: "redress", dependencies: ["CommandLineTool"], path: "Services/CommandLine",
            exclude: ["CommandLineTool"], sources: ["Main.swift"], swiftSettings: swiftSettings),
        .executableTarget(
            name: "redress-load",
            dependencies: [
                "Contracts", "AMQP", "Messaging", "Persistence", "Runtime", grdb, argumentParser, logging,
            ] + ["NIOCore", "NIOPosix", "NIOHTTP1"].map { .product(name: $0, package: "swift-nio") },
            path: "Tests/Load", swiftSettings: swiftSettings),
    ]
        + service("Intake", executable: "redress-intake")
        + service("Routing", executable: "redress-routing")
        + service("Department", executable: "redress-department")
        + service("Callback", executable: "redress-callback")
        + service("Reporting", executable: "redress-reporting")
        + service("Operations", executable: "redress-operations")
)
