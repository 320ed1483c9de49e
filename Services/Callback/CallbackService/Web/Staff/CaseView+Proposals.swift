import Contracts
import Foundation
import Web

/// Proposals on the case page: what was proposed, how the customer was told and answered, and what is to be noted about it.
extension CaseView {
    func proposal(_ proposal: ProposalRecord) -> [String: Any] {
        let solution = proposal.solution
        var data: [String: Any] = [
            "version": proposal.version,
            "title": context.text(
                "callback.case.version",
                [
                    "proposal": String(file.proposalNumber(of: proposal.version)),
                    "version": String(solution.shownNumber),
                ]),
            "measures": solution.measures, "grounds": solution.grounds,
            "due": context.dayText(solution.completionDue), "proposedAt": context.time(proposal.proposedAt),
            "draftedBy": web.pack.person(solution.draftedBy, context),
            "department": proposal.departmentTitle.text(for: context.language.tag),
            "presentations": file.presentations(of: proposal.version).map(presentation),
        ]
        data["compensation"] = solution.compensation.map { context.money($0) }
        data["approvedBy"] = solution.approvedBy.map { web.pack.person($0, context) }
        data["remedies"] = context.words(solution.remedies ?? [])
        data["presenters"] = proposal.presenters.map { "\(context.words($0)) (\(web.pack.person($0.leader, context)))" }
        if let answer = proposal.answer, let at = proposal.answeredAt, let actor = proposal.answeredBy {
            var answered = evidence("callback.case.answered.\(answer.rawValue)", at, actor, proposal.comment)
            answered["request"] = proposal.request
            answered["evidence"] = proposal.evidence.map(words)
            data["answer"] = answered
        }
        if let expiredAt = proposal.expiredAt, let silence = proposal.silence {
            data["expired"] = [
                "at": context.time(expiredAt), "meaning": context.text("callback.silence.\(silence.rawValue)"),
            ]
        }
        if let ruling = proposal.given {
            data["ruling"] = [
                "verdict": context.text("callback.verdict.\(ruling.verdict.rawValue)"), "reason": ruling.reason,
                "at": context.time(ruling.at), "by": name(of: ruling.by),
            ]
        }
        addForms(to: &data, proposal)
        return data
    }

    private func addForms(to data: inout [String: Any], _ proposal: ProposalRecord) {
        if file.isOpen(proposal) {
            data["validity"] = file.record.deadline.map { context.deadline($0) }
            let reminders = file.record.reminders
            if reminders > 0 {
                data["reminders"] = context.text("callback.case.reminders", ["count": String(reminders)])
            }
            if mayWrite {
                data["form"] = consentForm
                data["presentForm"] = presentForm(proposal)
            }
        }
        if file.record.standing == .ruling, file.record.standingCount == proposal.version, mayRule {
            data["rulingForm"] = rulingForm
        }
    }

    /// What proves an answer, in one line.
    private func words(_ evidence: AnswerEvidence) -> String {
        let words = [
            context.text("callback.evidence.\(evidence.kind.rawValue)"), evidence.person,
            context.timeText(evidence.at), evidence.note,
        ]
        return words.compactMap { $0 }.joined(separator: " · ")
    }

    private func presentation(_ presentation: PresentationRecord) -> [String: Any] {
        var data: [String: Any] = [
            "way": context.text("callback.way.\(presentation.way)"), "at": context.time(presentation.at),
            "by": name(of: presentation.actor),
        ]
        data["jointly"] = presentation.jointly.map { context.text("callback.jointly", ["with": $0]) }
        data["note"] = presentation.note
        return data
    }

    // MARK: Forms

    /// The customer's answer with what proves it.
    private var consentForm: [String: Any] {
        var view = view(.proposal)
        let key = "callback.case.answer"
        view.add(
            FormField(
                "answer", context.text("\(key).said"), .radio(options(ProposalAnswer.allCases.map(\.rawValue), key)),
                required: true))
        view.add(
            FormField(
                "comment", context.text("\(key).comment"), .area(rows: 2), hint: context.text("\(key).hint"),
                most: 2000))
        view.add(FormField("request", context.text("\(key).request"), .area(rows: 2), most: 2000))
        view.add(
            FormField(
                "evidence.kind", context.text("callback.evidence.title"),
                .radio(options(["phone", "signature"], "callback.evidence")), required: true))
        view.add(
            FormField(
                "evidence.person", context.text("callback.evidence.person"), required: true,
                hint: context.text("callback.evidence.personHint"), most: 100))
        view.add(
            FormField(
                "evidence.at", context.text("callback.evidence.at"), .line("datetime-local"), required: true,
                value: now))
        view.add(
            FormField(
                "evidence.note", context.text("callback.evidence.note"), .area(rows: 2),
                hint: context.text("callback.evidence.noteHint"), most: 2000))
        return view.data
    }

    /// That the customer was told (K10, S08).
    private func presentForm(_ proposal: ProposalRecord) -> [String: Any] {
        var view = view(.presentation)
        view.add(
            FormField(
                "way", context.text("callback.presentation.way"), .radio(options(web.tellersWays, "callback.way")),
                required: true))
        view.add(
            FormField("at", context.text("callback.presentation.at"), .line("datetime-local"), value: now))
        view.add(
            FormField(
                "with", context.text("callback.presentation.with"),
                hint: context.text("callback.presentation.withHint"),
                value: proposal.presenters.map(context.words), most: 200))
        view.add(FormField("note", context.text("callback.presentation.note"), .area(rows: 2), most: 2000))
        return view.data
    }

    /// What holds when customer and department do not agree (K12, M17).
    private var rulingForm: [String: Any] {
        var view = view(.ruling)
        view.add(
            FormField(
                "verdict", context.text("callback.ruling.verdict"),
                .radio(options(RulingVerdict.allCases.map(\.rawValue), "callback.verdict")), required: true))
        view.add(
            FormField(
                "reason", context.text("callback.ruling.reason"), .area(rows: 3), required: true,
                hint: context.text("callback.ruling.hint"), most: 2000))
        return view.data
    }

    private var now: String { LocalTime.text(context.now, timeZone: context.site.settings.timeZone) }

    private func options(_ values: [String], _ key: String) -> [FormField.Option] {
        values.map { FormField.Option($0, context.text("\(key).\($0)")) }
    }
}
