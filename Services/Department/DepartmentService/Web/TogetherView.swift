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

    private func title(_ id: DepartmentID) -> String { order.assignment.title(of: id).text(for: language) }

    // MARK: What the solution waits for

    var waits: [[String: Any]] { order.waits.map(wait) }

    private func wait(_ wait: Wait) -> [String: Any] {
        switch wait {
        case .opinion(let department):
            ["text": context.text("department.wait.opinion", ["department": title(department)])]
        case .participation(let person):
            ["text": context.text("department.wait.participation", ["person": person])]
        case .approval(let request):
            [
                "text": context.text(
                    "department.wait.approval",
                    ["level": request.title.text(for: language), "person": approver(request.approver)])
            ]
        }
    }

    private func approver(_ person: String?) -> String {
        person ?? order.assignment.head ?? context.text("department.case.head")
    }

    // MARK: The group

    var group: [String: Any]? {
        guard let group = order.assignment.group else { return nil }
        var data: [String: Any] = [
            "title": group.title.text(for: language), "lead": title(group.lead), "leader": group.leader,
            "assisting": group.assisting.map(title).joined(separator: context.text("department.case.comma")),
            "hasAssisting": !group.assisting.isEmpty,
            "because": group.because.map { ["text": $0.text.text(for: language)] },
            "participants": order.participants.map(participant), "hasParticipants": !order.participants.isEmpty,
        ]
        let duties = [
            ("opinions", group.opinionsOwed), ("onSite", group.verifiesOnSite), ("causes", group.analysesCause),
        ]
        data["duties"] = duties.filter(\.1).map { ["text": context.text("department.duty.\($0.0)")] }
        if let together = group.presentsWith { data["presentsWith"] = title(together) }
        return data
    }

    private func participant(_ participant: Participant) -> [String: Any] {
        let key = participant.joinedAt == nil ? "open" : "joined"
        var data: [String: Any] = [
            "person": participant.person,
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
        data["by"] = opinion.by.map(context.name)
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
            "completionDue": context.time(solution.completionDue), "draftedBy": solution.draftedBy,
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
                "title": approval.title.text(for: language), "by": approval.by, "at": context.time(approval.at),
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
