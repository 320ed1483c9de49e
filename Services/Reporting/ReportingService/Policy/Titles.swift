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
    /// Whom reports and cases are sent to beside departments.
    var recipients: [String: LocalizedText] = [:]
    /// By role or sign-in name.
    var people: [String: LocalizedText] = [:]
    /// What the document calls what happens, by `noun.verb`.
    var events: [String: LocalizedText] = [:]
    /// The pack in use, and what its document is called.
    var pack: (id: String, document: LocalizedText)?

    /// What stands where a complaint has no category, department or severity yet.
    static let none = LocalizedText(zhHans: "未定", en: "not set")

    func channel(_ id: String) -> LocalizedText { channels[id] ?? Self.id(id) }
    func category(_ id: String?) -> LocalizedText { id.map { categories[$0] ?? Self.id($0) } ?? Self.none }
    func department(_ id: DepartmentID?) -> LocalizedText {
        id.map { departments[$0.text] ?? Self.id($0.text) } ?? Self.none
    }
    /// A department, an escalation target or a party outside.
    func recipient(_ id: DepartmentID) -> LocalizedText { recipients[id.text] ?? department(id) }
    func severity(_ severity: Severity?) -> LocalizedText {
        severity.map { severities[$0] ?? Self.severities[$0] ?? Self.id($0.rawValue) } ?? Self.none
    }

    /// What somebody is called; a sign-in name that stands for a person nobody named stands for itself.
    func person(_ name: String) -> LocalizedText { people[name] ?? Self.roles[name] ?? Self.id(name) }

    /// The document under which something was decided, and which version of its pack.
    func policy(_ stamp: PolicyStamp) -> LocalizedText {
        guard let pack, pack.id == stamp.id else { return Self.id(stamp.description) }
        return LocalizedText(
            zhHans: "《\(pack.document.zhHans)》第 \(stamp.version) 版",
            en: "\(pack.document.en), version \(stamp.version)")
    }

    /// What the roles are called where a pack has no words of its own.
    private static let roles: [String: LocalizedText] = [
        "agent": LocalizedText(zhHans: "受理人员", en: "agent"),
        "coordinator": LocalizedText(zhHans: "分派人员", en: "coordinator"),
        "handler": LocalizedText(zhHans: "经办人", en: "handler"),
        "head": LocalizedText(zhHans: "部门负责人", en: "head of department"),
        "caller": LocalizedText(zhHans: "回访人员", en: "caller"),
        "supervisor": LocalizedText(zhHans: "督办人员", en: "supervisor"),
        "manager": LocalizedText(zhHans: "管理层", en: "management"),
        "operator": LocalizedText(zhHans: "运维人员", en: "operator"),
    ]

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
        let parties = pack.escalations.map { ($0.id, $0.title) } + pack.outside.map { ($0.id, $0.title) }
        recipients = Dictionary(parties) { first, _ in first }
        (people, events) = (pack.people, pack.words)
        self.pack = (pack.stamp.id, pack.document ?? pack.title)
    }

    /// Everything that some packs name, by the words of the last that does.
    init(_ packs: [PolicyPack]) {
        for titles in packs.map(Titles.init) {
            channels.merge(titles.channels) { $1 }
            categories.merge(titles.categories) { $1 }
            departments.merge(titles.departments) { $1 }
            severities.merge(titles.severities) { $1 }
            recipients.merge(titles.recipients) { $1 }
            people.merge(titles.people) { $1 }
            events.merge(titles.events) { $1 }
            (clocks, pack) = (titles.clocks, titles.pack)
        }
    }

    init() {}

    static func outcome(_ outcome: ClosingOutcome) -> LocalizedText {
        switch outcome {
        case .satisfied: LocalizedText(zhHans: "客户满意", en: "customer satisfied")
        case .explained: LocalizedText(zhHans: "无效投诉，已解释", en: "not upheld, explained")
        case .answered: LocalizedText(zhHans: "已答复", en: "answered")
        case .settledAtFirstContact: LocalizedText(zhHans: "当场解决", en: "settled at first contact")
        case .ruled: LocalizedText(zhHans: "裁定办结", en: "closed by ruling")
        case .unreachable: LocalizedText(zhHans: "客户联系不上", en: "customer unreachable")
        }
    }
}
