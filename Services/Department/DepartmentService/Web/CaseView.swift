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
    private var wording: CaseWording { CaseWording(context, assignment.words) }

    func response(refused: RefusedForm? = nil) async throws -> Response {
        let forms = CaseForms(
            context, desk.visitor(context), order, latest: file.solutions.first?.solution,
            address: desk.address(order.number), refused: refused
        ).data()
        let together = TogetherView(context: context, order: order)
        let findings = FindingsView(context: context, file: file)
        let history = HistoryView(file, context)
        var data: [String: Any] = [
            "department": desk.title.text(for: context.language.tag), "home": desk.home,
            "number": order.number.text,
            "heading": assignment.complaint.reason ?? String(assignment.complaint.narrative.prefix(40)),
            "marks": marks, "notices": notices(refused), "deadlines": deadlines, "hasDeadlines": !deadlines.isEmpty,
            "besides": forms.besides, "hasBesides": !forms.besides.isEmpty,
            "record": RecordView(
                context: context, assignment: assignment, masks: ContactMasks.of(order, for: desk.visitor(context))
            ).data(),
            "solutions": file.solutions.map(together.solution), "hasSolutions": !file.solutions.isEmpty,
            "waits": together.waits, "hasWaits": !together.waits.isEmpty,
            "collected": findings.evidence, "hasCollected": !findings.evidence.isEmpty,
            "questions": order.questions.map(question), "hasQuestions": !order.questions.isEmpty,
            "opinions": order.opinions.map(together.opinion), "hasOpinions": !order.opinions.isEmpty,
            "timeline": file.history.map(history.line),
        ]
        data["extension"] = extensionAddress
        data["main"] = forms.main
        data["idle"] = forms.main == nil ? context.text("department.idle.\(order.state.rawValue)") : nil
        data["group"] = together.group
        data["plan"] = findings.plan
        data["investigation"] = findings.investigation
        data["result"] = findings.result
        return try context.page("case", data, status: refused?.problem.status ?? .ok)
    }

    /// Where more time is asked for (延期): the department that leads asks, and so may those who supervise.
    private var extensionAddress: String? {
        let visitor = desk.visitor(context)
        let isTheirs = context.identity.department == desk.department.text && visitor.isInsider
        guard assignment.role == .lead, order.state.isOpen, !deadlines.isEmpty,
            isTheirs || context.identity.has(any: [.supervisor, .manager])
        else { return nil }
        return context.site.settings.sites.routing.absoluteString + "/routing/complaints/\(order.number)/extensions"
    }

    private var marks: [[String: Any]] {
        var marks = [
            context.badge(context.text("department.state.\(order.state.rawValue)"), order.state.tone),
            wording.severityBadge(assignment.severity),
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
        if let level = order.escalation {
            let shown = TwoLanguages.text(level, for: context.language.tag)
            add("escalated", latestText(.escalated), ["level": shown])
        }
        if order.urgings > 0 { add("urged", latestText(.urged), ["count": "\(order.urgings)"]) }
        if let reason = order.reworkReason, order.state == .investigating { add("rework", reason) }
        if let question = order.opinionQuestion { add("opinionQuestion", question, isWarning: false) }
        if order.isWaitingForCustomer { add("waiting", nil, isWarning: false) }
        if let needs = order.changedNeeds, needs != order.stage.request { add("changedNeeds", needs, isWarning: false) }
        switch order.stage {
        case .awaitingApproval(_, let needs):
            let pending = order.pendingApprovals
            let words = pending.isEmpty ? needs : ApprovalRule.words(pending).text(for: context.language.tag)
            add("needsApproval", words, isWarning: false)
        case .refused(_, let reason): add("refused", reason)
        case .declined(_, let objection, let request): add("declined", declined(objection, request))
        case .assigned, .investigating, .investigated, .proposed, .carryingOut, .implemented, .opinionDue,
            .opinionGiven, .closed, .returned, .cancelled:
            break
        }
        return notices
    }

    private func declined(_ objection: String, _ request: String?) -> String {
        let instead = request.map { context.text("department.case.instead", ["request": $0]) }
        return [objection, instead].compactMap(\.self).joined(separator: "\n")
    }

    private func latestText(_ kind: HistoryEntry.Kind) -> String? {
        file.history.first { $0.kind == kind }?.text(for: context.language.tag)
    }

    private var deadlines: [[String: Any]] { OpenClocks.of(order).map { context.deadline($0) } }

    // MARK: Parts

    private func question(_ question: CustomerQuestion) -> [String: Any] {
        var data: [String: Any] = [
            "question": question.question, "by": wording.name(of: question.by),
            "askedAt": context.time(question.askedAt),
        ]
        data["answer"] = question.answer
        data["answeredAt"] = question.answeredAt.map { context.time($0) }
        return data
    }
}
