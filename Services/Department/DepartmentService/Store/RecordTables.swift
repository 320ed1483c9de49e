import Contracts
import Foundation
import GRDB

/// A row of `investigationPlan`: what a round of an assignment set out to find (M11).
struct InvestigationPlanRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "investigationPlan"

    var workOrderNumber: String
    var assignmentNumber: Int
    var round: Int
    var goals: String
    var information: String
    var steps: String

    init?(_ order: WorkOrder) {
        guard let plan = order.plan else { return nil }
        workOrderNumber = order.number.text
        assignmentNumber = order.assignment.assignment
        round = order.round
        goals = plan.goals
        information = plan.information
        steps = plan.steps
    }

    var plan: InvestigationPlan { InvestigationPlan(goals: goals, information: information, steps: steps) }
}

/// A row of `collectedEvidence` (M12).
struct CollectedEvidenceRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "collectedEvidence"

    var workOrderNumber: String
    var position: Int
    var kind: String
    var title: String
    var shows: String?
    var collectedAt: Date
    var by: String

    init(_ number: TicketNumber, _ position: Int, _ evidence: CollectedEvidence) {
        workOrderNumber = number.text
        self.position = position
        kind = evidence.kind.rawValue
        title = evidence.title
        shows = evidence.shows
        collectedAt = evidence.collectedAt
        by = evidence.by
    }

    var evidence: CollectedEvidence {
        CollectedEvidence(
            kind: EvidenceKind(rawValue: kind) ?? .other, title: title, shows: shows,
            collectedAt: RFC3339.toMillisecond(collectedAt), by: by)
    }
}

/// A row of `participant`: who has to take part in the handling group (K08).
struct ParticipantRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "participant"

    var workOrderNumber: String
    var person: String
    var joinedAt: Date?

    init(_ number: TicketNumber, _ participant: Participant) {
        workOrderNumber = number.text
        person = participant.person
        joinedAt = participant.joinedAt
    }

    var participant: Participant { Participant(person: person, joinedAt: joinedAt) }
}

/// A row of `casePerson`: who is asked for something in a case now, and who may look at it though of no department here,
/// because they decide. Who was named once stays named: whoever decided may look at what they decided on. The first
/// responsible person is named as long as they are; the view `caseNamed` has both.
struct CasePersonRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "casePerson"

    var person: String
    var workOrderNumber: String
    var isAwaited: Bool
    var isNamed: Bool

    /// Brings the rows of an order up to date.
    static func save(_ order: WorkOrder, in db: Database) throws {
        let known = try filter(Column("workOrderNumber") == order.number.text).fetchAll(db)
        let named = order.deciders.union(known.filter(\.isNamed).map(\.person))
        let wanted = order.awaited.union(named)
        for record in known where !wanted.contains(record.person) { try record.delete(db) }
        for person in wanted {
            try CasePersonRecord(
                person: person, workOrderNumber: order.number.text, isAwaited: order.awaited.contains(person),
                isNamed: named.contains(person)
            ).save(db)
        }
    }
}

/// Small lists that are kept in one column, as JSON.
enum ListColumn {
    static func text<Element: Encodable>(_ list: [Element]?) throws -> String? {
        try list.map { String(decoding: try ContractJSON.encode($0), as: UTF8.self) }
    }

    static func list<Element: Decodable>(_ text: String?) throws -> [Element]? {
        try text.map { try ContractJSON.decode([Element].self, from: Data($0.utf8)) }
    }
}
