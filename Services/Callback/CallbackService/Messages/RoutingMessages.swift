import Contracts
import GRDB
import Messaging
import Persistence

/// How Routing judged and whom it assigned.
extension CallbackSubscriptions {
    func accepted(_ unit: UnitOfWork, _ message: Message<ComplaintAccepted>) throws -> Outcome {
        var keeper = try keeper(unit, message.envelope)
        let payload = message.payload
        try keeper.follow(payload.policy)
        let note = keeper.entry(
            .accepted, at: message.envelope.time, facts: .title("category", payload.categoryTitle), by: payload.by)
        if payload.round > keeper.record.judgementRound {
            keeper.record.category = payload.categoryTitle
            keeper.record.severity = payload.severity
            try keeper.restrict(category: payload.category, severity: payload.severity)
        }
        try take(.accepted(round: payload.round), &keeper, because: message.envelope, noting: [note])
        return .handled
    }

    func rejected(_ unit: UnitOfWork, _ message: Message<ComplaintRejected>) throws -> Outcome {
        var keeper = try keeper(unit, message.envelope)
        let payload = message.payload
        try keeper.follow(payload.policy)
        let note = keeper.entry(.explained, at: message.envelope.time, by: payload.by)
        try ExplanationRecord(
            number: keeper.number.text, round: payload.round, reason: payload.reason, givenAt: unit.now
        ).insert(unit.db, onConflict: .ignore)
        try take(.rejected(round: payload.round), &keeper, because: message.envelope, noting: [note])
        return .handled
    }

    /// Several complaints are handled together (群诉, S16): the leading one is not said to be closed before the others.
    func grouped(_ unit: UnitOfWork, _ message: Message<ComplaintGrouped>) throws -> Outcome {
        let number = try subject(of: message.envelope)
        guard let lead = TicketNumber(message.payload.group) else {
            throw HandlingInterruption.rejected("the group names no complaint", place: ComplaintGrouped.type.name)
        }
        guard try TogetherTable.lead(of: number, in: unit.db) != lead else { return .duplicate }
        try TogetherTable.put(number, under: lead, in: unit.db)
        return .handled
    }

    func answered(_ unit: UnitOfWork, _ message: Message<ComplaintAnswered>) throws -> Outcome {
        var keeper = try keeper(unit, message.envelope)
        let payload = message.payload
        try keeper.follow(payload.policy)
        let note = keeper.entry(
            .answered, at: message.envelope.time, facts: ["answer": payload.answer], by: payload.by)
        try take(.answered(by: payload.by), &keeper, because: message.envelope, noting: [note])
        return .handled
    }

    func merged(_ unit: UnitOfWork, _ message: Message<ComplaintMerged>) throws -> Outcome {
        var keeper = try keeper(unit, message.envelope)
        let payload = message.payload
        let note = keeper.entry(
            .merged, at: message.envelope.time, facts: ["into": payload.into.text], by: payload.by)
        try take(.merged(into: payload.into), &keeper, because: message.envelope, noting: [note])
        try keeper.releaseHeld(because: message.envelope)
        return .handled
    }

    /// Only the lead department's assignment says where the complaint stands; assisting departments owe an opinion.
    func assigned(_ unit: UnitOfWork, _ message: Message<CaseAssigned>) throws -> Outcome {
        let payload = message.payload
        guard payload.role == .lead else { return .handled }
        var keeper = try keeper(unit, message.envelope)
        try keeper.follow(payload.policy)
        if payload.assignment > keeper.record.assignment {
            keeper.record.leadTitle = payload.departmentTitle
            keeper.record.category = payload.categoryTitle
            keeper.record.severity = payload.severity
            try keeper.restrict(category: payload.category, severity: payload.severity)
        }
        let note = keeper.entry(
            .assigned, at: message.envelope.time, facts: .title("department", payload.departmentTitle), by: payload.by)
        let assignment = Assignment(
            number: payload.assignment, lead: payload.department, nextSolutionVersion: payload.nextSolutionVersion,
            round: payload.round)
        try take(.assigned(assignment), &keeper, because: message.envelope, noting: [note])
        return .handled
    }
}

extension [String: String] {
    /// A title in both languages, as two facts.
    static func title(_ name: String, _ title: LocalizedText) -> [String: String] {
        ["\(name).zh-Hans": title.zhHans, "\(name).en": title.en]
    }
}
