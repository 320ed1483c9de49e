import Contracts
import Foundation
import Web

/// The sections that departments and callers fill in.
extension TicketForm {
    func assignmentEntry(_ assignment: TicketRecord.Assignment) -> FormEntry {
        let context = showing.context
        var entry = FormEntry(showing.text(assignment.departmentTitle))
        entry.add(label("role"), context.text("reporting.role.\(assignment.role.rawValue)"))
        entry.add(label("owner"), assignment.owner.map(showing.person))
        entry.addLong(label("reason"), assignment.reason)
        entry.addLong(label("grounds"), explanations(assignment.explanations))
        entry.addLong(
            label("deadlines"),
            assignment.deadlines.map { "\(showing.text($0.title)): \(time($0.dueAt))" }.joined(separator: "\n"))
        if assignment.isRuling { entry.add(label("ruling"), context.text("reporting.yes")) }
        signed(&entry, assignment.by, assignment.at)
        if let actor = assignment.acknowledgedBy, let at = assignment.acknowledgedAt {
            entry.addLong(label("acknowledged"), "\(showing.actor(actor)) · \(time(at))")
        }
        if let reason = assignment.returnReason, let actor = assignment.returnedBy, let at = assignment.returnedAt {
            entry.addLong(label("returned"), "\(reason)\n\(showing.actor(actor)) · \(time(at))")
        }
        if let reason = assignment.cancelledReason, let at = assignment.cancelledAt {
            let word = context.text("reporting.cancelled.\(reason.rawValue)")
            entry.addLong(label("cancelled"), "\(word) · \(time(at))")
        }
        return entry
    }

    func investigationEntry(_ investigation: TicketRecord.Investigation) -> FormEntry {
        var entry = FormEntry(roundHeading(investigation.department, investigation.round))
        entry.addLong(label("findings"), investigation.findings)
        entry.addLong(label("directCause"), investigation.directCause)
        entry.addLong(label("rootCause"), investigation.rootCause)
        entry.addLong(label("responsibility"), investigation.responsibility)
        addRecord(&entry, investigation)
        signed(&entry, investigation.by, investigation.at)
        return entry
    }

    /// What was set out to be found, what was collected, and the verification on site (M11, M12, K09).
    private func addRecord(_ entry: inout FormEntry, _ investigation: TicketRecord.Investigation) {
        if let plan = investigation.plan {
            entry.addLong(label("goals"), plan.goals)
            entry.addLong(label("information"), plan.information)
            entry.addLong(label("steps"), plan.steps)
        }
        let pieces = investigation.evidence.map { piece in
            let kind = showing.context.text("reporting.evidence.\(piece.kind.rawValue)")
            return ["\(kind): \(piece.title)", piece.shows, "\(showing.person(piece.by)) · \(time(piece.collectedAt))"]
                .compactMap(\.self).joined(separator: " · ")
        }
        entry.addLong(label("evidence"), pieces.joined(separator: "\n"))
        if let visit = investigation.siteVisit {
            entry.addLong(label("siteVisit"), "\(visit.place) · \(time(visit.at))\n\(visit.people)")
        }
    }

    func opinionEntry(_ opinion: TicketRecord.Opinion) -> FormEntry {
        var entry = FormEntry(showing.department(opinion.department))
        entry.addLong(label("question"), opinion.question)
        entry.addLong(label("opinion"), opinion.opinion ?? showing.context.text("reporting.owed"))
        signed(&entry, opinion.by, opinion.givenAt)
        return entry
    }

    func questionEntry(_ question: TicketRecord.Question) -> FormEntry {
        var entry = FormEntry(showing.department(question.department))
        entry.addLong(label("question"), question.question)
        signed(&entry, question.askedBy, question.askedAt)
        entry.addLong(label("customerAnswer"), question.answer ?? showing.context.text("reporting.owed"))
        entry.add(label("answeredAt"), question.answeredAt.map(time))
        return entry
    }

