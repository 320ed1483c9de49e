import Contracts

/// What is known of a complaint when a decision is taken: the record, and what was decided before.
package struct ComplaintFacts: Sendable {
    package let complaint: Complaint
    /// The category and those it lies within, the nearest first; empty while there is none.
    package let categories: [String]
    package let severity: Severity?
    /// The pack's titles of channels, categories and severities, for explanations.
    private let titles: ChoiceTitles
    private let searchTexts: [FactField: SearchText]

    package init(
        _ complaint: Complaint, categories: [String] = [], severity: Severity? = nil,
        titles: @escaping ChoiceTitles = { _, _ in nil }
    ) {
        self.titles = titles
        self.complaint = complaint
        self.categories = categories
        self.severity = severity
        let fields: [FactField] = [.words, .reason, .narrative, .request, .product]
        searchTexts = Dictionary(
            uniqueKeysWithValues: fields.map { ($0, SearchText(Self.text(of: $0, in: complaint) ?? "")) })
    }

    /// A choice in words: `投诉`, `Complaint`; the code itself where there are none.
    func title(_ field: FactField, _ value: String) -> LocalizedText {
        let kind = field == .kind ? ComplaintKind(rawValue: value)?.title : nil
        return kind ?? titles(field, value) ?? LocalizedText(zhHans: value, en: value)
    }

    /// A value of a choice; several for a category that lies within others.
    func choices(_ field: FactField) -> [String] {
        switch field {
        case .kind: [complaint.kind.rawValue]
        case .channel: [complaint.channel]
        case .language: [complaint.language]
        case .category: categories
        case .severity: severity.map { [$0.rawValue] } ?? []
        default: []
        }
    }

    /// Money in hundredths, or a count; nil when not known.
    func number(_ field: FactField) -> Int? {
        switch field {
        case .amount: complaint.amount?.hundredths
        case .affected: complaint.affected
        case .evidence: complaint.evidence.count
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
        case .money: complaint.amount?.text ?? "—"
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
        case .kind, .channel, .language, .category, .severity, .amount, .affected, .evidence, .flags, .confirmed,
            .contact:
            nil
        }
    }
}

/// The words for a choice's code in the pack; nil when there are none.
package typealias ChoiceTitles = @Sendable (FactField, String) -> LocalizedText?

extension ComplaintKind {
    var title: LocalizedText {
        switch self {
        case .complaint: LocalizedText(zhHans: "投诉", en: "complaint")
        case .enquiry: LocalizedText(zhHans: "咨询", en: "enquiry")
        case .suggestion: LocalizedText(zhHans: "建议", en: "suggestion")
        case .warning: LocalizedText(zhHans: "抱怨预警", en: "early warning")
        }
    }
}

extension PolicyPack {
    /// The facts of a complaint, with the pack's words for them.
    func facts(_ complaint: Complaint, category: String? = nil, severity: Severity? = nil) -> ComplaintFacts {
        ComplaintFacts(complaint, categories: lineage(of: category).map(\.id), severity: severity) { field, value in
            switch field {
            case .channel: channel(value)?.title
            case .category: self.category(value)?.title
            case .severity: Severity(rawValue: value).map(title(of:))
            default: nil
            }
        }
    }
}
