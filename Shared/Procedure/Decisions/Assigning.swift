import Contracts
import Foundation

/// Who handles a complaint, and why (K06, K08, M10, S03).
package struct PolicyAssignment: Hashable, Sendable {
    /// The department that owes the solution.
    package var department: DepartmentID
    package var assisting: [DepartmentID]
    /// The first responsible person (第一责任人).
    package var owner: String
    package var authority: Authority
    /// The group that handles it together; absent when one department does (K08).
    package var group: HandlingGroup?
    /// The clocks that the assignment starts.
    package var deadlines: [Deadline]
    /// True when routing may assign without a person.
    package var isAutomatic: Bool
    package var explanations: [Explanation]
}

extension PolicyPack {
    /// Decides who handles a complaint of a known category and severity.
    ///
    /// - Parameter now: When the assignment is made; its clocks start there.
    /// - Returns: Nil for a category that the pack does not know.
    package func assign(
        _ complaint: Complaint, number: TicketNumber, category id: String, severity: Severity, at now: Date
    ) -> PolicyAssignment? {
        assign(graded(complaint, category: id, severity: severity), number: number, at: now)
    }

    /// The same for a complaint whose urgency and importance are known.
    package func assign(_ graded: GradedComplaint, number: TicketNumber, at now: Date) -> PolicyAssignment? {
        guard let category = graded.category.flatMap(category) else { return nil }
        let facts = facts(graded)
        var department: (id: DepartmentID, explanation: Explanation)?
        var assisting: [DepartmentID] = []
        var explanations: [Explanation] = []
        for rule in assignment.rules {
            guard let findings = rule.when.met(by: facts) else { continue }
            let why = explanation("assignment.\(rule.id)", rule.title, findings: findings)
            if let named = rule.department, department == nil { department = (named, why) }
            if !rule.assisting.isEmpty { explanations.append(why) }
            assisting += rule.assisting.filter { !assisting.contains($0) }
        }
        let lead = department?.id ?? category.department
        explanations.insert(department?.explanation ?? defaultDepartment(of: category), at: 0)
        let group = group(for: graded, department: lead, assisting: assisting)
        explanations = (explanations + (group?.because ?? [])).reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
        let responsible = group?.lead ?? lead
        return PolicyAssignment(
            department: responsible, assisting: group?.assisting ?? assisting.filter { $0 != lead },
            owner: owner(in: responsible, for: number), authority: authority(for: graded), group: group,
            deadlines: deadlines(startedBy: "case.assigned", at: now, severity: graded.severity),
            isAutomatic: assignment.automatic?.met(by: facts) != nil, explanations: explanations)
    }

    /// What a handler may offer without approval in a severity, before the levels of the pack (M15, K19).
    package func authority(for severity: Severity) -> Authority {
        authority[severity] ?? Authority(approvalRequired: true)
    }

    /// The first responsible person of a case that a department handles (第一责任人, S03): those whom the department names,
    /// or the one that the pack says provides them, take turns by the ticket's counter, so that the same ticket always
    /// meets the same person.
    package func owner(in department: DepartmentID, for number: TicketNumber) -> String {
        guard let department = self.department(assignment.firstResponsible ?? department) else { return "" }
        let counter = number.text.split(separator: "-").last.flatMap { Int($0) } ?? 0
        return department.owners.isEmpty ? department.head : department.owners[counter % department.owners.count]
    }

    /// Whom a person may name as first responsible for what a department handles (S03): its own people, after those of
    /// the department that the pack says provides them. Each once.
    package func possibleOwners(in department: DepartmentID) -> [String] {
        let departments = [assignment.firstResponsible, department].compactMap { $0.flatMap(self.department) }
        return departments.flatMap { [$0.head] + $0.owners }.reduce(into: []) { people, name in
            if !people.contains(name) { people.append(name) }
        }
    }

    private func defaultDepartment(of category: Category) -> Explanation {
        let name = department(category.department)?.title ?? LocalizedText(zhHans: "", en: "")
        return Explanation(
            rule: "categories.\(category.id).department",
            text: LocalizedText(
                zhHans: "「\(category.title.zhHans)」类投诉由\(name.zhHans)负责",
                en: "“\(category.title.en)” is handled by \(name.en)"),
            facts: ["category": category.id])
    }
}
