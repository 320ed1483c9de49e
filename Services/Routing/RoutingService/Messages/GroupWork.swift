import Contracts
import Foundation
import Persistence
import Procedure

extension CaseWork {
    /// Has the others of a group follow when the leading complaint is given to a department; a lead that ends by itself
    /// passes on to the next.
    func followGroup(
        _ record: ComplaintRecord, was earlier: ComplaintRecord, _ happening: Happening,
        because cause: Envelope? = nil, in unit: UnitOfWork
    ) throws {
        guard let lead = record.groupLead, lead == record.number else { return }
        switch record.file.state {
        case .withdrawn, .merged: try passLead(from: record, in: unit)
        case .handling(let handling) where record.file.assignments > earlier.file.assignments:
            let members = try GroupTable.members(under: lead, in: unit.db)
            try announce(members.map(\.number), lead: lead, by: happening.by, to: handling.lead, in: unit)
            for member in members where member.number != lead {
                try follow(handling, lead: record, member, because: cause, in: unit)
            }
        case .handling, .settled, .awaitingJudgement, .awaitingAnswer, .answered, .explaining, .awaitingAssignment,
            .closed:
            break
        }
    }

    /// Gives a member to the department that handles the lead; the same person is responsible.
    func follow(
        _ handling: Handling, lead: ComplaintRecord, _ member: ComplaintRecord, because cause: Envelope? = nil,
        in unit: UnitOfWork
    ) throws {
        var member = member
        for event in GroupRules.following(handling, member.file.state) {
            let words = LocalizedText(
                zhHans: "群诉，随 \(lead.number) 一并办理", en: "Handled together with \(lead.number)")
            let happening = Happening(
                atDesk: event, at: unit.now, by: .system(pack.stamp.description),
                detail: words.text(for: member.complaint.language), words: words)
            member = try apply(happening, to: member, because: cause, in: unit) { record, _ in
                if record.severity == nil { record.classify(by: pack, course: try course(of: record, in: unit.db)) }
                record.owner = lead.owner
                record.explanations.removeAll { $0.rule == "desk.group" }
                record.explanations.append(
                    Explanation(rule: "desk.group", text: words, facts: ["lead": lead.number.text]))
            }
        }
    }

    private func passLead(from record: ComplaintRecord, in unit: UnitOfWork) throws {
        let members = try GroupTable.members(under: record.number, in: unit.db)
        guard let next = members.first(where: { $0.number != record.number && !$0.file.state.isEnded }) else { return }
        try GroupTable.pass(from: record.number, to: next.number, in: unit.db)
        try announce(
            members.map(\.number), lead: next.number, by: .system(pack.stamp.description), to: next.handling?.lead,
            in: unit)
    }

    /// Tells everybody of each member that they are handled together.
    ///
    /// - Parameter department: handles them; nil while none does.
    func announce(
        _ members: [TicketNumber], lead: TicketNumber, by: Actor, to department: DepartmentID?, in unit: UnitOfWork
    ) throws {
        for number in members {
            try unit.send(
                ComplaintGrouped(group: lead.text, members: members, by: by, department: department), about: number)
            try noteDuty("complaint.grouped", lead.text, number, by: by, in: unit)
        }
    }
}

extension TriageDesk {
    /// Handles several complaints together under one (群诉, S16).
    ///
    /// - Throws: `GroupRules.Rejection`, `DeskRefusal`.
    func group(
        _ lead: TicketNumber, with numbers: [TicketNumber], reason: String, by name: String
    ) async throws -> ComplaintRecord {
        try await store.database.write { [work] unit in
            guard let record = try ComplaintTable.find(lead, in: unit.db) else { throw DeskRefusal.unknownComplaint }
            let others = try numbers.map { number in
                guard let other = try ComplaintTable.find(number, in: unit.db) else {
                    throw DeskRefusal.unknownMember(number)
                }
                return other
            }
            let added = try GroupRules.members(of: record, adding: others)
            for number in [lead] + added.map(\.number) { try GroupTable.join(number, under: lead, in: unit.db) }
            try work.noteDuty("group.reason", reason, lead, by: .staff(name), in: unit)
            let grown = try work.following(record.policy).regrade(lead, by: .staff(name), in: unit)
            // Whoever is given the lead anew is told of the group, and gets the others, with that.
            guard grown.file.assignments == record.file.assignments else { return grown }
            let members = try GroupTable.members(under: lead, in: unit.db).map(\.number)
            try work.announce(members, lead: lead, by: .staff(name), to: record.handling?.lead, in: unit)
            if let handling = grown.handling {
                for member in added {
                    guard let member = try ComplaintTable.find(member.number, in: unit.db) else { continue }
                    try work.follow(handling, lead: grown, member, in: unit)
                }
            }
            try work.followDuties(grown, in: unit)
            return grown
        }
    }
}

extension CaseWork {
    /// Grades a complaint again after it has grown: it becomes graver, never less grave than a person or the pack said.
    /// Departments that hold it get it anew, because authority, group and times go by the severity.
    func regrade(_ number: TicketNumber, by actor: Actor, in unit: UnitOfWork) throws -> ComplaintRecord {
        guard let record = try ComplaintTable.find(number, in: unit.db) else { throw DeskRefusal.unknownComplaint }
        guard let severity = record.severity else { return record }
        let grading = pack.grade(
            record.complaint, category: record.category, course: try course(of: record, in: unit.db))
        guard grading.severity > severity else { return record }
        var regraded = record.regraded(grading)
        guard let handling = record.handling else {
            regraded.noteRestriction(by: pack)
            try ComplaintTable.update(regraded, from: record.state, in: unit.db)
            return regraded
        }
        let words = words(grading.severity)
        let happening = Happening(
            atDesk: .regraded(assisting: assisting(regraded, handling, at: unit.now)), at: unit.now, by: actor,
            detail: words.text(for: record.complaint.language), words: words)
        return try apply(happening, to: record, in: unit) { changed, _ in changed = changed.regraded(grading) }
    }

    /// Who assists already, and whom the pack wants besides for the new severity.
    private func assisting(_ record: ComplaintRecord, _ handling: Handling, at now: Date) -> [DepartmentID] {
        let proposal = pack.assign(
            record.complaint, number: record.number, category: record.category ?? "",
            severity: record.severity ?? .general, at: now)
        let wanted = proposal.map { [$0.department] + $0.assisting } ?? []
        return (handling.assisting + wanted).reduce(into: []) { departments, id in
            if id != handling.lead, !departments.contains(id) { departments.append(id) }
        }
    }

    private func words(_ severity: Severity) -> LocalizedText {
        let title = pack.title(of: severity)
        return LocalizedText(
            zhHans: "群诉，级别升为「\(title.zhHans)」，按新级别重新交办",
            en: "Graver as a group (\(title.en)): handled anew as that severity has it")
    }
}

extension ComplaintRecord {
    /// As it is graded now, with the reason.
    fileprivate func regraded(_ grading: Grading) -> ComplaintRecord {
        var record = self
        (record.severity, record.urgency, record.importance) = (grading.severity, grading.urgency, grading.importance)
        record.explanations.append(grading.explanation)
        return record
    }
}
