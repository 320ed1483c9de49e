import Contracts
import Foundation
import Persistence
import Procedure

/// A judgement by a person (判定; K03, S02, S05).
struct JudgementOrder: Sendable {
    enum Verdict: String, Sendable, CaseIterable {
        case valid, invalid, enquiry
    }

    var verdict: Verdict
    /// For an invalid complaint the explanation, for an enquiry the answer: the customer reads it.
    var reason: String
    var category: String?
    var severity: Severity?
    var urgency: Urgency?
    var importance: Importance?
}

/// An assignment by a person (分派; K06, K08, S03).
struct AssignmentOrder: Sendable {
    var department: DepartmentID
    /// Nil: as the pack proposes.
    var assisting: [DepartmentID]?
    var owner: String?
    var severity: Severity?
    var category: String?
    var urgency: Urgency?
    var importance: Importance?
    var reason: String
}

/// Why the desk cannot do what it was asked to.
enum DeskRefusal: Error, Sendable {
    case unknownComplaint
    case notAllowed(RoutingRejection, StateName)
    /// The complaint that another is to be merged into is not known here.
    case unknownSurvivor
    /// A complaint that is to be handled together with another is not known here.
    case unknownMember(TicketNumber)
    /// The duty has been done, or is no longer owed.
    case dutyOver
    /// A written report (书面报告) was not written yet.
    case reportUnwritten
    /// The recipient's answer is on record already.
    case dutyAnswered
    case unknownDuty
    /// It is no early warning that waits to be soothed.
    case noOpenWarning
    /// A report whose reporter is protected is for this department alone.
    case protectedReport(LocalizedText)
    /// It does not wait for a part.
    case noPartsCase
    /// It has ended, so that nothing would go on under its number.
    case survivorEnded
    /// Another customer complains there, who would be told nothing of this one's handling.
    case survivorOfAnotherCustomer
}

/// What people do at the triage desk, each in one transaction.
struct TriageDesk: Sendable {
    let store: RoutingStore
    let work: CaseWork

    func judge(_ number: TicketNumber, _ order: JudgementOrder, by name: String) async throws -> ComplaintRecord {
        let event: RoutingEvent =
            switch order.verdict {
            case .valid: .judgedValid
            case .invalid: .judgedInvalid
            case .enquiry: .judgedEnquiry
            }
        return try await change(number) { [self] record, unit in
            let happening = Happening(atDesk: event, at: unit.now, by: .staff(name), detail: order.reason)
            return try work.apply(happening, to: record, in: unit) { record, pack in
                guard order.verdict == .valid else { return }
                record.explanations = [
                    Self.explanation("desk.judgement", "人工判定为有效", "Judged valid", name, order.reason, pack)
                ]
                record.classify(by: pack, course: try work.courseAtFirst(record, in: unit.db))
                record.reclassify(category: order.category, severity: order.severity, by: name, order.reason, pack)
                record.press(urgency: order.urgency, importance: order.importance, by: name, order.reason, pack)
            }
        }
    }

    /// - Parameter isSupervisor: only a supervisor may rule after too many returns.
    func assign(
        _ number: TicketNumber, _ order: AssignmentOrder, by name: String, isSupervisor: Bool
    ) async throws -> ComplaintRecord {
        try await change(number) { [self] record, unit in
            let assisting = order.assisting ?? proposedAssisting(record, order, at: unit.now)
            try Self.check(order.department, for: record, work.following(record.policy).pack)
            let event = RoutingEvent.assigned(
                lead: order.department, assisting: assisting, bySupervisor: isSupervisor)
            let happening = Happening(atDesk: event, at: unit.now, by: .staff(name), detail: order.reason)
            return try work.apply(happening, to: record, in: unit) { record, pack in
                record.reclassify(category: order.category, severity: order.severity, by: name, order.reason, pack)
                record.press(urgency: order.urgency, importance: order.importance, by: name, order.reason, pack)
                record.owner = record.unconcerned(
                    order.owner ?? pack.owner(in: order.department, for: number), pack.department(order.department))
                record.explanations.removeAll { $0.rule.hasPrefix("desk.assignment") }
                record.explanations.append(
                    Self.explanation("desk.assignment", "人工分派", "Assigned by hand", name, order.reason, pack))
            }
        }
    }

    /// A report of misconduct (W21) is for the department alone that the pack names.
    private static func check(_ department: DepartmentID, for record: ComplaintRecord, _ pack: PolicyPack) throws {
        guard record.complaint.protected != nil, let terms = pack.protection(of: record.complaint)?.terms,
            terms.department != department
        else { return }
        throw DeskRefusal.protectedReport(pack.title(of: terms.department))
    }

    func merge(
        _ number: TicketNumber, into survivor: TicketNumber, reason: String, by name: String
    ) async throws -> ComplaintRecord {
        try await change(number) { [self] record, unit in
            if number != survivor {
                guard let other = try ComplaintTable.find(survivor, in: unit.db) else {
                    throw DeskRefusal.unknownSurvivor
                }
                if other.file.state.isEnded { throw DeskRefusal.survivorEnded }
                if let mine = record.complaint.contactKey, let theirs = other.complaint.contactKey, mine != theirs {
                    throw DeskRefusal.survivorOfAnotherCustomer
                }
            } else {
                throw DeskRefusal.notAllowed(.mergeIntoItself, record.state)
            }
            let happening = Happening(
                atDesk: .mergedInto(survivor), at: unit.now, by: .staff(name), detail: reason)
            return try work.apply(happening, to: record, in: unit)
        }
    }

