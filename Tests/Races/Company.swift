import Contracts
import Foundation
import GRDB
import Messaging
import Procedure
import TestSupport
import Testing

/// All services of one company in one process, each on a store of its own, with the product's own handlers, outboxes and
/// consumer loops. What stands between them is an exchange that delivers when a test says so, and a clock that it moves.
final class Company: Sendable {
    static let quality = id("product-quality")
    static let service = id("customer-service")
    static let logistics = id("logistics")

    let clock = ManualClock()
    let exchange: Exchange
    let intake: IntakeHouse
    let routing: RoutingHouse
    let callback: CallbackHouse
    let reporting: ReportingHouse
    let departments: [DepartmentID: DepartmentHouse]
    private let folder: TemporaryFolder

    /// - Parameters:
    ///   - sections: of the pack, in the place of the shipped one's.
    ///   - change: what the pack says otherwise.
    init(sections: [String: String] = [:], _ change: (inout PolicyPack) -> Void = { _ in }) throws {
        folder = try TemporaryFolder()
        var pack = try Self.pack(sections, in: folder)
        change(&pack)
        exchange = Exchange(RedressTopology.everything(departments: pack.departments.map(\.id)), clock: clock)
        let (folder, exchange, clock) = (folder, exchange, clock)
        intake = try IntakeHouse(pack, in: folder, on: exchange, clock: clock)
        routing = try RoutingHouse(pack, in: folder, on: exchange, clock: clock)
        callback = try CallbackHouse(pack, in: folder, on: exchange, clock: clock)
        reporting = try ReportingHouse(pack, in: folder, on: exchange, clock: clock)
        departments = try Dictionary(
            uniqueKeysWithValues: pack.departments.map {
                ($0.id, try DepartmentHouse($0.id, in: folder, on: exchange, clock: clock))
            })
    }

    private static func pack(_ sections: [String: String], in folder: TemporaryFolder) throws -> PolicyPack {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "compose/policies/service-standard.yaml")
        guard !sections.isEmpty else { return try PolicyPack.load(file: file.path()) }
        var parts = try PackSections(file: file)
        for (key, text) in sections { parts.set(key, text) }
        return try parts.load(in: folder.url)
    }

    private static func id(_ text: String) -> DepartmentID {
        guard let id = DepartmentID(text) else { preconditionFailure("\(text) is no department id") }
        return id
    }

    /// The department that the tests' complaints belong to.
    var quality: DepartmentHouse { get throws { try department(Self.quality) } }

    func department(_ id: DepartmentID) throws -> DepartmentHouse { try #require(departments[id]) }

    var stations: [Station] {
        [intake.station, routing.station, callback.station, reporting.station]
            + departments.values.map(\.station).sorted { $0.name < $1.name }
    }

    // MARK: Time and messages

    /// Moves the clock on; nobody looks at it before they are told to.
    func pass(_ seconds: TimeInterval) { clock.advance(by: seconds) }

    /// The clocks of complaints and the timer of conversations look at the time.
    func look() async throws {
        try await routing.look()
        try await callback.look()
    }

    /// Everybody says what they have to say and hears everything, again and again, until nothing is on the wire. What
    /// came too early comes back from its retry tier, for which the clock moves on.
    func settle() async throws {
        while true {
            for station in stations { try await station.speak() }
            var heard = false
            for station in stations { while try await station.hear() { heard = true } }
            if heard { continue }
            guard let expiry = exchange.nextExpiry else { return }
            clock.advance(by: max(0, expiry.timeIntervalSince(clock.now())))
            for station in stations { while try await station.hear() {} }
        }
    }

    /// Like `settle`, but some hear nothing yet.
    func settle(without deaf: Station...) async throws {
        let others = stations.filter { station in !deaf.contains { $0.name == station.name } }
        var heard = true
        while heard {
            heard = false
            for station in stations { try await station.speak() }
            for station in others { while try await station.hear() { heard = true } }
        }
    }
}

extension Station {
    /// Its counts, all days and channels together.
    func ledger() async throws -> [String: Int] {
        try await database.read { db in
            try Row.fetchAll(db, sql: "SELECT ledger, sum(count) AS total FROM ledger GROUP BY ledger")
                .reduce(into: [:]) { $0[$1["ledger"]] = $1["total"] }
        }
    }
}
