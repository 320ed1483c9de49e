import Contracts

/// What departments do about a complaint, and what they ask.
extension MomentWording {
    func describeWork(_ event: TicketEvent, _ note: inout MomentNote) {
        switch event {
        case .caseAcknowledged(let event):
            note.sign(event.by)
            note.say(showing.department(event.department))
        case .caseReturned(let event):
            note.sign(event.by)
            note.say(showing.department(event.department))
            note.join("reason", event.reason)
        case .caseInvestigated(let event): describe(event, &note)
        case .caseProgressed(let event):
            note.sign(event.by)
            note.say(event.note)
            note.join("expectedBy", event.expectedBy.map { showing.context.timeText($0) })
            note.add("changedNeeds", event.needs)
        case .opinionRequested(let event):
            note.sign(event.by)
            note.add("asked", showing.department(event.department))
            note.join("question", event.question)
        case .opinionGiven(let event):
            note.sign(event.by)
            note.say(showing.department(event.department))
            note.join("opinion", event.opinion)
        case .caseJoined(let event): note.sign(event.by)
        case .informationRequested(let event):
            note.sign(event.by)
            note.add("question", event.question)
        case .informationProvided(let event):
            note.sign(event.by)
            note.add("answer", event.answer)
        default: break
        }
    }

    private func describe(_ event: CaseInvestigated, _ note: inout MomentNote) {
        note.sign(event.by)
        if let visit = event.siteVisit {
            note.add("siteVisit", "\(visit.place) · \(showing.context.timeText(visit.at)) · \(visit.people)")
        }
        note.add("findings", event.findings)
        note.add("directCause", event.directCause)
        note.join("rootCause", event.rootCause)
        note.join("responsibility", event.responsibility)
        for piece in event.evidence ?? [] {
            let kind = showing.context.text("reporting.evidence.\(piece.kind.rawValue)")
            note.add("evidence", [kind, piece.title, piece.shows].compactMap(\.self).joined(separator: " · "))
        }
    }
}
