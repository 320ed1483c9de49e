import Contracts

/// What happened to a complaint until now, as far as conditions may ask about it. What is not known meets no bound.
package struct CourseSoFar: Hashable, Sendable {
    /// How many complaints are handled together with this one, itself included (群诉).
    package var groupSize: Int?
    /// How many complaints the same customer brought before.
    package var earlier: Int?
    /// How often a department gave it back (退单).
    package var returns: Int?
    /// How many solutions the customer declined.
    package var declines: Int?
    /// How often it was handled again (返工).
    package var reworks: Int?
    /// How many clocks were missed.
    package var missed: Int?
    /// The compensation of the solution in force.
    package var compensation: Money?
    /// The last callback's answer, 1–5.
    package var satisfaction: Int?
    /// How it ended; absent while it is open.
    package var outcome: ClosingOutcome?

    package init(
        groupSize: Int? = nil, earlier: Int? = nil, returns: Int? = nil, declines: Int? = nil, reworks: Int? = nil,
        missed: Int? = nil, compensation: Money? = nil, satisfaction: Int? = nil, outcome: ClosingOutcome? = nil
    ) {
        self.groupSize = groupSize
        self.earlier = earlier
        self.returns = returns
        self.declines = declines
        self.reworks = reworks
        self.missed = missed
        self.compensation = compensation
        self.satisfaction = satisfaction
        self.outcome = outcome
    }
}

/// A complaint with what was decided about it: what the decisions after grading are taken on.
package struct GradedComplaint: Sendable {
    package var complaint: Complaint
    /// A category's id in the pack.
    package var category: String?
    package var severity: Severity
    package var urgency: Urgency
    package var importance: Importance
    package var course: CourseSoFar

    package init(
        _ complaint: Complaint, category: String?, severity: Severity, urgency: Urgency, importance: Importance,
        course: CourseSoFar = CourseSoFar()
    ) {
        self.complaint = complaint
        self.category = category
        self.severity = severity
        self.urgency = urgency
        self.importance = importance
        self.course = course
    }
}

extension PolicyPack {
    /// The facts of a complaint, with the pack's words for them.
    func facts(
        _ complaint: Complaint, category: String? = nil, severity: Severity? = nil, urgency: Urgency? = nil,
        importance: Importance? = nil, course: CourseSoFar = CourseSoFar()
    ) -> ComplaintFacts {
        ComplaintFacts(
            complaint, categories: lineage(of: category).map(\.id), severity: severity, urgency: urgency,
            importance: importance, course: course
        ) { field, value in
            switch field {
            case .channel: channel(value)?.title
            case .category: self.category(value)?.title
            case .severity: Severity(rawValue: value).map(title(of:))
            default: nil
            }
        }
    }

    func facts(_ graded: GradedComplaint) -> ComplaintFacts {
        facts(
            graded.complaint, category: graded.category, severity: graded.severity, urgency: graded.urgency,
            importance: graded.importance, course: graded.course)
    }

    /// The complaint with a severity that was decided, by the pack or by a person; urgency and importance are the pack's
    /// unless they are given.
    package func graded(
        _ complaint: Complaint, category: String?, severity: Severity, urgency: Urgency? = nil,
        importance: Importance? = nil, course: CourseSoFar = CourseSoFar()
    ) -> GradedComplaint {
        let own = grade(complaint, category: category, course: course)
        return GradedComplaint(
            complaint, category: category, severity: severity, urgency: urgency ?? own.urgency,
            importance: importance ?? (severity == own.severity ? own.importance : Importance(of: severity)),
            course: course)
    }
}
