import Contracts
import Yams

extension PolicyPackReader {
    /// The document's own steps. A number stands once; an event may belong to several steps.
    func readSteps(_ value: YAMLValue) -> [ProcedureStep] {
        value.list(readStep) ?? []
    }

    private func readStep(_ value: YAMLValue) -> ProcedureStep? {
        guard let mapping = value.mapping(["step", "title", "by", "on"]) else { return nil }
        let number = mapping.required("step").flatMap { step -> String? in
            guard let number = step.scalar("a step's number such as 2.3") else { return nil }
            log.declare(.step, number, at: step)
            return number
        }
        let title = mapping.required("title")?.localized()
        let by = mapping.optional("by")?.localized()
        let events = mapping.optional("on")?.oneOrMore { $0.stepEvent() }
        guard let number, let title else { return nil }
        return ProcedureStep(number: number, title: title, by: by, events: events ?? [])
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
