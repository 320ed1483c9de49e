import Contracts
import Foundation
import Procedure

/// What time has to say while a case is written: a warning when a share of it is used, or that it has run out. Rules K17,
/// S13.
struct CaseAlarm: Hashable, Sendable, Codable {
    var caseFile: Int64
    var ticket: TicketNumber
    var at: Date
    /// The share of the time that is used; absent when it has run out.
    var percent: Int?
    var deadline: Deadline
}

extension CaseAlarm {
    /// Everything that the pack wants said of the time for a case, the earliest first. Nothing when it sets no time.
    static func all(of file: CaseFile, by pack: PolicyPack, severity: Severity?) -> [CaseAlarm] {
        let event = CaseNominated.type.word
        guard let id = file.id,
            let deadline = pack.deadlines(startedBy: event, at: file.nominatedAt, severity: severity).first
        else { return [] }
        let warnings = pack.warnings(of: deadline, severity: severity).filter { $0.at < deadline.dueAt }
        return (warnings.map { ($0.at, Optional($0.percent)) } + [(deadline.dueAt, nil)]).map { at, percent in
            CaseAlarm(caseFile: id, ticket: file.ticket, at: at, percent: percent, deadline: deadline)
        }
    }

    /// Of alarms that ring at once, as after an outage, only the last of each case is news.
    static func news(of ringing: [CaseAlarm]) -> [CaseAlarm] {
        Dictionary(grouping: ringing, by: \.caseFile).values
            .compactMap { $0.max { ($0.at, $0.percent ?? 101) < ($1.at, $1.percent ?? 101) } }
            .sorted { ($0.at, $0.caseFile) < ($1.at, $1.caseFile) }
    }
}
