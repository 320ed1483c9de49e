import Contracts
import Foundation

/// One organisation's procedure for complaints as data, checked when it was loaded (see `PolicyPack.load`).
///
/// The flow is the same for everybody and is code; channels, categories, grading, departments, limits of authority and
/// clocks differ and are here. Every decision that a pack takes carries its explanation.
package struct PolicyPack: Sendable, Hashable {
    package var stamp: PolicyStamp
    package var title: LocalizedText
    package var calendar: WorkingCalendar
    /// ISO 4217, for example `CNY`; every amount of money is in it.
    package var currency: String
    package var channels: [Channel]
    /// Every category, those that lie within others right after them.
    package var categories: [Category]
    /// The category of what no other recognises; one of `categories`.
    package var otherCategory: Category
    package var severities: [SeverityTitle]
    package var judgement: JudgementRules
    /// In order: the first that is met decides. The last has no condition.
    package var grading: [GradingRule]
    package var departments: [Department]
    /// Whom complaints are raised to that is no department of the pack, for example management.
    package var escalations: [EscalationTarget]
    package var assignment: AssignmentRules
    package var authority: [Severity: Authority]
    package var clocks: [Clock]
    package var consent: ConsentTerms
    package var callback: CallbackTerms
    package var returns: ReturnTerms
    package var rework: ReworkTerms

    /// The document that the pack carries out, as it calls itself.
    package var document: LocalizedText?
    package var products: [Product] = []
    package var outside: [OutsideParty] = []
    package var emergency: EmergencyProcedure?
    /// Absent: heads approve what `authority` says, and nobody above them.
    package var approvals: Approvals?
    package var groups: [GroupRule] = []
    package var raising: [RaisingRule] = []
    package var warnings: WarningTerms?
    package var enquiries: EnquiryTerms?
    package var firstContact: FirstContactTerms?
    package var upstream: [UpstreamRule] = []
    package var updates: UpdateTerms?
    package var publication: PublicationTerms?
    package var cases: [CaseRule] = []
    package var reports: [ReportRule] = []
    package var assessment: Assessment?
    package var improvement: ImprovementTerms?
    package var supervision: SupervisionTerms?
    package var surveys: [SurveyRule] = []
    package var suggestions: SuggestionTerms?
    package var privacy: PrivacyTerms?
    package var retention: RetentionTerms?
    /// What the document calls the form on which a complaint is kept (投诉处理单).
    package var ticket: LocalizedText?
    /// What people are called in the document's words, by role or sign-in name: `caller`, `quality.head`.
    package var people: [String: LocalizedText] = [:]
    /// What the document calls what happens, by `noun.verb`, where it has words of its own: 反馈传达 for `case.assigned`.
    package var words: [String: LocalizedText] = [:]
    package var steps: [ProcedureStep] = []
    /// The places of what the document leaves open and the pack's author chose, such as `clocks.answer.within`.
    package var chosen: [String] = []

    /// Every marker (`flags`) that a condition of the pack asks for.
    package var markers: Set<String> = []

    /// The time zone of days and of working hours.
    package var timeZone: TimeZone { calendar.timeZone }

    package func channel(_ id: String) -> Channel? { channels.first { $0.id == id } }
    package func category(_ id: String) -> Category? { categories.first { $0.id == id } }
    package func department(_ id: DepartmentID) -> Department? { departments.first { $0.id == id } }
    package func clock(_ id: String) -> Clock? { clocks.first { $0.id == id } }

    /// The category and those it lies within, the nearest first; empty for an unknown id.
    package func lineage(of id: String?) -> [Category] {
        var lineage: [Category] = []
        var next = id
        while let id = next, let category = category(id), lineage.count < categories.count {
            lineage.append(category)
            next = category.parent
        }
        return lineage
    }

    /// What a department, an escalation target or a party outside is called.
    package func title(ofRecipient id: String) -> LocalizedText? {
        departments.first { $0.id.text == id }?.title ?? escalations.first { $0.id == id }?.title
            ?? outside.first { $0.id == id }?.title
    }

    /// True when the document does not say what stands at a place, or around it, and the pack's author chose it.
    package func isChosen(_ place: String) -> Bool {
        chosen.contains { place == $0 || place.hasPrefix($0 + ".") }
    }

    /// A severity's title, 一般 / 重要 / 重大 unless the pack says otherwise.
    package func title(of severity: Severity) -> LocalizedText {
        severities.first { $0.severity == severity }?.title
            ?? LocalizedText(zhHans: severity.rawValue, en: severity.rawValue)
    }
}
