import Contracts
import Yams

extension PolicyPackReader {
    /// What the document calls its form, its people and its steps, and what it leaves open.
    func readWords(_ pack: YAMLMapping, of root: YAMLValue, into result: inout PolicyPack) {
        result.ticket = pack.optional("ticket")?.localized()
        result.people = pack.optional("people").map { readTitles($0) { $0.scalar("a role or a sign-in name") } } ?? [:]
        result.words = pack.optional("words").map { readTitles($0) { $0.stepEvent() } } ?? [:]
        result.steps = pack.optional("steps").map { readSteps($0, in: root) } ?? []
        result.chosen = pack.optional("chosen")?.list { $0.place(in: root) } ?? []
    }

    /// The document's own steps. A number stands once; an event may belong to several steps.
    private func readSteps(_ value: YAMLValue, in root: YAMLValue) -> [ProcedureStep] {
        value.list { readStep($0, in: root) } ?? []
    }

    private func readStep(_ value: YAMLValue, in root: YAMLValue) -> ProcedureStep? {
        guard let mapping = value.mapping(["step", "title", "by", "form", "says", "severities", "on", "about"]) else {
            return nil
        }
        let number = mapping.required("step").flatMap { step -> String? in
            guard let number = step.scalar("a step's number such as 2.3") else { return nil }
            log.declare(.step, number, at: step)
            return number
        }
        let title = mapping.required("title")?.localized()
        let by = mapping.optional("by")?.localized()
        let events = mapping.optional("on")?.oneOrMore { $0.stepEvent() }
        let severities = mapping.optional("severities")?.oneOrMore { $0.choice(Severity.self) } ?? []
        let about = mapping.optional("about")?.oneOrMore { $0.place(in: root) }
        let (form, says) = (mapping.optional("form")?.localized(), mapping.optional("says")?.localized())
        guard let number, let title else { return nil }
        var step = ProcedureStep(number: number, title: title, by: by, events: events ?? [])
        (step.form, step.says, step.severities, step.about) = (form, says, Set(severities), about ?? [])
        return step
    }

    /// What something is called, by its name.
    private func readTitles(_ value: YAMLValue, _ name: (YAMLValue) -> String?) -> [String: LocalizedText] {
        var titles: [String: LocalizedText] = [:]
        for (key, title) in value.table() ?? [] {
            guard let name = name(key), let title = title.localized() else { continue }
            titles[name] = title
        }
        return titles
    }
}

extension YAMLValue {
    fileprivate func stepEvent() -> String? {
        guard let name = scalar("an event such as case.assigned") else { return nil }
        let known = Set(MessageCatalogue.all.map { "\($0.type.noun).\($0.type.verb)" })
            .union([Clock.heard, ProcedureStep.archived])
        guard known.contains(name) else {
            report("there is no event '\(name)'\(Suggestion.text(for: name, among: known))")
            return nil
        }
        return name
    }

    /// True for `[]`.
    var isEmptyList: Bool {
        guard case .sequence(let sequence) = node else { return false }
        return sequence.isEmpty
    }

    /// A place of the pack, as `clocks.answer.within` names it: keys, and the ids of a list's members. What it names must
    /// be there.
    func place(in root: YAMLValue) -> String? {
        guard let text = scalar("a place of the pack such as clocks.answer.within") else { return nil }
        var current = root.node
        for part in text.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
            let members = current.members
            guard let next = members.first(where: { $0.name == part })?.node else {
                let hint = Suggestion.text(for: part, among: members.map(\.name))
                report("'\(text)' leads nowhere: there is no '\(part)'\(hint)")
                return nil
            }
            current = next
        }
        return text
    }
}

extension Node {
    /// What can be named within a node: the keys of a mapping; of a list, its members by id.
    fileprivate var members: [(name: String, node: Node)] {
        switch self {
        case .mapping(let mapping): mapping.map { ($0.key.scalar?.string ?? "", $0.value) }
        case .sequence(let sequence):
            sequence.compactMap { member in
                (member.mapping?["id"] ?? member.mapping?["step"])?.scalar.map { ($0.string, member) }
            }
        case .scalar, .alias: []
        }
    }
}
