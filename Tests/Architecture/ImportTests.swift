import Testing

/// Dependencies run one way: what each module may import of ours, and of what others made.
@Suite struct ImportTests {
    /// Whatever a module imports beyond these is named here; the layers are those of docs/architecture.md.
    static let allowed: [String: Set<String>] = [
        "Shared/Contracts": [],
        "Shared/Cryptography": ["CCrypto"],
        "Shared/Procedure": ["Contracts", "Yams"],
        "Shared/Messaging": ["Contracts", "Logging", "Metrics", "ServiceLifecycle"],
        "Shared/AMQP": ["Contracts", "Messaging", "CRabbitMQ", "Logging", "Metrics"],
        "Shared/Persistence": ["Contracts", "Messaging", "GRDB", "Logging", "Metrics", "ServiceLifecycle"],
        "Shared/Runtime": [
            "Contracts", "Procedure", "Messaging", "AMQP", "Persistence", "Logging", "Metrics", "CoreMetrics",
            "ServiceLifecycle",
            "Configuration", "SystemPackage", "Yams", "GRDB", "UnixSignals",
        ],
        "Shared/Web": [
            "Contracts", "Cryptography", "Runtime", "Messaging", "Hummingbird", "HummingbirdCore", "HTTPTypes",
            "NIOCore", "NIOHTTP1", "NIOPosix", "Mustache", "Logging", "Metrics", "Yams", "ServiceLifecycle",
            "AsyncAlgorithms",
        ],
        "Services/CommandLine": [
            "CommandLineTool", "Contracts", "Cryptography", "Procedure", "Messaging", "AMQP", "Persistence", "Runtime",
            "ArgumentParser", "Logging", "Yams", "FoundationNetworking",
        ],
    ]
    /// What every module may use.
    static let everywhere: Set = ["Foundation", "Synchronization", "Glibc", "Musl", "Dispatch", "RegexBuilder"]
    static let services = ["Intake", "Routing", "Department", "Callback", "Reporting", "Operations"]

    @Test("A module imports only what its layer allows", arguments: allowed.keys.sorted())
    func layers(module: String) throws {
        let permitted = try #require(Self.allowed[module]).union(Self.everywhere)
        let files = Repository.swiftFiles(below: module)
        try #require(!files.isEmpty)
        for file in files {
            let foreign = file.imports.subtracting(permitted)
            #expect(foreign.isEmpty, "\(file.path) imports \(foreign.sorted().joined(separator: ", "))")
        }
    }

    @Test("No service imports another", arguments: services)
    func separateServices(service: String) throws {
        let others = Set(Self.services.filter { $0 != service }.map { "\($0)Service" })
        let files = Repository.swiftFiles(below: "Services/\(service)")
        try #require(!files.isEmpty)
        for file in files { #expect(file.imports.isDisjoint(with: others), "\(file.path)") }
    }

    @Test("Decisions know neither database, nor web server, nor broker")
    func purePolicies() {
        let impure: Set = ["GRDB", "Hummingbird", "AMQP", "Persistence", "Web", "Runtime", "CRabbitMQ", "NIOCore"]
        let files = Repository.swiftFiles(below: "Services").filter { $0.path.contains("/Policy/") }
            .filter { !$0.path.hasPrefix("Services/CommandLine/") }
        for file in files { #expect(file.imports.isDisjoint(with: impure), "\(file.path)") }
    }

    @Test("librabbitmq and libcrypto are behind one module each")
    func systemLibraries() {
        for file in Repository.swiftFiles(below: "Shared", "Services") {
            if !file.path.hasPrefix("Shared/AMQP/") { #expect(!file.imports.contains("CRabbitMQ"), "\(file.path)") }
            if !file.path.hasPrefix("Shared/Cryptography/") {
                #expect(!file.imports.contains("CCrypto"), "\(file.path)")
            }
        }
    }

    @Test("SQL is in Store folders and in Persistence, and nowhere else")
    func sqlInStores() {
        let sql = ["INSERT INTO ", "INSERT OR ", "DELETE FROM ", "CREATE TABLE ", "CREATE INDEX ", " SET ", " FROM "]
        for file in Repository.swiftFiles(below: "Shared", "Services")
        where !file.path.contains("/Store/") && !file.path.hasPrefix("Shared/Persistence/") {
            let found = file.lines.filter { line in sql.contains { line.text.contains($0) } }
            #expect(found.isEmpty, "\(file.path) has SQL outside a Store folder: \(found.map(\.number))")
        }
    }
}
