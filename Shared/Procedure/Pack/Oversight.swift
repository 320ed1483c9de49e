import Contracts

/// Who watches over the handling, and how (监督). Rules W10, W20, S16.
package struct SupervisionTerms: Sendable, Hashable {
    /// The members of the supervision group, in words.
    package var group: LocalizedText
    /// Sign-in names of who inspects.
    package var inspectors: [String]
    /// Share of a period's complaints that is sampled, in percent.
    package var samplePercent: Int
    package var every: Period
    /// For answering a rectification notice (整改通知).
    package var rectifyWithin: Allowance
    /// Complaints that headquarters or management follow from the start, above all group complaints (群诉).
    package var followed: Followed?

    package struct Followed: Sendable, Hashable {
        package var when: Condition
        /// Departments, escalation targets or parties outside.
        package var by: [String]
    }
}

/// A survey of satisfaction (满意度调查). Rules S17, W23.
package struct SurveyRule: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    /// At least so often.
    package var every: Period
    /// Who is asked about, one survey each; for example the developer and the property company.
    package var subjects: [LocalizedText]
    /// True when a third party may run it.
    package var byThirdParty: Bool
}

/// Employees' suggestions about the handling itself (W19).
package struct SuggestionTerms: Sendable, Hashable {
    package var answerWithin: Allowance
    /// Who answers: a sign-in name.
    package var answeredBy: String
}

/// A step of the document, with its own number and words, for the printed ticket. The standing steps of an organisation,
/// such as statistics, belong to no event.
package struct ProcedureStep: Sendable, Hashable {
    /// As the document writes it: `2.3`.
    package var number: String
    package var title: LocalizedText
    /// Who carries it out, in the document's words.
    package var by: LocalizedText?
    /// The form (单据) on which the document has it kept.
    package var form: LocalizedText?
    /// What the ticket says there of an event that belongs to another step as well, such as an instruction that follows
    /// from the customer's consent; absent: what it says of the event everywhere.
    package var says: LocalizedText?
    /// The severities whose complaints take the step; empty: all, those not graded too.
    package var severities: Set<Severity> = []
    /// `noun.verb` of messages, `complaint.heard` or `complaint.archived`.
    package var events: [String]
    /// Places of the pack, such as `clocks.solution` or `raising.support`: what happens about them belongs to the step,
    /// unless its event belongs to steps by itself.
    package var about: [String] = []

    /// When the ticket is complete and only read (S15); no message says so.
    package static let archived = "complaint.archived"

    package init(number: String, title: LocalizedText, by: LocalizedText? = nil, events: [String]) {
        (self.number, self.title, self.by, self.events) = (number, title, by, events)
    }

    /// True for a step that belongs to no single complaint.
    package var isStanding: Bool { events.isEmpty && about.isEmpty }

    /// Whether a complaint of this severity takes the step.
    package func applies(to severity: Severity?) -> Bool {
        severities.isEmpty || severity.map(severities.contains) ?? false
    }

    /// Whether a place of the pack, or one around it, is among those that the step is about.
    package func isAbout(_ place: String) -> Bool { about.contains { place == $0 || place.hasPrefix($0 + ".") } }
}
