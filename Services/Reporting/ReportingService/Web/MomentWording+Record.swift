import Contracts

/// What is recorded and judged.
extension MomentWording {
    func describeRecord(_ event: TicketEvent, _ note: inout MomentNote) {
        switch event {
        case .complaintReceived(let event): describe(event, &note)
        case .complaintSupplemented(let event):
            note.sign(event.by)
            note.say(event.narrative)
        case .complaintChased(let event):
            note.sign(event.by)
            note.say(event.comment)
        case .complaintWithdrawn(let event):
            note.sign(event.by)
            note.say(event.reason)
        case .complaintRejected(let event):
            note.sign(event.by)
            note.add("explanation", event.reason)
        case .complaintAccepted(let event): describe(event, &note)
        case .complaintAnswered(let event):
            note.sign(event.by)
            note.add("answer", event.answer)
        case .complaintMerged(let event):
            note.sign(event.by)
            note.add("number", event.into.text)
            note.join("reason", event.reason)
        case .complaintGrouped(let event):
            note.sign(event.by)
            note.add("group", event.group)
            note.join("number", showing.list(event.members.map(\.text)))
        case .explanationAccepted(let event): answered(event.by, event.comment, &note)
        case .explanationDisputed(let event): answered(event.by, event.comment, &note)
        default: break
        }
    }

    private func answered(_ actor: Actor, _ comment: String?, _ note: inout MomentNote) {
        note.sign(actor)
        note.say(comment)
    }

    private func describe(_ event: ComplaintReceived, _ note: inout MomentNote) {
        let complaint = event.complaint
        note.sign(complaint.recordedBy.map(Actor.staff) ?? .customer)
        note.add("number", details.summary.number.text)
        note.join("upstreamNumber", complaint.upstreamNumber)
        note.join("product", complaint.about.product)
        note.join("orderNumber", complaint.about.orderNumber)
        note.add("reason", complaint.reason)
        note.add("narrative", complaint.narrative)
        note.add("request", complaint.request)
        note.join("amount", complaint.amount.map(showing.context.money))
        note.join("affected", complaint.affected.map(String.init))
        if complaint.confirmed { note.join("confirmed", showing.context.text("reporting.yes")) }
        note.add("settled", event.settledOutcome)
    }

    private func describe(_ event: ComplaintAccepted, _ note: inout MomentNote) {
        note.sign(event.by)
        note.add("severity", showing.severity(event.severity))
        note.join("category", showing.text(event.categoryTitle))
        for explanation in event.explanations { note.add("grounds", showing.explanation(explanation)) }
        note.add("policy", showing.text(showing.titles.policy(event.policy)))
    }
}
