import Contracts
import Foundation
import GRDB

/// Why the complaint was judged invalid, as the customer was told, and the answer (K04).
package struct ExplanationRecord: Codable, Hashable, Sendable, FetchableRecord, PersistableRecord {
    package static let databaseTableName = "explanation"
    package var number: String
    package var round: Int
    package var reason: String
    package var givenAt: Date
    package var answer: ExplanationAnswer?
    package var comment: String?
    package var answeredBy: Actor?
    package var answeredAt: Date?
}

/// A version of a solution as it was put to the customer, and the answer: the evidence of consent (M16, K11, K12).
package struct ProposalRecord: Codable, Hashable, Sendable, FetchableRecord, PersistableRecord {
    package static let databaseTableName = "proposal"
    package var number: String
    package var version: Int
    package var round: Int
    package var department: String
    package var departmentTitle: LocalizedText
    package var solution: Solution
    package var proposedAt: Date
    package var answer: ProposalAnswer?
    package var comment: String?
    package var answeredBy: Actor?
    package var answeredAt: Date?
    /// What the customer asks for instead (M17).
    package var request: String?
    /// What proves the answer.
    package var evidence: AnswerEvidence?
    /// Who presents it together; absent when the department does alone (K10).
    package var presenters: Presentation?
    /// When its validity passed without an answer, and what that means.
    package var expiredAt: Date?
    package var silence: SilenceMeaning?
    /// What holds although customer and department did not agree (裁定).
    package var ruling: RulingVerdict?
    package var rulingReason: String?
    package var ruledBy: Actor?
    package var ruledAt: Date?

    /// The ruling with its reason, when there is one.
    var given: (verdict: RulingVerdict, reason: String, by: Actor, at: Date)? {
        guard let ruling, let ruledBy, let ruledAt else { return nil }
        return (ruling, rulingReason ?? "", ruledBy, ruledAt)
    }

    var course: ProposalCourse {
        ProposalCourse(round: round, answer: answer, silence: silence, expiredAt: expiredAt, ruling: ruling)
    }
}

/// What a department asks the customer, and the answer (W18).
package struct InformationRequestRecord: Codable, Hashable, Sendable, FetchableRecord, PersistableRecord {
    package static let databaseTableName = "informationRequest"
    package var number: String
    /// Counts all questions about the complaint from 1.
    package var request: Int
    package var department: String
    /// Counts the department's questions about the complaint from 1.
    package var departmentRequest: Int
    package var question: String
    package var askedAt: Date
    package var answer: String?
    package var comment: String?
    package var answeredBy: Actor?
    package var answeredAt: Date?
}

/// A callback (回访) or a survey the customer filled in (K14, W11).
package struct CallRecord: Codable, Hashable, Sendable, FetchableRecord, PersistableRecord {
    package static let databaseTableName = "call"
    package var number: String
    /// Counts from 1 for each complaint.
    package var call: Int
    package var round: Int
    package var reached: Bool
    package var solved: Bool?
    /// 1 to 5; absent when the customer was not reached.
    package var satisfaction: Int?
    package var comment: String?
    package var actor: Actor
    package var at: Date
    /// How the customer was asked.
    package var way: String?
    package var answers: [CallbackAnswer]?

    var recorded: RecordedCall {
        guard let solved, let satisfaction else { return RecordedCall(number: call, result: .notReached, by: actor) }
        return RecordedCall(number: call, result: .reached(solved: solved, satisfaction: satisfaction), by: actor)
    }
}

/// That the customer was told of a version of a solution (K10, M16, S08).
package struct PresentationRecord: Codable, Hashable, Sendable, FetchableRecord, MutablePersistableRecord {
    package static let databaseTableName = "presentation"
    package var id: Int64?
    package var number: String
    package var version: Int
    /// `page`, or how somebody told the customer.
    package var way: String
    package var at: Date
    /// Who else told it (共同答复).
    package var jointly: String?
    package var note: String?
    package var actor: Actor

    package mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}

/// That a dissatisfied customer was talked with (安抚, K15).
package struct SoothingRecord: Codable, Hashable, Sendable, FetchableRecord, MutablePersistableRecord {
    package static let databaseTableName = "soothing"
    package var id: Int64?
    package var number: String
    package var round: Int
    package var person: String
    package var note: String
    package var actor: Actor
    package var at: Date

    package mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}

/// What the customer said at first, with how to reach them.
struct HeardRecord: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "heard"
    var number: String
    var complaint: Complaint
}

/// Somebody who worked on the complaint in a department.
struct HandlerRecord: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "handler"
    static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .ignore)
    var number: String
    var name: String
}
