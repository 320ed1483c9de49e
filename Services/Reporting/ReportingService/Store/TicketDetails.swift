import Contracts
import Foundation
import GRDB

/// All that is known of one complaint.
struct TicketDetails: Sendable {
    var summary: TicketSummary
    var record: TicketRecord
    var course: [EventRow]
}

extension ReportingStore {
    /// Absent when no complaint with this number was received here.
    func details(of number: TicketNumber) async throws -> TicketDetails? {
        try await database.read { db in
            guard let (_, summary) = try TicketRow.fetch(number, in: db) else { return nil }
            let course = try EventRow.course(of: number, in: db)
            guard let record = TicketRecord.fold(try course.compactMap { try $0.recorded() }) else { return nil }
            return TicketDetails(summary: summary, record: record, course: course)
        }
    }
}
