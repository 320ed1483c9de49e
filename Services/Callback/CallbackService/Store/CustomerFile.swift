import Contracts
import Foundation
import GRDB

/// Everything that was said to and by the customer of one complaint, as it is shown.
package struct CustomerFile: Sendable {
    package var number: TicketNumber
    package var record: ComplaintRecord
    package var complaint: Complaint
    /// In the order in which it happened.
    package var timeline: [TimelineRecord]
    /// Every version, the latest first.
    package var proposals: [ProposalRecord]
    /// Every round, the latest first.
    package var explanations: [ExplanationRecord]
    package var questions: [InformationRequestRecord]
    package var calls: [CallRecord]
    /// In the order in which the customer was told.
    package var presentations: [PresentationRecord]
    package var soothings: [SoothingRecord]

    /// The version that waits for an answer, or else the latest of all.
    package var proposal: ProposalRecord? { proposals.first }
    /// What the customer calls a version: the how manieth of those that came to the customer. Versions that were refused
    /// within the house, or left out, are not counted.
    package func proposalNumber(of version: Int) -> Int { proposals.count { $0.version <= version } }
    /// The explanation of the latest judgement, while it stands.
    package var explanation: ExplanationRecord? {
        explanations.first { $0.round == record.judgementRound }
    }
    /// Questions that wait for an answer, the oldest first.
    package var openQuestions: [InformationRequestRecord] {
        record.standing.isEnded ? [] : questions.filter { $0.answer == nil }
    }
    /// How the customer was told of a version.
    package func presentations(of version: Int) -> [PresentationRecord] {
        presentations.filter { $0.version == version }
    }
    /// The number that the next callback or survey gets.
    package var nextCall: Int { (calls.last?.call ?? 0) + 1 }

    static func fetch(_ number: TicketNumber, in db: Database) throws -> CustomerFile? {
        guard let record = try ComplaintRecord.fetchOne(db, key: number.text),
            let heard = try HeardRecord.fetchOne(db, key: number.text)
        else { return nil }
        return CustomerFile(
            number: number, record: record, complaint: heard.complaint,
            timeline: try all("timelineEntry", of: number, by: "at, id", in: db),
            proposals: try all("proposal", of: number, by: "version DESC", in: db),
            explanations: try all("explanation", of: number, by: "round DESC", in: db),
            questions: try all("informationRequest", of: number, by: "request", in: db),
            calls: try all("call", of: number, by: "call", in: db),
            presentations: try all("presentation", of: number, by: "at, id", in: db),
            soothings: try all("soothing", of: number, by: "at, id", in: db))
    }

    private static func all<Record: FetchableRecord>(
        _ table: String, of number: TicketNumber, by order: String, in db: Database
    ) throws -> [Record] {
        try Record.fetchAll(
            db, sql: "SELECT * FROM \(table) WHERE number = ? ORDER BY \(order)", arguments: [number.text])
    }
}
