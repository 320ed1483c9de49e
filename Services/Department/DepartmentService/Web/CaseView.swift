import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Web

/// The page of one case: what is to be done next, and everything that is known about it.
struct CaseView {
    let desk: DepartmentDesk
    let context: SignedInContext
    let file: CaseFile

    private var order: WorkOrder { file.order }
    private var assignment: CaseAssigned { file.order.assignment }

    func response(refused: RefusedForm? = nil) async throws -> Response {
        let forms = CaseForms(
            context: context, order: order, latest: file.solutions.first?.solution, address: desk.address(order.number),
            refused: refused
        ).data()
        var data: [String: Any] = [
            "department": desk.title.text(for: context.language.tag), "home": desk.home,
            "number": order.number.text,
            "heading": assignment.complaint.reason ?? String(assignment.complaint.narrative.prefix(40)),
            "marks": marks, "notices": notices(refused), "deadlines": deadlines, "hasDeadlines": !deadlines.isEmpty,
            "besides": forms.besides, "hasBesides": !forms.besides.isEmpty,
            "record": RecordView(context: context, assignment: assignment).data(),
            "solutions": file.solutions.map(solution), "hasSolutions": !file.solutions.isEmpty,
            "questions": order.questions.map(question), "hasQuestions": !order.questions.isEmpty,
            "opinions": order.opinions.map(opinion), "hasOpinions": !order.opinions.isEmpty,
            "timeline": file.history.map { HistoryView(context: context).line($0) },
        ]
        data["main"] = forms.main
        data["idle"] = forms.main == nil ? context.text("department.idle.\(order.state.rawValue)") : nil
        data["investigation"] = order.investigation.map(investigation)
        return try context.page("case", data, status: refused?.problem.status ?? .ok)
    }

    private var marks: [[String: Any]] {
        var marks = [
            context.badge(context.text("department.state.\(order.state.rawValue)"), order.state.tone),
            context.severityBadge(assignment.severity),
            context.badge(assignment.categoryTitle.text(for: context.language.tag)),
        ]
        if order.round > 1 {
            marks.append(context.badge(context.text("department.mark.rework", ["round": "\(order.round)"]), .warn))
        }
        if assignment.role == .assisting {
            marks.append(context.badge(context.text("department.mark.assisting"), .info))
        }
        if assignment.isRuling { marks.append(context.badge(context.text("department.mark.ruling"), .warn)) }
        return marks
    }

    /// What has to be seen before anything is done.
    private func notices(_ refused: RefusedForm?) -> [[String: Any]] {
        var notices: [[String: Any]] = []
        func add(_ key: String, _ text: String?, isWarning: Bool = true, _ values: [String: String] = [:]) {
            var notice: [String: Any] = [
                "title": context.text("department.notice.\(key)", values), "isWarning": isWarning,
            ]
            notice["text"] = text
            notices.append(notice)
        }
        if let refused, refused.problem.status == .conflict {
            add("conflict", refused.problem.detail.map { context.text($0) })
        }
        guard order.state.isOpen else { return notices }
        if let level = order.escalation { add("escalated", latestText(.escalated), ["level": level]) }
        if order.urgings > 0 { add("urged", latestText(.urged), ["count": "\(order.urgings)"]) }
        if let reason = order.reworkReason, order.state == .investigating { add("rework", reason) }
        if let question = order.opinionQuestion { add("opinionQuestion", question, isWarning: false) }
        if order.isWaitingForCustomer { add("waiting", nil, isWarning: false) }
        if !order.missingOpinions.isEmpty, order.state != .assigned {
            let missing = order.missingOpinions.map(\.text).joined(separator: ", ")
            add("missingOpinions", missing, isWarning: false)
        }
        switch order.stage {
        case .awaitingApproval(let solution, let needs):
            let words = ApprovalRule.needs(solution, under: assignment.authority)?.text(for: context.language.tag)
            add("needsApproval", words ?? needs, isWarning: false)
        case .refused(_, let reason): add("refused", reason)
        case .declined(_, let objection): add("declined", objection)
        case .assigned, .investigating, .investigated, .proposed, .carryingOut, .implemented, .opinionDue,
            .opinionGiven, .closed, .returned, .cancelled:
            break
        }
        return notices
    }

    private func latestText(_ kind: HistoryEntry.Kind) -> String? { file.history.first { $0.kind == kind }?.text }

    private var deadlines: [[String: Any]] { OpenClocks.of(order).map { context.deadline($0) } }

    // MARK: Parts

    private func investigation(_ found: Investigation) -> [String: Any] {
        [
            "findings": found.found.findings, "directCause": found.found.directCause,
            "rootCause": found.found.rootCause, "responsibility": found.found.responsibility,
            "by": context.name(of: found.by), "at": context.time(found.at),
        ]
    }

    private func solution(_ version: SolutionVersion) -> [String: Any] {
        let solution = version.solution
        var data: [String: Any] = [
            "title": context.text("department.version", ["version": "\(solution.version)"]),
            "state": context.badge(context.text("department.solution.\(version.state.rawValue)"), version.state.tone),
            "measures": solution.measures, "grounds": solution.grounds,
            "completionDue": context.time(solution.completionDue), "draftedBy": solution.draftedBy,
            "draftedAt": context.time(solution.draftedAt),
        ]
        data["compensation"] = solution.compensation.map(context.money)
        data["approvedBy"] = solution.approvedBy
        // Why it needs approval stands at the top of the page.
        data["remark"] = version.state == .awaitingApproval ? nil : version.remark
        data["completedAt"] = version.completedAt.map { context.time($0) }
        return data
    }

    private func question(_ question: CustomerQuestion) -> [String: Any] {
        var data: [String: Any] = [
            "question": question.question, "by": context.name(of: question.by),
            "askedAt": context.time(question.askedAt),
        ]
        data["answer"] = question.answer
        data["answeredAt"] = question.answeredAt.map { context.time($0) }
        return data
    }

    private func opinion(_ opinion: Opinion) -> [String: Any] {
        var data: [String: Any] = ["department": opinion.department.text]
        data["question"] = opinion.question
        data["text"] = opinion.text
        data["by"] = opinion.by.map(context.name)
        data["givenAt"] = opinion.givenAt.map { context.time($0) }
        return data
    }
}

extension PageContext {
    /// How a page names who did something.
    func name(of actor: Actor) -> String {
        switch actor.kind {
        case .customer: text("department.actor.customer")
        case .staff: actor.name ?? text("department.actor.staff")
        case .system: text("department.actor.system")
        }
    }
}
