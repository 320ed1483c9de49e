import Yams

/// What the reading of a pack collects on its way: problems, which ids were declared, and which were referred to.
/// Nothing stops at the first problem: the author of a pack sees all of them at once.
package final class LoadingLog {
    /// What an id in a pack can name.
    enum Kind: String {
        case channel, category, severity, department, escalation, product, clock
        case outside = "party outside"
        case judgement, grading, assignment, group, raising, upstream, report, indicator, step, survey
        case approvalLevel = "approval level"
        case approvalRule = "approval rule"
        case caseRule = "case rule"
        case question
    }

    private struct Reference {
        let kinds: [Kind]
        let id: String
        let value: YAMLValue
    }

    package private(set) var problems: [PolicyProblem] = []
    private var declared: [Kind: Set<String>] = [:]
    private var references: [Reference] = []
    /// Every marker that a condition asks for.
    private(set) var markers: Set<String> = []

    package init() {}

    func report(_ message: String, file: String, path: String, mark: Mark?) {
        problems.append(
            PolicyProblem(
                file: file, line: mark?.line ?? 1, column: mark?.column ?? 1, path: path, message: message))
    }

    /// Notes that `id` exists; a second one of the same kind is a problem at `value`.
    func declare(_ kind: Kind, _ id: String, at value: YAMLValue) {
        if !declared[kind, default: []].insert(id).inserted {
            value.report("the \(kind.rawValue) '\(id)' is declared twice")
        }
    }

    /// Notes that a condition asks for markers.
    func ask(for markers: [Keyword]) { self.markers.formUnion(markers.map(\.text)) }

    /// Notes that `value` names something that may be declared further down.
    func refer(to kinds: [Kind], _ id: String, at value: YAMLValue) {
        references.append(Reference(kinds: kinds, id: id, value: value))
    }

    /// Reports every reference to something that the whole pack never declared.
    func checkReferences() {
        for reference in references {
            let known = reference.kinds.reduce(into: Set<String>()) { $0.formUnion(declared[$1] ?? []) }
            guard !known.contains(reference.id) else { continue }
            let kinds = reference.kinds.map(\.rawValue).joined(separator: " or ")
            reference.value.report(
                "there is no \(kinds) '\(reference.id)'\(Suggestion.text(for: reference.id, among: known))")
        }
        references = []
    }
}
