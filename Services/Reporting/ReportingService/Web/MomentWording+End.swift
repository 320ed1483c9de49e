import Contracts

/// The callback, what is done again, and how it ends.
extension MomentWording {
    func describeEnd(_ event: TicketEvent, _ note: inout MomentNote) {
        switch event {
        case .customerInformed(let event):
            note.sign(event.by)
            note.say(showing.text(event.text))
        case .customerUnreachable(let event):
            note.sign(event.by)
            note.say(showing.context.text("reporting.attempt", ["attempt": "\(event.attempt)"]))
            note.join("note", event.comment)
        case .callbackCompleted(let event): describe(event, &note)
        case .customerSoothed(let event):
            note.sign(event.person)
            note.say(event.note)
        case .reworkOrdered(let event):
            note.sign(event.by)
            note.say(showing.department(event.department))
            note.join("rounds", "\(event.round)")
            if event.isRaised == true { note.join("raised", showing.context.text("reporting.yes")) }
            note.join("reason", event.reason)
        case .complaintClosed(let event):
            note.sign(event.by)
            note.add("outcome", showing.outcome(event.outcome))
            note.join("satisfaction", event.satisfaction.map(showing.satisfaction))
            note.join("rounds", "\(event.rounds)")
        case .caseNominated, .casePublished, .caseDistributed, .caseRead, .measureAssigned:
            describeLearning(event, &note)
        case .rectificationOrdered, .rectificationAnswered, .rectificationReturned, .rectificationClosed:
            describeRectification(event, &note)
        default: break
        }
    }

    private func describe(_ event: CallbackCompleted, _ note: inout MomentNote) {
        note.sign(event.by)
        note.add("solved", showing.context.text(event.solved ? "reporting.yes" : "reporting.no"))
        note.join("satisfaction", showing.satisfaction(event.satisfaction))
        note.join("way", event.way.map { showing.context.text("reporting.told.\($0)") })
        note.join("customersWords", event.comment)
        for answer in event.answers ?? [] {
            note.say(
                showing.context.text(
                    "reporting.labelled", ["label": showing.text(answer.title), "value": showing.answer(answer)]))
        }
    }

    private func describeLearning(_ event: TicketEvent, _ note: inout MomentNote) {
        switch event {
        case .caseNominated(let event):
            note.sign(event.by)
            note.say(event.reason)
        case .casePublished(let event):
            note.sign(event.by)
            note.say(event.title)
            note.join("recipients", showing.list(event.recipients.map { showing.text(showing.titles.recipient($0)) }))
        case .caseDistributed(let event):
            note.sign(event.by)
            note.say(showing.department(event.department))
        case .caseRead(let event):
            note.sign(event.by)
            note.say(showing.department(event.department))
        case .measureAssigned(let event):
            note.sign(event.by)
            note.add("department", showing.department(event.department))
            note.join("measures", event.measure)
            note.join("dueAt", showing.context.timeText(event.dueAt))
        default: break
        }
    }

    /// What an inspection found, and what became of it (整改; W20).
    private func describeRectification(_ event: TicketEvent, _ note: inout MomentNote) {
        switch event {
        case .rectificationOrdered(let event):
            note.sign(event.by)
            note.add("department", showing.department(event.department))
            note.join("findings", event.finding)
            note.join("dueAt", showing.context.timeText(event.dueAt))
        case .rectificationAnswered(let event):
            note.sign(event.by)
            note.add("department", showing.department(event.department))
            note.say(event.answer)
        case .rectificationReturned(let event):
            note.sign(event.by)
            note.add("department", showing.department(event.department))
            note.join("reason", event.reason)
            note.join("dueAt", showing.context.timeText(event.dueAt))
        case .rectificationClosed(let event):
            note.sign(event.by)
            note.add("department", showing.department(event.department))
            note.join("note", event.comment)
        default: break
        }
    }
}
