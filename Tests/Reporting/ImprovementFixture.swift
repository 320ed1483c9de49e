import Contracts
import Foundation
import GRDB
import Hummingbird
import Logging
import Messaging
import Persistence
import Procedure
import Synchronization
import TestSupport
import Testing
import Web

@testable import ReportingService

/// The shipped packs, each read once for all tests.
enum ShippedPacks {
    private static let known = Mutex<[String: PolicyPack]>([:])

    static func load(_ name: String) throws -> PolicyPack {
        try known.withLock { known in
            if let pack = known[name] { return pack }
            let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../compose/policies/\(name).yaml")
            let pack = try PolicyPack.load(file: file.path)
            known[name] = pack
            return pack
        }
    }
}

/// Reporting with a shipped pack: a store, complaints that ended, and its pages over a real connection.
struct ImprovementFixture {
    let folder: TemporaryFolder
    let staff: TestStaff
    let store: ReportingStore
    let clock: ManualClock
    let shelf: PolicyShelf

    var pack: PolicyPack { shelf.current }

    /// - Parameter change: what the test wants otherwise than the pack has it, above all who decides.
    init(_ name: String, at now: Date = SampleCourse.start, change: (inout PolicyPack) -> Void = { _ in }) throws {
        folder = try TemporaryFolder()
        staff = try TestStaff(folder: folder.url)
        clock = ManualClock(now)
        var pack = try ShippedPacks.load(name)
        change(&pack)
        shelf = PolicyShelf(pack)
        var store = try ReportingStore.temporary(folder, clock: clock)
        store.shelf = shelf
        self.store = store
    }

    /// Tells Reporting what the services said.
    @discardableResult
    func tell(_ courses: SampleCourse...) async throws -> [Outcome] {
        let handler = TransactionalHandler(
            store.database, ReportingSubscriptions.all(store), logger: Logger(label: "test"))
        var outcomes: [Outcome] = []
        for course in courses {
            for message in try course.wire() { outcomes += try await handler.handle([message]) }
        }
        return outcomes
    }

    /// What Reporting said, as `noun.verb`, in order.
    func said() async throws -> [String] {
        try await store.database.read { db in
            try String.fetchAll(db, sql: "SELECT routingKey FROM outbox ORDER BY id")
                .map { $0.split(separator: ".").prefix(2).joined(separator: ".") }
        }
    }

    /// Serves the pages; `work` may take any role's token by `client.as(.head)`.
    func serve<Result: Sendable>(_ work: @Sendable (HTTPClient) async throws -> Result) async throws -> Result {
        let clock = clock
        let site = try Site(
            .test(service: "reporting", home: "/reporting/", staff: staff), bundles: [ReportingDesk.bundle],
            now: { clock.now() })
        let desk = ReportingDesk(store: store, packs: TicketPacks(shelf))
        return try await withServer(site, routes: { desk.addRoutes(to: $0) }, work)
    }
}

extension HTTPClient {
    /// The same client with the token of a role; its name is `<role>-program`.
    func `as`(_ role: Role) -> HTTPClient {
        var client = self
        client.token = "\(role.rawValue)-token"
        return client
    }

    /// A page in both languages, each without a text that is missing.
    func bothPages(_ path: String) async throws -> [HTTPAnswer] {
        var answers: [HTTPAnswer] = []
        for language in ["zh-Hans", "en"] {
            let address = path + (path.contains("?") ? "&" : "?") + "lang=\(language)"
            let answer = try await get(address, headers: ["Accept": "text/html"])
            #expect(answer.status == 200, "\(address)")
            #expect(answer.text.contains("<html lang=\"\(language)\">"))
            #expect(!answer.text.contains("⟦"), "\(address)")
            answers.append(answer)
        }
        return answers
    }
}

extension SampleCourse {
    /// Judged with a severity, and closed.
    static func closed(
        _ n: Int, _ severity: Severity, start: Date = SampleCourse.start, satisfaction: Int? = 5,
        complaint: Complaint? = nil
    ) throws -> SampleCourse {
        var course = try SampleCourse(n, start: start)
        course.then("intake/01", Sample.received(complaint ?? Sample.complaint(heardAt: start)))
        course.then("routing", Sample.accepted(severity: severity))
        course.then(
            "callback",
            ComplaintClosed(
                department: try Sample.department(), outcome: .satisfied, satisfaction: satisfaction, by: Sample.caller
            ))
        return course
    }
}
