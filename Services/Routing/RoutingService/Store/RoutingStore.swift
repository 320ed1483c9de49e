import Contracts
import Foundation
import GRDB
import Persistence
import Procedure

/// Everything that Routing shows of one complaint.
struct ComplaintDossier: Sendable {
    var record: ComplaintRecord
    /// What conditions know of it.
    var course: CourseSoFar
    var clocks: [ClockRecord]
    /// Since when it waits for the customer, if it does.
    var waitingSince: Date?
    var custody: [CustodySpan]
    var extensions: [ExtensionRecord]
    var history: [HistoryRecord]
    /// What is or was owed to others because of it.
    var duties: [DutyRecord] = []
    var parts: [PartRecord] = []
    /// What inspections had put right because of it.
    var rectifications: [RectificationRecord] = []
    /// The complaints that are handled together with it, itself included; empty when it is alone.
    var group: [ComplaintRecord] = []
}

/// Routing's store. What changes a complaint goes through `CaseWork`, in the same transactions; what is only read is here.
struct RoutingStore: Sendable {
    /// The name of this service in envelopes.
    static let source = "redress/routing"

    let database: ServiceDatabase

    init(_ database: ServiceDatabase) { self.database = database }

    func dossier(_ number: TicketNumber) async throws -> ComplaintDossier? {
        try await database.read { db in
            guard let record = try ComplaintTable.find(number, in: db) else { return nil }
            return ComplaintDossier(
                record: record, course: try record.course(in: db), clocks: try ClockTable.all(of: number, in: db),
                waitingSince: try PauseTable.since(number, in: db), custody: try CustodyTable.all(of: number, in: db),
                extensions: try ExtensionTable.all(of: number, in: db),
                history: try HistoryTable.all(of: number, in: db), duties: try DutyTable.all(of: number, in: db),
                parts: try PartTable.all(of: number, in: db),
                rectifications: try RectificationTable.all(of: number, in: db),
                group: try record.groupLead.map { try GroupTable.members(under: $0, in: db) } ?? [])
        }
    }

    func page(_ filter: ComplaintFilter, after cursor: ListCursor?, limit: Int) async throws -> ComplaintPage {
        try await database.read { db in try ComplaintTable.page(filter, after: cursor, limit: limit, in: db) }
    }

    /// The earliest instant at which a clock has something to say; nil when none has.
    /// - Parameter earliest: Leaves out what should have been said before.
    func nextClockInstant(notBefore earliest: Date? = nil) async throws -> Date? {
        try await database.read { db in try ClockTable.nextAt(notBefore: earliest, in: db) }
    }

    /// The complaint that a work order from above became (V01).
    func number(upstream text: String) async throws -> TicketNumber? {
        try await database.read { db in
            try String.fetchOne(
                db, sql: "SELECT number FROM complaint WHERE upstreamNumber = ? ORDER BY registeredAt DESC LIMIT 1",
                arguments: [text]
            ).flatMap { TicketNumber($0) }
        }
    }

    /// A version of the pack as it was read; nil when no complaint was judged under it.
    func policy(_ stamp: PolicyStamp) async throws -> KeptPolicy? {
        try await database.read { db in try PolicyTable.find(stamp, in: db) }
    }

    func tallies() async throws -> [StateName: Int] {
        try await database.read(ComplaintTable.tallies)
    }
}
