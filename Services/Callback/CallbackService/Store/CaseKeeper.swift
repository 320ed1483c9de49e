import Contracts
import Foundation
import GRDB
import Messaging
import Persistence

/// A complaint within one change to the store: loads what is known of it, decides, saves what follows and sends it.
struct CaseKeeper {
    let unit: UnitOfWork
    private(set) var policy: CasePolicy
    let number: TicketNumber
    var record: ComplaintRecord

    /// - Throws: `UnknownComplaint`.
    init(_ number: TicketNumber, in unit: UnitOfWork, policy: CasePolicy) throws {
        guard let record = try ComplaintRecord.fetchOne(unit.db, key: number.text) else {
            throw UnknownComplaint(number: number)
        }
        self.unit = unit
        self.policy = CasePolicy(policy.rules.following(record.policy))
        self.number = number
        self.record = record
    }

    /// Takes over what Routing judged it under: from now on it is treated by that version, to its end.
    /// - Throws: `HandlingInterruption` when that version has not come here yet.
    mutating func follow(_ stamp: PolicyStamp?, place: String = #function) throws {
        guard record.policy == nil, let stamp else { return }
        guard policy.rules.knows(stamp) else {
            throw HandlingInterruption.premature("the policy pack \(stamp) has not come here yet", place: place)
        }
        record.policyID = stamp.id
        record.policyVersion = stamp.version
        try unit.db.execute(
            sql: "UPDATE complaint SET policyID = ?, policyVersion = ? WHERE number = ?",
            arguments: [stamp.id, stamp.version, number.text])
        policy = CasePolicy(policy.rules.following(stamp))
    }

    /// What is known of it that decisions depend on.
    func state() throws -> CustomerCase {
        CustomerCase(
            standing: try record.currentStanding(), severity: record.severity, judgementRound: record.judgementRound,
            assignment: record.assignment, lead: record.lead.flatMap(DepartmentID.init),
            solutionVersion: record.solutionVersion, round: record.round, attempts: record.attempts,
            callFrom: record.callFrom, soothed: record.soothed,
            handlers: try String.fetchSet(
                unit.db, sql: "SELECT name FROM handler WHERE number = ?", arguments: [number.text]),
            explanationAnswer: try explanation(round: record.judgementRound)?.answer, proposals: try courses(),
            reminders: record.reminders, deadline: record.deadline,
            lastCall: try CallRecord.fetchOne(
                unit.db, sql: "SELECT * FROM call WHERE number = ? ORDER BY call DESC LIMIT 1",
                arguments: [number.text])?.recorded)
    }

    /// Decides about the event, saves where the complaint stands then, and sends what follows.
    ///
    /// - Parameter notes: steps for the timeline, written when the event changes anything.
    /// - Throws: `Rejection`.
    @discardableResult
    mutating func take(
        _ event: CaseEvent, because cause: Envelope? = nil, noting notes: [TimelineRecord] = []
    ) throws -> CaseDecision {
        let before = try state()
        let decision = try policy.decide(before, event, at: unit.now)
        guard decision.state != before || !decision.messages.isEmpty else { return decision }
        record.take(decision.state, at: unit.now)
        try record.update(unit.db)
        let isHeld = try holdClosing(decision)
        for message in decision.messages where !(isHeld && message.isClosing) {
            try send(message.event, because: cause)
        }
        try note(notes)
        if case .ruling(let version) = decision.state.standing, before.standing != decision.state.standing {
            try note([entry(.ruling, facts: ["version": String(version)])])
        }
        if case .closed(let outcome) = decision.state.standing, !isHeld { try countClosed(outcome) }
        try releaseLead(after: decision, because: cause)
        return decision
    }

    func send<Payload: Event>(_ event: Payload, because cause: Envelope?) throws {
        try unit.send(event, about: number, because: cause)
    }

    // MARK: The timeline

    /// A step for the timeline, now unless it happened earlier.
    func entry(
        _ kind: TimelineRecord.Kind, at instant: Date? = nil, facts: [String: String] = [:], by actor: Actor? = nil
    ) -> TimelineRecord {
        TimelineRecord(number, kind, at: instant ?? unit.now, facts: facts, by: actor)
    }

    /// Writes steps that the customer sees. Whoever has just heard something need not be told soon where it stands.
    mutating func note(_ entries: [TimelineRecord]) throws {
        guard !entries.isEmpty else { return }
        for var entry in entries { try entry.insert(unit.db) }
        let due = record.standing.isOurs ? policy.rules.statusDue(after: unit.now) : nil
        guard due != record.statusDueAt else { return }
        record.statusDueAt = due
        try unit.db.execute(
            sql: "UPDATE complaint SET statusDueAt = ? WHERE number = ?", arguments: [due, number.text])
    }

    /// Notes who worked on it: they may not call the customer back (K15).
    func noteHandler(_ actor: Actor) throws {
        guard actor.kind == .staff, let name = actor.name else { return }
        try HandlerRecord(number: number.text, name: name).insert(unit.db)
    }

    // MARK: What was said

    func explanation(round: Int) throws -> ExplanationRecord? {
        try ExplanationRecord.fetchOne(
            unit.db, sql: "SELECT * FROM explanation WHERE number = ? AND round = ?", arguments: [number.text, round])
    }

    func proposal(version: Int) throws -> ProposalRecord? {
        try ProposalRecord.fetchOne(
            unit.db, sql: "SELECT * FROM proposal WHERE number = ? AND version = ?", arguments: [number.text, version])
    }

    /// - Parameter request: counts all questions about the complaint.
    func informationRequest(_ request: Int) throws -> InformationRequestRecord? {
        try InformationRequestRecord.fetchOne(
            unit.db, sql: "SELECT * FROM informationRequest WHERE number = ? AND request = ?",
            arguments: [number.text, request])
    }

    /// Adds a department's question. Returns false when it is known already.
    func add(_ question: InformationRequested, at now: Date) throws -> Bool {
        try unit.db.execute(
            sql: """
                INSERT INTO informationRequest
                    (number, request, department, departmentRequest, question, askedAt)
                SELECT ?1, 1 + (SELECT COUNT(*) FROM informationRequest WHERE number = ?1), ?2, ?3, ?4, ?5
                WHERE NOT EXISTS (
                    SELECT 1 FROM informationRequest WHERE number = ?1 AND department = ?2 AND departmentRequest = ?3)
                """,
            arguments: [number.text, question.department.text, question.request, question.question, now])
        return unit.db.changesCount > 0
    }

    private func courses() throws -> [Int: ProposalCourse] {
        let records = try ProposalRecord.fetchAll(
            unit.db, sql: "SELECT * FROM proposal WHERE number = ?", arguments: [number.text])
        return Dictionary(records.map { ($0.version, $0.course) }) { first, _ in first }
    }
}

/// Nobody here has heard of the complaint.
struct UnknownComplaint: Error, Hashable {
    let number: TicketNumber
}
