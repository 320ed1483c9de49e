import Contracts
import Foundation
import Web

/// The case page as its template needs it.
struct CaseView {
    let file: CustomerFile
    let context: SignedInContext
    let mayWrite: Bool
    /// Whether this reader rules where customer and department do not agree.
    let mayRule: Bool
    /// Whether this reader has opened how to reach the customer (M18).
    let contactIsOpen: Bool
    let web: CallbackWeb
    let refused: (form: StaffForm, fields: Fields, problem: Problem)?

    var data: [String: Any] {
        let record = file.record
        var data: [String: Any] = [
            "number": record.number, "badge": context.badge(file), "base": "/callback/cases/\(record.number)",
            "headline": context.text("callback.status.\(file.statusKey).title"), "facts": facts,
            "timeline": context.timeline(file, forStaffOf: web.pack), "mayWrite": mayWrite,
            "proposals": file.proposals.map(proposal), "explanations": file.explanations.map(explanation),
            "questions": file.questions.map(question), "calls": file.calls.map(call),
            "soothings": file.soothings.map(soothing), "hasCalls": !file.calls.isEmpty || !file.soothings.isEmpty,
            "contact": contact,
            "record": context.site.settings.sites.reporting.absoluteString
                + "/reporting/tickets/\(record.number)",
        ]
        if let deadline = record.deadline { data["deadline"] = context.deadline(deadline) }
        if record.standing.awaitsCall, mayWrite { data["callForm"] = callForm }
        if record.standing == .soothing, !record.soothed, mayWrite { data["sootheForm"] = sootheForm }
        if record.standing.awaitsCall, record.attempts > 0 {
            data["attempts"] = context.text(
                "callback.case.attempts",
                ["count": String(record.attempts), "most": String(web.pack.callback.attempts)])
        }
        return data
    }

    private var contact: [String: Any] {
        let complainant = file.complaint.complainant
        var data: [String: Any] = ["isOpen": contactIsOpen]
        data["name"] = complainant.name.map { contactIsOpen ? $0 : Masking.name($0) }
        data["phone"] = complainant.phone.map { contactIsOpen ? $0 : Masking.phone($0) }
        data["email"] = complainant.email.map { contactIsOpen ? $0 : Masking.email($0) }
        data["address"] = complainant.address.map { contactIsOpen ? $0 : Masking.address($0) }
        return data
    }

    private var facts: [String: Any] {
        let complaint = file.complaint
        var data: [String: Any] = [
            "registeredAt": context.time(complaint.registeredAt), "narrative": complaint.narrative,
            "round": file.record.round,
        ]
        data["reason"] = complaint.reason
        data["request"] = complaint.request
        data["product"] = complaint.about.product
        data["orderNumber"] = complaint.about.orderNumber
        data["amount"] = complaint.amount.map { context.money($0) }
        data["department"] = file.record.leadTitle?.text(for: context.language.tag)
        data["category"] = file.record.category?.text(for: context.language.tag)
        return data
    }

    private func explanation(_ explanation: ExplanationRecord) -> [String: Any] {
        var data: [String: Any] = [
            "title": context.text("callback.case.round", ["round": String(explanation.round)]),
            "reason": explanation.reason, "givenAt": context.time(explanation.givenAt),
        ]
        if let answer = explanation.answer, let at = explanation.answeredAt, let actor = explanation.answeredBy {
            data["answer"] = evidence("callback.case.answered.\(answer.rawValue)", at, actor, explanation.comment)
        } else if file.record.standing == .explaining, explanation.round == file.record.judgementRound, mayWrite {
            data["form"] = answerForm(
                .explanation, ExplanationAnswer.allCases.map(\.rawValue), "callback.case.answer")
        }
        return data
    }

    /// Who took the answer and when: the evidence of it.
    func evidence(_ key: String, _ at: Date, _ actor: Actor, _ comment: String?) -> [String: Any] {
        var data: [String: Any] = [
            "title": context.text(key, ["by": name(of: actor)]), "at": context.time(at),
        ]
        data["comment"] = comment
        return data
    }

    func answerForm(
        _ form: StaffForm, _ answers: [String], _ key: String
    ) -> [String: Any] {
        var view = view(form)
        view.add(
            FormField(
                "answer", context.text("\(key).said"),
                .radio(answers.map { FormField.Option($0, context.text("\(key).\($0)")) }), required: true))
        view.add(
            FormField(
                "comment", context.text("\(key).comment"), .area(rows: 2), hint: context.text("\(key).hint"),
                most: 2000))
        return view.data
    }

    private func question(_ question: InformationRequestRecord) -> [String: Any] {
        var data: [String: Any] = [
            "request": question.request, "question": question.question, "askedAt": context.time(question.askedAt),
            "department": web.pack.title(of: question.department, context),
        ]
        if let answer = question.answer, let at = question.answeredAt, let actor = question.answeredBy {
            data["answer"] = evidence("callback.case.answered.information", at, actor, answer)
        } else if !file.record.standing.isEnded, mayWrite {
            var view = view(.question(question.request))
            view.add(
                FormField(
                    "answer", context.text("callback.question.answer"), .area(rows: 2), required: true, most: 4000))
            data["form"] = view.data
        }
        return data
    }

    /// Whoever did something.
    func name(of actor: Actor) -> String { context.name(of: actor, in: web.pack) }

    func view(_ form: StaffForm) -> FormView {
        guard let refused, refused.form == form else { return FormView(context, idPrefix: form.id) }
        return FormView(context, fields: refused.fields, problem: refused.problem, idPrefix: form.id)
    }
}
