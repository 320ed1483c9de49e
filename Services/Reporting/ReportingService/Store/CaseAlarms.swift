import Contracts
import Foundation
import GRDB
import Persistence

extension CaseAlarm: FetchableRecord, PersistableRecord {
    static let databaseTableName = "caseAlarm"
}

extension ReportingStore {
    /// When the next alarm of a case rings; nil while none is set.
    func nextCaseAlarm() async throws -> Date? {
        try await database.read { db in try Date.fetchOne(db, sql: "SELECT min(at) FROM caseAlarm") }
    }

    /// Says what time says by now of the cases that are being written, once each.
    func ringCaseAlarms() async throws {
        try await database.write { unit in
            let ringing = CaseAlarm.filter(Column("at") <= unit.now)
            let alarms = try ringing.order(Column("at")).fetchAll(unit.db)
            for alarm in CaseAlarm.news(of: alarms) {
                if let percent = alarm.percent {
                    try unit.send(
                        DeadlineApproaching(deadline: alarm.deadline, percent: percent), about: alarm.ticket)
                } else {
                    try unit.send(DeadlineMissed(deadline: alarm.deadline), about: alarm.ticket)
                    try Trail.append(.case, alarm.caseFile, "overdue", by: nil, in: unit)
                }
            }
            try ringing.deleteAll(unit.db)
        }
    }
}
