import Contracts
import Foundation
import GRDB

/// A row of `workOrder`: what is asked for by itself stands in columns; the assignment is kept as it was received.
struct WorkOrderRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "workOrder"

    enum Columns {
        static let number = Column(CodingKeys.number)
        static let state = Column(CodingKeys.state)
        static let isOpen = Column(CodingKeys.isOpen)
        static let severity = Column(CodingKeys.severity)
        static let owner = Column(CodingKeys.owner)
        static let isWaiting = Column(CodingKeys.isWaiting)
        static let urgings = Column(CodingKeys.urgings)
        static let dueAt = Column(CodingKeys.dueAt)
        static let assignedAt = Column(CodingKeys.assignedAt)
    }

    /// Stands for "no deadline" where orders are sorted by the next one.
    static let never = Date(timeIntervalSince1970: 253_370_764_800)

    var number: String
    var assignmentNumber: Int
    var assignment: String
    var assignedAt: Date
    var acknowledgedAt: Date?
    var updatedAt: Date
    var role: String
    var state: String
    var isOpen: Bool
    var remark: String?
    var solutionVersion: Int?
    var round: Int
    var nextVersion: Int
    var nextNumber: Int
    var opinionQuestion: String?
    var reworkReason: String?
    var progressNote: String?
    var progressExpectedBy: Date?
    var progressBy: String?
    var urgings: Int
    var escalation: String?
    var severity: String
    var owner: String?
    var isWaiting: Bool
    var dueAt: Date
    var changedNeeds: String?
    var satisfaction: Int?
    var escalationClock: String?
    /// What starts and stops its clocks, as JSON.
    var clockNews: String?

    init(_ order: WorkOrder, at now: Date) throws {
        number = order.number.text
        assignmentNumber = order.assignment.assignment
        assignment = String(decoding: try ContractJSON.encode(order.assignment), as: UTF8.self)
        assignedAt = order.assignedAt
        acknowledgedAt = order.acknowledgedAt
        updatedAt = now
        role = order.role.rawValue
        state = order.state.rawValue
        isOpen = order.state.isOpen
        remark = order.stage.remark
        solutionVersion = order.stage.solution?.version
        round = order.round
        nextVersion = order.nextVersion
        nextNumber = order.nextNumber
        opinionQuestion = order.opinionQuestion
        reworkReason = order.reworkReason
        progressNote = order.latestProgress?.note
        progressExpectedBy = order.latestProgress?.expectedBy
        progressBy = order.latestProgress.map { ActorText.text($0.by) }
        urgings = order.urgings
        escalation = order.escalation
        severity = order.assignment.severity.rawValue
        owner = order.assignment.owner
        isWaiting = order.isWaitingForCustomer
        dueAt = OpenClocks.of(order).first?.dueAt ?? Self.never
        changedNeeds = order.changedNeeds
        satisfaction = order.satisfaction
        escalationClock = order.escalationClock
        clockNews = String(decoding: try ContractJSON.encode(order.clocks), as: UTF8.self)
    }

    /// The assignment as it was received.
    func assigned() throws -> CaseAssigned {
        try ContractJSON.decode(CaseAssigned.self, from: Data(assignment.utf8))
    }

    func clocks() throws -> ClockNews {
        try clockNews.map { try ContractJSON.decode(ClockNews.self, from: Data($0.utf8)) } ?? ClockNews()
    }

    var progress: Progress? {
        guard let progressNote, let progressBy else { return nil }
        return Progress(
            note: progressNote, expectedBy: progressExpectedBy.map(RFC3339.toMillisecond),
            by: ActorText.actor(progressBy))
    }
}

/// Who did something, as one column: `staff:lin`, `customer`, `system:service-standard@1`.
enum ActorText {
    static func text(_ actor: Actor) -> String {
        ([actor.kind.rawValue] + [actor.name].compactMap { $0 }).joined(separator: ":")
    }

    static func actor(_ text: String) -> Actor {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        return Actor(kind: parts.first.flatMap(Actor.Kind.init) ?? .system, name: parts.count == 2 ? parts[1] : nil)
    }
}

/// A store holds something that no version of this program writes.
struct UnreadableRecord: Error, CustomStringConvertible {
    var number: String
    var what: String
    var description: String { "the work order \(number) cannot be read: \(what)" }
}
