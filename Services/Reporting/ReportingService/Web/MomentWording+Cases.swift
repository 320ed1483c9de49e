import Contracts

/// Who is to handle a complaint, what is owed to others because of it, and its time.
extension MomentWording {
    func describeCase(_ event: TicketEvent, _ note: inout MomentNote) {
        switch event {
        case .emergencyCalled(let event):
            note.add("department", showing.department(event.department))
            note.add("measures", showing.text(event.measures))
        case .emergencyAttended(let event):
            note.sign(event.by)
            note.say(event.report)
        case .caseAssigned(let event): describe(event, &note)
        case .caseUrged(let event):
            note.sign(event.by)
            note.add("urged", event.addressee.map(showing.person) ?? showing.department(event.department))
            note.say(event.text.map(showing.text) ?? event.comment)
        case .caseEscalated(let event):
            note.sign(event.by)
            note.add("escalatedTo", event.levelTitle.map(showing.text) ?? event.level)
            note.say(event.text.map(showing.text) ?? event.reason)
        case .caseCancelled(let event):
            if event.reason == .closed { note.title = "case-released" }
            note.add("department", showing.department(event.department))
            note.join("reason", showing.context.text("reporting.cancelled.\(event.reason.rawValue)"))
        case .dutyFulfilled, .partOrdered, .partArrived: describeDuty(event, &note)
        case .deadlineApproaching(let event):
            note.say(
                showing.context.text(
                    "reporting.used", ["title": showing.text(event.deadline.title), "percent": "\(event.percent)"]))
            note.join("dueAt", showing.context.timeText(event.deadline.dueAt))
        case .deadlineMoved(let event):
            if event.startedBy != nil { note.title = "deadline-started" }
            if event.stoppedBy != nil { note.title = "deadline-stopped" }
            note.say(showing.text(event.deadline.title))
            note.join("dueAt", showing.context.timeText(event.deadline.dueAt))
            note.say(showing.text(event.deadline.explanation))
        case .deadlineMissed(let event):
            note.say(showing.text(event.deadline.title))
            note.join("dueAt", showing.context.timeText(event.deadline.dueAt))
        default: break
        }
    }

    private func describe(_ event: CaseAssigned, _ note: inout MomentNote) {
        note.sign(event.by)
        let role = showing.context.text("reporting.role.\(event.role.rawValue)")
        note.say(
            showing.context.text(
                "reporting.withRole", ["name": showing.text(event.departmentTitle), "role": role]))
        note.join("owner", event.owner.map(showing.person))
        note.add("reason", event.reason)
        guard let group = event.group, event.role == .lead else { return }
        note.add("group", showing.text(group.title))
        note.join("leader", showing.person(group.leader))
        let titles = ([group.lead] + group.assisting).map { id in
            event.titles?[id.text].map(showing.text) ?? showing.department(id)
        }
        note.add("members", showing.list(titles))
        note.join("participants", showing.list((group.confirmations + group.management).map(showing.person)))
        note.join("presentsWith", group.presentsWith.map { showing.department($0) })
    }

    private func describeDuty(_ event: TicketEvent, _ note: inout MomentNote) {
        switch event {
        case .dutyFulfilled(let event):
            note.title = "duty-\(event.form)"
            note.sign(event.by)
            note.add("recipient", showing.text(event.recipientTitle))
            note.join("matter", showing.text(event.title))
            note.add("document", event.subject)
            note.join("way", event.way)
            note.join("note", event.note)
        case .partOrdered(let event):
            note.sign(event.by)
            note.add("part", event.part)
            note.join("way", event.way)
            note.join("reference", event.reference)
            note.join("expectedBy", event.expectedAt.map { showing.context.timeText($0) })
        case .partArrived(let event):
            note.sign(event.by)
            note.add("part", event.part)
        default: break
        }
    }
}
