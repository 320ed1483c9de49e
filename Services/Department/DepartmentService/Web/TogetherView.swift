import Contracts
import Foundation
import Procedure
import Web

/// What several people have to agree on before the customer hears of it: the group, opinions, and approvals level by
/// level. Rules K08, K09, K10, M15, S06, S07.
struct TogetherView {
    let context: SignedInContext
    let order: WorkOrder

    private var language: String { context.language.tag }
    private var wording: CaseWording { CaseWording(context, order.assignment.words) }

    private func title(_ id: DepartmentID) -> String { order.assignment.title(of: id).text(for: language) }

    // MARK: What the solution waits for

    var waits: [[String: Any]] { order.waits.map(wait) }

    private func wait(_ wait: Wait) -> [String: Any] {
        switch wait {
        case .opinion(let department):
            ["text": context.text("department.wait.opinion", ["department": title(department)])]
        case .participation(let person):
            ["text": context.text("department.wait.participation", ["person": wording.person(person)])]
        case .approval(let request):
            [
                "text": context.text(
                    "department.wait.approval",
                    ["level": request.title.text(for: language), "person": approver(request.approver)])
            ]
        }
    }

    private func approver(_ person: String?) -> String {
        (person ?? order.assignment.head).map(wording.person) ?? context.text("department.case.head")
    }

    // MARK: The group

    var group: [String: Any]? {
        guard let group = order.assignment.group else { return nil }
        var data: [String: Any] = [
            "title": group.title.text(for: language), "lead": title(group.lead), "leader": wording.person(group.leader),
            "assisting": group.assisting.map(title).joined(separator: context.text("department.case.comma")),
            "hasAssisting": !group.assisting.isEmpty,
            "because": group.because.map { ["text": $0.text.text(for: language)] },
            "participants": participants(group), "hasParticipants": !participants(group).isEmpty,
            "duties": duties(group),
        ]
        if let together = group.presentsWith { data["presentsWith"] = title(together) }
        return data
    }

    /// Everybody who has to take part. An assisting department knows of its own head alone whether they have confirmed: the
    /// others say so to the lead.
    private func participants(_ group: HandlingGroup) -> [[String: Any]] {
        let known = order.participants.map(\.person)
        let others = (group.confirmations + group.management).reduce(into: [String]()) { others, person in
            if !known.contains(person), !others.contains(person) { others.append(person) }
        }
        return order.participants.map(participant)
            + others.map { person in
                [
                    "person": wording.person(person),
                    "state": context.badge(context.text("department.participation.elsewhere"), .neutral),
                ]
            }
    }

    /// What each department owes; of itself a department knows whether it is done.
    private func duties(_ group: HandlingGroup) -> [[String: Any]] {
        func line(_ key: String, _ department: DepartmentID? = nil) -> [String: Any] {
            ["text": context.text("department.duty.\(key)", ["department": department.map(title) ?? ""])]
        }
        var lines = [line("lead", group.lead)]
        if group.opinionsOwed {
            lines += group.assisting.filter { $0 != order.department || order.role == .lead }.map { line("owes", $0) }
        }
        if order.role == .assisting, order.owesOpinion { lines.append(line("owed")) }
        if case .opinionGiven = order.stage { lines.append(line("given")) }
        if group.verifiesOnSite { lines.append(line("onSite")) }
        if group.analysesCause { lines.append(line("causes")) }
        return lines
    }

    private func participant(_ participant: Participant) -> [String: Any] {
        let key = participant.joinedAt == nil ? "open" : "joined"
        var data: [String: Any] = [
            "person": wording.person(participant.person),
            "state": context.badge(
                context.text("department.participation.\(key)"), participant.joinedAt == nil ? .warn : .good),
        ]
        data["joinedAt"] = participant.joinedAt.map { context.time($0) }
        return data
    }

    func opinion(_ opinion: Opinion) -> [String: Any] {
        var data: [String: Any] = ["department": title(opinion.department)]
        data["question"] = opinion.question
        data["text"] = opinion.text
        data["by"] = opinion.by.map(wording.name)
        data["givenAt"] = opinion.givenAt.map { context.time($0) }
        return data
    }

    // MARK: Solutions

    func solution(_ version: SolutionVersion) -> [String: Any] {
        let solution = version.solution
        let levels = approvals(version)
        var data: [String: Any] = [
            "title": context.text("department.version", ["version": "\(solution.shownNumber)"]),
            "state": context.badge(context.text("department.solution.\(version.state.rawValue)"), version.state.tone),
            "measures": solution.measures, "grounds": solution.grounds,
            "completionDue": context.time(solution.completionDue), "draftedBy": wording.person(solution.draftedBy),
            "draftedAt": context.time(solution.draftedAt), "approvals": levels, "hasApprovals": !levels.isEmpty,
        ]
        data["compensation"] = solution.compensation.map(context.money)
        if let remedies = solution.remedies, !remedies.isEmpty {
            data["remedies"] = remedies.map { $0.title.text(for: language) }
                .joined(separator: context.text("department.case.comma"))
        }
        // Why it needs approval stands at the top of the page.
        data["remark"] = version.state == .awaitingApproval ? nil : version.remark
        data["request"] = version.request
        data["completedAt"] = version.completedAt.map { context.time($0) }
        return data
    }

    /// The levels in their order: who approved and signed, and whose turn it is.
    private func approvals(_ version: SolutionVersion) -> [[String: Any]] {
        let given = (version.solution.approvals ?? []).map { approval -> [String: Any] in
            var data: [String: Any] = [
                "title": approval.title.text(for: language), "by": wording.person(approval.by),
                "at": context.time(approval.at),
                "state": context.badge(context.text("department.approval.given"), .good),
            ]
            data["signature"] = approval.signature
            return data
        }
        guard version.solution.version == order.stage.solution?.version else { return given }
        let pending = order.pendingApprovals.enumerated().map { place, need -> [String: Any] in
            let key = place == 0 ? "next" : "later"
            return [
                "title": need.title.text(for: language), "by": approver(need.approver),
                "state": context.badge(context.text("department.approval.\(key)"), place == 0 ? .warn : .neutral),
            ]
        }
        return given + pending
    }
}
