import Contracts
import Foundation
import Procedure

/// What ids are called, by the policy packs. An id that none of them knows stands for itself.
struct Titles: Sendable {
    var channels: [String: LocalizedText] = [:]
    var categories: [String: LocalizedText] = [:]
    var departments: [String: LocalizedText] = [:]
    var severities: [Severity: LocalizedText] = [:]
    /// The clocks of the pack in its order.
    var clocks: [(id: String, title: LocalizedText)] = []

    /// What stands where a complaint has no category, department or severity yet.
    static let none = LocalizedText(zhHans: "未定", en: "not set")

    func channel(_ id: String) -> LocalizedText { channels[id] ?? Self.id(id) }
    func category(_ id: String?) -> LocalizedText { id.map { categories[$0] ?? Self.id($0) } ?? Self.none }
    func department(_ id: DepartmentID?) -> LocalizedText {
        id.map { departments[$0.text] ?? Self.id($0.text) } ?? Self.none
    }
    func severity(_ severity: Severity?) -> LocalizedText {
        severity.map { severities[$0] ?? Self.severities[$0] ?? Self.id($0.rawValue) } ?? Self.none
    }

    private static let severities: [Severity: LocalizedText] = [
        .general: LocalizedText(zhHans: "一般", en: "general"),
        .important: LocalizedText(zhHans: "重要", en: "important"),
        .major: LocalizedText(zhHans: "重大", en: "major"),
    ]

    private static func id(_ id: String) -> LocalizedText { LocalizedText(zhHans: id, en: id) }

    /// Everything that a pack names.
    init(_ pack: PolicyPack) {
        channels = Dictionary(pack.channels.map { ($0.id, $0.title) }) { first, _ in first }
        categories = Dictionary(pack.categories.map { ($0.id, $0.title) }) { first, _ in first }
        departments = Dictionary(pack.departments.map { ($0.id.text, $0.title) }) { first, _ in first }
        clocks = pack.clocks.map { ($0.id, $0.title) }
        severities = Dictionary(pack.severities.map { ($0.severity, $0.title) }) { first, _ in first }
    }

    /// Everything that some packs name, by the words of the last that does.
    init(_ packs: [PolicyPack]) {
        for titles in packs.map(Titles.init) {
            channels.merge(titles.channels) { $1 }
            categories.merge(titles.categories) { $1 }
            departments.merge(titles.departments) { $1 }
            severities.merge(titles.severities) { $1 }
        }
    }

    init() {}

    static func outcome(_ outcome: ClosingOutcome) -> LocalizedText {
        switch outcome {
        case .satisfied: LocalizedText(zhHans: "客户满意", en: "customer satisfied")
        case .explained: LocalizedText(zhHans: "不成立，已说明", en: "not upheld, explained")
        case .answered: LocalizedText(zhHans: "已答复", en: "answered")
        case .settledAtFirstContact: LocalizedText(zhHans: "当场解决", en: "settled at first contact")
        case .ruled: LocalizedText(zhHans: "裁定办结", en: "closed by ruling")
        case .unreachable: LocalizedText(zhHans: "客户联系不上", en: "customer unreachable")
        }
    }
}