    func solutionEntry(_ version: TicketRecord.SolutionVersion) -> FormEntry {
        let solution = version.solution
        var entry = FormEntry(
            showing.context.text("reporting.version", ["version": "\(solution.shownNumber)"]) + " · "
                + showing.department(version.department))
        entry.addLong(label("measures"), solution.measures)
        entry.add(label("compensation"), solution.compensation.map(showing.context.money))
        entry.add(label("completionDue"), time(solution.completionDue))
        entry.addLong(label("grounds"), solution.grounds)
        entry.add(label("draftedBy"), showing.person(solution.draftedBy))
        entry.add(label("at"), time(solution.draftedAt))
        addApproval(&entry, version)
        entry.add(label("proposedAt"), version.proposedAt.map(time))
        for step in version.steps { entry.addLong(label("step.\(step.kind.rawValue)"), told(step)) }
        if let isAccepted = version.isAccepted, let at = version.answeredAt {
            let word = showing.context.text(isAccepted ? "reporting.accepted" : "reporting.declined")
            let words = [word, version.answer, version.answeredBy.map(showing.actor), time(at)]
            entry.addLong(label("consent"), words.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · "))
        }
        if let evidence = version.evidence {
            let kind = showing.context.text("reporting.evidence.\(evidence.kind.rawValue)")
            let words = [kind, evidence.person, evidence.note, time(evidence.at)]
            entry.addLong(label("evidenceOfAnswer"), words.compactMap { $0 }.joined(separator: " · "))
        }
        return entry
    }

    private func told(_ step: TicketRecord.SolutionStep) -> String {
        let word = step.word.map { showing.context.text("reporting.told.\($0)") }
        let words = [word, step.text, showing.actor(step.by), time(step.at)]
        return words.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private func addApproval(_ entry: inout FormEntry, _ version: TicketRecord.SolutionVersion) {
        entry.addLong(label("needs"), version.needs)
        if !version.approvals.isEmpty {
            let lines = version.approvals.map { approval in
                [
                    showing.text(approval.title), showing.person(approval.by), approval.signature.map { "「\($0)」" },
                    time(approval.at),
                ]
                .compactMap(\.self).joined(separator: " · ")
            }
            entry.addLong(label("approved"), lines.joined(separator: "\n"))
        } else if let actor = version.approvedBy, let at = version.approvedAt {
            entry.addLong(label("approved"), "\(showing.actor(actor)) · \(time(at))")
        }
        if let actor = version.refusedBy, let at = version.refusedAt {
            entry.addLong(label("refused"), "\(version.refusal ?? "")\n\(showing.actor(actor)) · \(time(at))")
        }
    }

    func implementationEntry(_ implementation: TicketRecord.Implementation) -> FormEntry {
        let number = record.numbers[implementation.version] ?? implementation.version
        var entry = FormEntry(roundHeading(implementation.department, implementation.round))
        entry.addLong(label("outcome"), implementation.outcome)
        entry.add(
            label("version"), showing.context.text("reporting.version", ["version": "\(number)"]))
        entry.add(label("completedAt"), time(implementation.completedAt))
        signed(&entry, implementation.by, implementation.at)
        return entry
    }

    func callbackEntry(_ callback: TicketRecord.Callback) -> FormEntry {
        let context = showing.context
        var entry = FormEntry(callback.round.map { context.text("reporting.round", ["round": "\($0)"]) })
        if let attempt = callback.unreachableAttempt {
            entry.add(label("unreachable"), context.text("reporting.attempt", ["attempt": "\(attempt)"]))
        }
        entry.add(label("solved"), callback.solved.map { context.text($0 ? "reporting.yes" : "reporting.no") })
        entry.add(label("satisfaction"), callback.satisfaction.map(showing.satisfaction))
        entry.add(label("way"), callback.way.map { context.text("reporting.told.\($0)") })
        for answer in callback.answers { entry.add(showing.text(answer.title), showing.answer(answer)) }
        entry.addLong(label("comment"), callback.comment)
        signed(&entry, callback.by, callback.at)
        return entry
    }

    func reworkEntry(_ rework: TicketRecord.Rework) -> FormEntry {
        var entry = FormEntry(label("rework") + " · " + roundHeading(rework.department, rework.round))
        if rework.isRaised { entry.add(label("raised"), showing.context.text("reporting.yes")) }
        entry.addLong(label("reason"), rework.reason)
        signed(&entry, rework.by, rework.at)
        return entry
    }

    func closingEntry(_ closing: TicketRecord.Closing) -> FormEntry {
        var entry = FormEntry()
        entry.add(label("outcome"), showing.outcome(closing.outcome))
        entry.add(label("satisfaction"), closing.satisfaction.map { "\($0) / 5" })
        entry.add(label("rounds"), "\(closing.rounds)")
        entry.add(label("handling"), showing.duration(summary.handlingSeconds))
        signed(&entry, closing.by, closing.at)
        return entry
    }

    func remarkEntry(_ remark: TicketRecord.Remark) -> FormEntry {
        var entry = FormEntry(showing.context.text("reporting.remark.\(remark.kind.rawValue)"))
        entry.add(label("person"), remark.person.map(showing.person))
        entry.addLong(label("comment"), remark.words.map(showing.text) ?? remark.text)
        entry.add(label("department"), remark.department.map { showing.department($0) })
        signed(&entry, remark.by, remark.at)
        return entry
    }

    private func roundHeading(_ department: DepartmentID, _ round: Int) -> String {
        showing.department(department) + " · " + showing.context.text("reporting.round", ["round": "\(round)"])
    }
}
