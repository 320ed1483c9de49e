import Contracts

extension PolicyPack {
    /// Who decides or takes part by name though the pack has them in no department: approvers above the heads, top
    /// management in groups, and persons whom complaints are raised to. Each needs a sign-in (K08, K19, S07, V08).
    package var management: [String] {
        let approvers = (approvals?.levels ?? []).compactMap(\.approver)
        let members = groups.flatMap(\.management)
        let raised = escalations.compactMap(\.person)
        let ofDepartments = Set(departments.flatMap { [$0.head] + $0.owners })
        return (approvers + members + raised).reduce(into: []) { names, name in
            if !ofDepartments.contains(name), !names.contains(name) { names.append(name) }
        }
    }
}
