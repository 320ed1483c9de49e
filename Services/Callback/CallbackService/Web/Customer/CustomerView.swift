import Contracts
import Foundation
import Procedure
import Web

/// A form of the customer's page.
enum CustomerForm: Hashable, Sendable {
    case proposal, explanation, survey
    case question(Int)

    /// Tells its elements apart from those of the other forms on the page.
    var id: String {
        switch self {
        case .proposal: "proposal"
        case .explanation: "explanation"
        case .survey: "survey"
        case .question(let request): "question\(request)"
        }
    }
}

/// A form that was refused, with what was typed.
struct RefusedForm: Sendable {
    var form: CustomerForm
    var fields: Fields
    var problem: Problem
}

/// The customer's page as its template needs it.
struct CustomerView {
    let file: CustomerFile
    let code: String
    let refused: RefusedForm?
    let context: WebContext
    /// What the pack asks customers afterwards.
    let terms: CallbackTerms

    var data: [String: Any] {
        let record = file.record
        var data: [String: Any] = [
            "number": record.number, "code": URLEncodedForm.encode(code), "badge": context.badge(file),
            "headline": context.text("callback.status.\(file.statusKey).title"), "explains": statusText,
            "isProtected": file.complaint.protected != nil,
            "timeline": context.timeline(file), "isOpen": !record.standing.isEnded,
            "heard": heard,
            // Made with the page's forms: sending one of them twice says it once.
            "key": UUID().uuidString,
            "base": "/callback/track/\(record.number)", "query": query,
        ]
        data["deadline"] = deadline
        if let survivor = record.mergedInto { data["survivor"] = survivor }
        if let proposal = file.proposal, showsProposal { data["proposal"] = self.proposal(proposal) }
        if let explanation = file.explanation { data["explanation"] = self.explanation(explanation) }
        data["questions"] = file.openQuestions.map(question)
        if record.standing.awaitsCall, terms.offersQuestionnaire { data["survey"] = survey }
        if !record.standing.isEnded { data["more"] = more }
        return data
    }

    /// Until when who is expected to do something, said to the customer.
    private var deadline: [String: Any]? {
        guard let deadline = file.record.deadline else { return nil }
        return context.deadline(
            dueAt: deadline.dueAt, startedAt: deadline.startedAt,
            title: context.text("callback.deadline.\(file.record.standing.rawValue)"),
            explanation: deadline.explanation.text(for: context.language.tag))
    }

    private var heard: [String: Any] {
        var data: [String: Any] = ["narrative": file.complaint.narrative]
        data["reason"] = file.complaint.reason
        return data
    }

    private var query: String {
        let language = context.query("lang").flatMap { Language(tag: $0) }.map { "&lang=\($0.tag)" } ?? ""
        return "code=\(URLEncodedForm.encode(code))\(language)"
    }

    private var statusText: String {
        let department = file.record.leadTitle?.text(for: context.language.tag)
        let due = file.proposal.map { context.dayText($0.solution.completionDue) } ?? ""
        return context.text(
            "callback.status.\(file.statusKey).text",
            [
                "department": department ?? context.text("callback.someDepartment"), "due": due,
                "into": file.record.mergedInto ?? "",
            ])
    }

    /// A declined version is history once the department works on another.
    private var showsProposal: Bool { file.record.standing != .reworking }

    private func proposal(_ proposal: ProposalRecord) -> [String: Any] {
        let solution = proposal.solution
        var data: [String: Any] = [
            "version": proposal.version, "measures": solution.measures, "grounds": solution.grounds,
            "due": context.dayText(solution.completionDue),
            "department": proposal.departmentTitle.text(for: context.language.tag),
        ]
        let number = file.proposalNumber(of: proposal.version)
        if number > 1 { data["revised"] = context.text("callback.proposal.revised", ["number": String(number)]) }
        data["compensation"] = solution.compensation.map { context.money($0) }
        data["remedies"] = context.words(solution.remedies ?? [])
        data["presenters"] = proposal.presenters.map(context.words)
        if file.isOpen(proposal) {
            data["form"] = decision(.proposal, "callback.decline")
            if file.record.reminders > 0 { data["reminded"] = file.record.reminders }
        }
        if let expiredAt = proposal.expiredAt, let silence = proposal.silence {
            data["expired"] = [
                "at": context.time(expiredAt), "meaning": context.text("callback.silence.\(silence.rawValue)"),
            ]
        }
        if let ruling = proposal.given {
            data["ruling"] = [
                "verdict": context.text("callback.verdict.\(ruling.verdict.rawValue)"), "reason": ruling.reason,
                "at": context.time(ruling.at),
            ]
        }
        if let answer = proposal.answer {
            data["answer"] = context.text("callback.answered.\(answer.rawValue)")
            data["answeredAt"] = proposal.answeredAt.map { context.time($0) }
            data["comment"] = proposal.comment
            data["request"] = proposal.request
        }
        return data
    }

    private func explanation(_ explanation: ExplanationRecord) -> [String: Any] {
        var data: [String: Any] = ["reason": explanation.reason]
        if file.record.standing == .explaining { data["form"] = decision(.explanation, "callback.dispute") }
        if let answer = explanation.answer {
            data["answer"] = context.text("callback.explanation.answered.\(answer.rawValue)")
            data["answeredAt"] = explanation.answeredAt.map { context.time($0) }
            data["comment"] = explanation.comment
        }
        return data
    }

    /// The half of a decision in which the customer says no, and why; yes needs one button.
    private func decision(_ form: CustomerForm, _ key: String) -> [String: Any] {
        var view = view(form)
        view.add(
            FormField(
                "comment", context.text("\(key).comment"), .area(rows: 3), required: form == .proposal,
                hint: context.text("\(key).hint"), most: 2000))
        if form == .proposal {
            view.add(FormField("request", context.text("\(key).request"), .area(rows: 2), most: 2000))
        }
        return view.data.merging(["isRefused": refused?.form == form]) { $1 }
    }

    private func question(_ question: InformationRequestRecord) -> [String: Any] {
        let form = CustomerForm.question(question.request)
        var view = view(form)
        view.add(
            FormField("answer", context.text("callback.question.answer"), .area(rows: 3), required: true, most: 4000))
        return [
            "request": question.request, "question": question.question, "askedAt": context.time(question.askedAt),
            "form": view.data,
        ]
    }

    private var survey: [String: Any] {
        var view = view(.survey)
        view.add(
            FormField(
                "solved", context.text("callback.survey.solved"),
                .radio([
                    FormField.Option("yes", context.text("callback.survey.yes")),
                    FormField.Option("no", context.text("callback.survey.no")),
                ]), required: true))
        view.add(
            FormField(
                "satisfaction", context.text("callback.survey.satisfaction"),
                .radio(context.satisfactionOptions), required: true))
        view.addQuestions(terms.questions, context)
        view.add(FormField("comment", context.text("callback.survey.comment"), .area(rows: 3), most: 2000))
        return [
            "call": file.nextCall, "form": view.data,
            "questions": view.questionFields(terms.questions),
        ]
    }

    /// Forms that Intake takes: what the customer adds, asks for, or takes back is heard there;
    /// it leads back here.
    private var more: [String: Any] {
        let intake = context.site.settings.sites.intake.absoluteString
        return ["address": "\(intake)/intake/api/complaints/\(file.record.number)"]
    }

    private func view(_ form: CustomerForm) -> FormView {
        guard let refused, refused.form == form else { return FormView(context, idPrefix: form.id) }
        return FormView(context, fields: refused.fields, problem: refused.problem, idPrefix: form.id)
    }
}
