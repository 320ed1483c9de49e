import Contracts

extension PolicyPack {
    /// Who decides or takes part by name, beyond their own department if they have one: approvers whom a level names,
    /// top management in groups, and persons whom complaints are raised to. Each needs a sign-in (K08, K19, S07, V08).
    package var management: [String] {
        let approvers = (approvals?.levels ?? []).compactMap(\.approver)
        let members = groups.flatMap(\.management)
        let raised = escalations.compactMap(\.person)
        return (approvers + members + raised).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
