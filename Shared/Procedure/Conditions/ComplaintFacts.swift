import Contracts

/// What is known of a complaint when a decision is taken: the record, and what was decided before.
package struct ComplaintFacts: Sendable {
    package let complaint: Complaint
    /// The category and those it lies within, the nearest first; empty while there is none.
    package let categories: [String]
    package let severity: Severity?
    package let urgency: Urgency?
    package let importance: Importance?
    /// What happened since, as far as it did.
    package let course: CourseSoFar
    /// The pack's titles of channels, categories and severities, for explanations.
    private let titles: ChoiceTitles
    private let searchTexts: [FactField: SearchText]

    package init(
        _ complaint: Complaint, categories: [String] = [], severity: Severity? = nil, urgency: Urgency? = nil,
        importance: Importance? = nil, course: CourseSoFar = CourseSoFar(),
        titles: @escaping ChoiceTitles = { _, _ in nil }
    ) {
        self.titles = titles
        self.complaint = complaint
        self.categories = categories
        self.severity = severity
        self.urgency = urgency
        self.importance = importance
        self.course = course
        let fields: [FactField] = [.words, .reason, .narrative, .request, .product]
        searchTexts = Dictionary(
            uniqueKeysWithValues: fields.map { ($0, SearchText(Self.text(of: $0, in: complaint) ?? "")) })
    }

    /// A choice in words: `投诉`, `Complaint`; the code itself where there are none.
    func title(_ field: FactField, _ value: String) -> LocalizedText {
        let known: LocalizedText? =
            switch field {
            case .kind: ComplaintKind(rawValue: value)?.title
            case .urgency: Urgency(rawValue: value)?.title
            case .importance: Importance(rawValue: value)?.title
            case .outcome: ClosingOutcome(rawValue: value)?.title
            case .language: LanguageWords.titles[value]
            default: nil
            }
        return known ?? titles(field, value) ?? LocalizedText(zhHans: value, en: value)
    }

    /// A value of a choice; several for a category that lies within others.
    func choices(_ field: FactField) -> [String] {
        switch field {
        case .kind: [complaint.kind.rawValue]
        case .channel: [complaint.channel]
        case .language: [complaint.language]
        case .category: categories
        case .severity: severity.map { [$0.rawValue] } ?? []
        case .urgency: urgency.map { [$0.rawValue] } ?? []
        case .importance: importance.map { [$0.rawValue] } ?? []
        case .outcome: course.outcome.map { [$0.rawValue] } ?? []
        default: []
        }
    }

    /// Money in hundredths, or a count; nil when not known.
    func number(_ field: FactField) -> Int? {
        switch field {
        case .amount: complaint.amount?.hundredths
        case .compensation: course.compensation?.hundredths
        case .affected: complaint.affected
        case .evidence: complaint.evidence.count
        case .groupSize: course.groupSize
        case .earlier: course.earlier
        case .returns: course.returns
        case .declines: course.declines
        case .reworks: course.reworks
        case .missed: course.missed
        case .satisfaction: course.satisfaction
        default: nil
        }
    }

    func truth(_ field: FactField) -> Bool {
        switch field {
        case .confirmed: complaint.confirmed
        case .contact:
            [complaint.complainant.phone, complaint.complainant.email, complaint.complainant.address]
                .contains { !($0 ?? "").isEmpty }
        default: false
        }
    }

    func text(_ field: FactField) -> String? { Self.text(of: field, in: complaint) }

    func searchText(_ field: FactField) -> SearchText { searchTexts[field] ?? SearchText(text(field) ?? "") }

    /// The value as an explanation shows it; customer's text is not repeated there.
    func shown(_ field: FactField) -> String {
        switch field.nature {
        case .choice: choices(field).first ?? "—"
        case .money: (field == .amount ? complaint.amount : course.compensation)?.text ?? "—"
        case .count: number(field).map(String.init) ?? "—"
        case .markers: complaint.flags.isEmpty ? "—" : complaint.flags.joined(separator: ", ")
        case .truth: truth(field) ? "✓" : "✗"
        case .text: (text(field) ?? "").isEmpty ? "—" : "…"
        }
    }

    private static func text(of field: FactField, in complaint: Complaint) -> String? {
        switch field {
        case .words:
            [complaint.reason, complaint.narrative, complaint.request, complaint.about.product]
                .compactMap { $0 }.joined(separator: "\n")
        case .reason: complaint.reason
        case .narrative: complaint.narrative
        case .request: complaint.request
        case .product: complaint.about.product
        case .orderNumber: complaint.about.orderNumber
        case .recordedBy: complaint.recordedBy
        default: nil
        }
    }
}

/// The words for a choice's code in the pack; nil when there are none.
package typealias ChoiceTitles = @Sendable (FactField, String) -> LocalizedText?
