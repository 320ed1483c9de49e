import Contracts
import Foundation

/// One complaint as one department works on it (责任部门的工单): what it was given, how far it is, and what it found.
///
/// Everything that may happen to it is decided in `WorkOrder+Commands.swift` (what people do) and
/// `WorkOrder+Notices.swift` (what other services say).
package struct WorkOrder: Hashable, Sendable {
    package let number: TicketNumber
    /// The assignment that is worked on: the newest that was heard of.
    package var assignment: CaseAssigned
    package var assignedAt: Date
    package var stage: WorkStage
    /// 1 at first, and one more for each rework (K15).
    package var round: Int
    /// Counts up over all assignments of the complaint: a version is never used twice.
    package var nextVersion: Int
    /// What people will call the next solution: counts up over all assignments of the complaint and leaves none out.
    package var nextNumber: Int
    package var acknowledgedAt: Date?
    /// What this round's investigation sets out to find; rework begins without.
    package var plan: InvestigationPlan?
    /// What was collected, in all rounds.
    package var evidence: [CollectedEvidence] = []
    /// What was found in this round; rework begins without.
    package var investigation: Investigation?
    /// Why it is worked on again, in the customer's words.
    package var reworkReason: String?
    /// What the customer was asked, numbered from 1 in order; they go on over all assignments.
    package var questions: [CustomerQuestion]
    /// For the lead: one for each assisting department.
    package var opinions: [Opinion]
    /// Who has to take part in the handling group; for an assisting department its own head alone (K08).
    package var participants: [Participant] = []
    /// For an assisting department: what the lead wants to know in particular.
    package var opinionQuestion: String?
    package var latestProgress: Progress?
    /// What the customer needs now, where that has changed since the record was taken (W08).
    package var changedNeeds: String?
    /// How often it was urged (督办) in this assignment.
    package var urgings: Int
    /// The level to which it was raised, if it was.
    package var escalation: String?
    /// The clock because of which it was raised; nil when that was for another reason.
    package var escalationClock: String?
    /// 1 to 5, once the customer has said so (W09).
    package var satisfaction: Int?
    /// What starts and stops its clocks.
    package var clocks = ClockNews()

    package var role: CaseRole { assignment.role }
    package var department: DepartmentID { assignment.department }
    package var state: WorkState { stage.state }

    /// True while the customer owes an answer: clocks that count such pauses stand still (W18). It blocks no step.
    package var isWaitingForCustomer: Bool { state.isOpen && questions.contains { $0.answer == nil } }

    /// Assisting departments whose opinion is not there yet. Where the group owes none, only those that were asked.
    package var missingOpinions: [DepartmentID] {
        let isOwed = assignment.group?.opinionsOwed ?? true
        return opinions.filter { $0.text == nil && (isOwed || $0.question != nil) }.map(\.department)
    }
}

/// What an investigation found. Rules M11–M13.
package struct Investigation: Hashable, Sendable {
    package struct Findings: Hashable, Sendable {
        package var findings: String
        package var directCause: String
        package var rootCause: String
        package var responsibility: String
        /// The verification on site, where there was one (K09).
        package var siteVisit: SiteVisit?

        package init(
            findings: String, directCause: String, rootCause: String, responsibility: String,
            siteVisit: SiteVisit? = nil
        ) {
            self.findings = findings
            self.directCause = directCause
            self.rootCause = rootCause
            self.responsibility = responsibility
            self.siteVisit = siteVisit
        }
    }

    package var found: Findings
    package var by: Actor
    package var at: Date
}

/// A solution as its drafter writes it, before it has a version. Rules M14, M16.
package struct SolutionDraft: Hashable, Sendable {
    package var measures: String
    package var compensation: Money?
    package var completionDue: Date
    package var grounds: String
    /// What it does for the customer; nil when the drafter does not say.
    package var remedies: [Remedy]?

    package init(
        measures: String, compensation: Money? = nil, completionDue: Date, grounds: String, remedies: [Remedy]? = nil
    ) {
        self.remedies = remedies
        self.measures = measures
        self.compensation = compensation
        self.completionDue = completionDue
        self.grounds = grounds
    }

    /// True when the solution says the same: a form that was sent twice.
    func says(_ solution: Solution) -> Bool {
        measures == solution.measures && compensation == solution.compensation
            && completionDue == solution.completionDue && grounds == solution.grounds
            && (remedies ?? []) == (solution.remedies ?? [])
    }
}

/// That a solution was carried out. Rule K13.
package struct Implementation: Hashable, Sendable {
    package var outcome: String
    package var completedAt: Date
    package var by: Actor
}

/// Something the customer was asked for. Rule W18.
package struct CustomerQuestion: Hashable, Sendable {
    package var request: Int
    package var question: String
    package var by: Actor
    package var askedAt: Date
    package var answer: String?
    package var answeredAt: Date?
}

/// The opinion that an assisting department owes the lead, and gives. Rules K09, S06.
package struct Opinion: Hashable, Sendable {
    package var department: DepartmentID
    /// What the lead wants to know in particular.
    package var question: String?
    package var text: String?
    package var by: Actor?
    package var givenAt: Date?
}

/// What was done since, for the customer and the record. Rules W07, W17.
package struct Progress: Hashable, Sendable {
    package var note: String
    package var expectedBy: Date?
    package var by: Actor
}
