import Contracts

/// The solution: its content, its approvals, and what the customer says to it.
extension MomentWording {
    func describeSolution(_ event: TicketEvent, _ note: inout MomentNote) {
        switch event {
        case .solutionDrafted, .solutionProposed, .solutionCompleted, .solutionImplemented:
            describeContent(event, &note)
        case .solutionEndorsed, .solutionApproved, .solutionRefused: describeApproval(event, &note)
        case .solutionPresented(let event):
            let isRead = event.way == "page"
            if isRead { note.title = "solution-read" }
            note.sign(event.by)
            note.say(version(event.version))
            if isRead { return }
            note.join("way", showing.context.text("reporting.told.\(event.way)"))
            note.join("jointly", event.with)
            note.join("note", event.note)
        case .solutionAccepted(let event): answer(event.version, event.by, event.comment, nil, event.evidence, &note)
        case .solutionDeclined(let event):
            answer(event.version, event.by, event.objection, event.request, event.evidence, &note)
        case .solutionDisputed(let event):
            answer(event.version, event.by, event.objection, event.request, event.evidence, &note)
            note.say(showing.text(event.because.text))
        case .solutionExpired(let event):
            note.say(version(event.version))
            note.say(showing.text(event.because.text))
        case .solutionRuled(let event):
            note.sign(event.by)
            note.say(version(event.version))
            note.join("verdict", showing.context.text("reporting.told.\(event.verdict.rawValue)"))
            note.join("reason", event.reason)
        default: break
        }
    }

    private func version(_ version: Int) -> String {
        showing.context.text("reporting.version", ["version": "\(numbers[version] ?? version)"])
    }

    private func describeContent(_ event: TicketEvent, _ note: inout MomentNote) {
        switch event {
        case .solutionDrafted(let event):
            note.sign(event.solution.draftedBy)
            describe(event.solution, &note)
            note.add("approvals", event.approvals.map { showing.list($0.map { showing.text($0.title) }) })
        case .solutionProposed(let event):
            if drafted.contains(event.solution.version) {
                note.say(version(event.solution.version))
            } else {
                note.sign(event.solution.draftedBy)
                describe(event.solution, &note)
            }
            note.join("presenters", event.presentation.map { showing.list($0.titles.map(showing.text)) })
        case .solutionCompleted(let event):
            note.sign(event.by)
            note.say(version(event.version))
            note.join("completedAt", showing.context.timeText(event.completedAt))
        case .solutionImplemented(let event):
            note.sign(event.by)
            note.say(version(event.version))
            note.join("outcome", event.outcome)
            note.join("completedAt", showing.context.timeText(event.completedAt))
        default: break
        }
    }

    private func describe(_ solution: Solution, _ note: inout MomentNote) {
        note.say(version(solution.version))
        note.join("measures", solution.measures)
        note.add("completionDue", showing.context.timeText(solution.completionDue))
        note.join("compensation", solution.compensation.map(showing.context.money))
        note.join("remedies", solution.remedies.map { showing.list($0.map { showing.text($0.title) }) })
        note.join("grounds", solution.grounds)
    }

    private func describeApproval(_ event: TicketEvent, _ note: inout MomentNote) {
        switch event {
        case .solutionEndorsed(let event):
            note.sign(event.approval.by)
            note.say(version(event.version))
            approved(event.approval, &note)
            note.join("next", showing.text(event.next.title))
        case .solutionApproved(let event):
            note.sign(event.by)
            note.say(version(event.version))
            if let last = event.approvals?.last { approved(last, &note) }
        case .solutionRefused(let event):
            note.sign(event.by)
            note.say(version(event.version))
            note.join("level", event.levelTitle.map(showing.text))
            note.join("reason", event.reason)
        default: break
        }
    }

    private func approved(_ approval: SolutionApproval, _ note: inout MomentNote) {
        note.join("level", showing.text(approval.title))
        note.join("signature", approval.signature)
    }

    private func answer(
        _ version: Int, _ actor: Actor, _ words: String?, _ request: String?, _ evidence: AnswerEvidence?,
        _ note: inout MomentNote
    ) {
        note.sign(actor)
        note.say(self.version(version))
        note.join("customersWords", words)
        note.join("request", request)
        note.join("evidenceOfAnswer", evidence.map { showing.context.text("reporting.evidence.\($0.kind.rawValue)") })
    }
}
