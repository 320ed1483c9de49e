import Contracts
import Foundation

/// Follows a complaint's course for what it asks of whom just now. It goes by the same news as the departments' own pages,
/// over all departments, so that people find what waits for them wherever it is.
struct DutyCourse: Sendable {
    /// What one department was given, and since when.
    private struct Given {
        var assignment: CaseAssigned
        var at: Date
        /// When the opinion was asked for in particular; the assignment alone asks for it where the group owes opinions.
        var askedAt: Date?
        var hasAdvised = false

        /// For whose eyes the assignment is, also when it does not say so.
        var audience: Audience? { assignment.audience ?? .unsaid(assignment.complaint, in: assignment.department) }
    }

    /// The solution that waits, with the approvals that it still needs.
    private struct Draft {
        var solution: Solution
        var needs: [ApprovalRequest]
        var since: Date
    }

    /// What changes it.
    static let types: [MessageType] = [
        CaseAssigned.type, CaseReturned.type, CaseCancelled.type, OpinionRequested.type, OpinionGiven.type,
        CaseJoined.type, SolutionDrafted.type, SolutionEndorsed.type, SolutionApproved.type, SolutionRefused.type,
        SolutionProposed.type, ComplaintClosed.type, ComplaintWithdrawn.type, ComplaintMerged.type,
    ]

    private var lead: Given?
    private var assisting: [DepartmentID: Given] = [:]
    private var joined: Set<String> = []
    private var draft: Draft?
    private var isOver = false

    init(_ course: [RecordedEvent] = []) {
        for recorded in course.sorted(by: { $0.place < $1.place }) {
            follow(recorded.event, at: recorded.envelope.time)
        }
    }

    private mutating func follow(_ event: TicketEvent, at time: Date) {
        switch event {
        case .caseAssigned(let event): assigned(event, at: time)
        case .caseReturned(let event): take(from: event.department, event.assignment)
        case .caseCancelled(let event): take(from: event.department, event.assignment)
        case .opinionRequested(let event):
            assisting[event.department]?.askedAt = time
            assisting[event.department]?.hasAdvised = false
        case .opinionGiven(let event): assisting[event.department]?.hasAdvised = true
        case .caseJoined(let event): joined.formUnion([event.by.name].compactMap(\.self))
        case .solutionDrafted(let event): drafted(event, at: time)
        case .solutionEndorsed(let event):
            guard draft?.solution.version == event.version else { return }
            draft?.needs.removeAll { $0.level == event.approval.level }
            draft?.since = time
        case .solutionApproved(let event): decided(event.version)
        case .solutionRefused(let event): decided(event.version)
        case .solutionProposed(let event): decided(event.solution.version)
        case .complaintClosed, .complaintWithdrawn, .complaintMerged: isOver = true
        case .complaintReceived, .complaintSupplemented, .complaintChased, .complaintRejected, .complaintAccepted,
            .complaintAnswered, .complaintGrouped, .emergencyCalled, .emergencyAttended, .caseUrged, .caseEscalated,
            .dutyFulfilled, .partOrdered, .partArrived, .caseAcknowledged, .caseInvestigated, .caseProgressed,
            .solutionPresented, .informationRequested, .solutionCompleted, .solutionImplemented, .explanationAccepted,
            .explanationDisputed, .informationProvided, .solutionAccepted, .solutionDeclined, .solutionDisputed,
            .solutionExpired, .solutionRuled, .customerInformed, .customerUnreachable, .callbackCompleted,
            .customerSoothed, .reworkOrdered, .caseNominated, .casePublished, .caseDistributed, .caseRead,
            .measureAssigned, .rectificationOrdered,
            .rectificationAnswered, .rectificationReturned, .rectificationClosed, .deadlineApproaching,
            .deadlineMissed, .deadlineMoved:
            break
        }
    }

    private mutating func assigned(_ event: CaseAssigned, at time: Date) {
        let newest = max(lead?.assignment.assignment ?? 0, assisting.values.map(\.assignment.assignment).max() ?? 0)
        guard event.assignment >= newest else { return }
        if event.assignment > newest { (lead, assisting, draft) = (nil, [:], nil) }
        switch event.role {
        case .lead: lead = Given(assignment: event, at: time)
        case .assisting: assisting[event.department] = Given(assignment: event, at: time)
        }
    }

    /// What is about an earlier assignment is behind the one that stands.
    private mutating func take(from department: DepartmentID, _ assignment: Int) {
        if lead?.assignment.department == department, lead?.assignment.assignment == assignment {
            (lead, draft) = (nil, nil)
        }
        if assisting[department]?.assignment.assignment == assignment { assisting[department] = nil }
    }

    private mutating func drafted(_ event: SolutionDrafted, at time: Date) {
        guard let lead, lead.assignment.department == event.department,
            event.solution.version >= lead.assignment.nextSolutionVersion
        else { return }
        let head = ApprovalRequest(
            level: "head", title: LocalizedText(zhHans: "部门负责人", en: "Head of department"), approver: nil,
            signature: false)
        draft = Draft(solution: event.solution, needs: event.approvals ?? [head], since: time)
    }

    private mutating func decided(_ version: Int) {
        if let draft, draft.solution.version <= version { self.draft = nil }
    }

    /// Everything that it asks for now.
    var duties: [PersonalDuty] {
        guard !isOver else { return [] }
        return approvals + opinions + participations + owners
    }

    private var approvals: [PersonalDuty] {
        guard let lead, let draft, let next = draft.needs.first else { return [] }
        let department = lead.assignment.department
        return [
            PersonalDuty(
                kind: .approval, person: next.approver ?? DutyKey.head(of: department), department: department,
                since: draft.since, title: next.title, drafter: draft.solution.draftedBy,
                audience: lead.audience)
        ]
    }

    private var opinions: [PersonalDuty] {
        assisting.values.compactMap { given in
            let isOwed = given.askedAt != nil || given.assignment.group?.opinionsOwed ?? true
            guard isOwed, !given.hasAdvised else { return nil }
            return PersonalDuty(
                kind: .opinion, person: DutyKey.staff(of: given.assignment.department),
                department: given.assignment.department, since: given.askedAt ?? given.at,
                audience: given.audience)
        }
    }

    /// A head confirms on their own department's page, everybody else on the lead's (K08).
    private var participations: [PersonalDuty] {
        guard let lead, let group = lead.assignment.group else { return [] }
        return Set(group.confirmations + group.management).subtracting(joined).map { person in
            let own = assisting.values.first {
                $0.assignment.head == person && group.confirmations.contains(person)
            }
            let given = own ?? lead
            return PersonalDuty(
                kind: .participation, person: person, department: given.assignment.department, since: given.at,
                audience: given.audience)
        }
    }

    private var owners: [PersonalDuty] {
        guard let lead, let owner = lead.assignment.owner, !owner.isEmpty else { return [] }
        return [
            PersonalDuty(
                kind: .owner, person: owner, department: lead.assignment.department, since: lead.at,
                audience: lead.audience)
        ]
    }
}