    /// 督办 (W10, S16). A button that is pressed twice urges once.
    func urge(_ number: TicketNumber, comment: String, by name: String) async throws -> ComplaintRecord {
        try await change(number) { [self] record, unit in
            let latest = try HistoryTable.latest("case.urged", of: number, in: unit.db)
            if let latest, latest.by == .staff(name), latest.detail == comment,
                unit.now.timeIntervalSince(latest.at) < Self.twice, !record.file.state.isEnded
            {
                return record
            }
            let happening = Happening(atDesk: .urged, at: unit.now, by: .staff(name), detail: comment)
            return try work.apply(happening, to: record, in: unit)
        }
    }

    /// The same person urging in the same words within so many seconds has pressed twice.
    private static let twice: TimeInterval = 30

    private func change(
        _ number: TicketNumber,
        _ change: @escaping @Sendable (ComplaintRecord, UnitOfWork) throws -> ComplaintRecord
    ) async throws -> ComplaintRecord {
        try await store.database.write { unit in
            guard let record = try ComplaintTable.find(number, in: unit.db) else { throw DeskRefusal.unknownComplaint }
            do {
                return try change(record, unit)
            } catch let rejection as RoutingRejection {
                throw DeskRefusal.notAllowed(rejection, record.state)
            }
        }
    }

    private func proposedAssisting(
        _ record: ComplaintRecord, _ order: AssignmentOrder, at now: Date
    ) -> [DepartmentID] {
        let pack = work.following(record.policy).pack
        let proposal = pack.assign(
            record.complaint, number: record.number, category: order.category ?? record.category ?? "",
            severity: order.severity ?? record.severity ?? .general, at: now)
        // Where the pack has a group and a person lets another department lead, the group's lead takes part.
        let lead = proposal.flatMap { $0.group == nil ? nil : $0.department }
        return ([lead].compactMap(\.self) + (proposal?.assisting ?? [])).filter { $0 != order.department }
    }

    /// - Parameter person: a sign-in name; it is told by the name that the pack gives it.
    static func explanation(
        _ rule: String, _ chinese: String, _ english: String, _ person: String, _ reason: String, _ pack: PolicyPack
    ) -> Explanation {
        let name = pack.people[person] ?? LocalizedText(same: person)
        return Explanation(
            rule: rule,
            text: LocalizedText(
                zhHans: "\(chinese)（\(name.zhHans)）：\(reason)", en: "\(english) by \(name.en): \(reason)"),
            facts: ["by": person])
    }
}

extension ComplaintRecord {
    /// Takes over what a person decided otherwise than the pack, and says so.
    mutating func reclassify(
        category newCategory: String?, severity newSeverity: Severity?, by name: String, _ reason: String,
        _ pack: PolicyPack
    ) {
        if let newCategory, newCategory != category {
            category = newCategory
            let title = pack.category(newCategory)?.title ?? LocalizedText(zhHans: newCategory, en: newCategory)
            explanations.append(
                TriageDesk.explanation(
                    "desk.category", "类别改为「\(title.zhHans)」", "Category set to “\(title.en)”", name, reason, pack))
        }
        if let newSeverity, newSeverity != severity {
            severity = newSeverity
            let title = pack.title(of: newSeverity)
            explanations.append(
                TriageDesk.explanation(
                    "desk.severity", "级别改为「\(title.zhHans)」", "Severity set to “\(title.en)”", name, reason, pack))
        }
        if severity == nil {
            let grading = pack.grade(complaint, category: category)
            severity = grading.severity
            urgency = grading.urgency
            importance = grading.importance
            explanations.append(grading.explanation)
        }
    }
}

extension ComplaintRecord {
    /// Takes over how pressing it is, and how much it matters, where a person says otherwise than the pack (W05).
    mutating func press(
        urgency newUrgency: Urgency?, importance newImportance: Importance?, by name: String, _ reason: String,
        _ pack: PolicyPack
    ) {
        if let newUrgency, newUrgency != urgency {
            urgency = newUrgency
            explanations.append(
                TriageDesk.explanation(
                    "desk.urgency", "紧急程度改为「\(newUrgency.title.zhHans)」", "Urgency set to “\(newUrgency.title.en)”",
                    name, reason, pack))
        }
        if let newImportance, newImportance != importance {
            importance = newImportance
            explanations.append(
                TriageDesk.explanation(
                    "desk.importance", "重要性改为「\(newImportance.title.zhHans)」",
                    "Importance set to “\(newImportance.title.en)”", name, reason, pack))
        }
    }

    /// Whoever is responsible, unless the report is about them (W21): then somebody else of the department, its head first.
    func unconcerned(_ owner: String, _ department: Department?) -> String {
        guard let concerned = complaint.protected?.concerned, concerned.contains(owner) else { return owner }
        let others = [department?.head].compactMap(\.self) + (department?.owners ?? [])
        return others.first { !concerned.contains($0) } ?? ""
    }
}
