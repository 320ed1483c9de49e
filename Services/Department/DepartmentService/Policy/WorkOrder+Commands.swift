import Contracts
import Foundation

extension WorkOrder {
    /// What becomes of the order when a person gives a command.
    ///
    /// Every pair of command and stage is here. A command that has led to where the order is changes nothing, so that
    /// a double click says nothing twice; what the procedure does not allow is a named rejection.
    package func decide(_ command: WorkCommand, by actor: Actor, at now: Date) throws(Rejection) -> Decision {
        try carryOut(command, by: actor, at: now).hearingItself(at: now)
    }

    private func carryOut(_ command: WorkCommand, by actor: Actor, at now: Date) throws(Rejection) -> Decision {
        let step = PersonsStep(order: self, by: actor, at: now)
        switch (command, stage) {
        case (_, .closed), (_, .cancelled):
            throw .ended(state)
        case (.giveBack(let reason), .returned(let earlier)) where reason == earlier:
            return Decision(self)
        case (_, .returned):
            throw .ended(state)

        case (.join, _):
            return try step.joined()
        case (.acknowledge, .assigned):
            return step.acknowledged()
        case (.acknowledge, _):
            return Decision(self)
        case (.giveBack(let reason), .assigned), (.giveBack(let reason), .investigating),
            (.giveBack(let reason), .investigated):
            try checkReturn()
            return step.returned(reason)
        case (_, .assigned):
            throw .notAcknowledged

        case (.advise(let opinion), .opinionDue):
            return step.advised(opinion)
        case (.advise(let opinion), .opinionGiven(let earlier)) where opinion == earlier:
            return Decision(self)
        case (.report(let note, let expectedBy, let needs), .opinionDue):
            return step.reported(note, expectedBy, needs)
        case (.ask(let question), .opinionDue):
            return step.asked(question)
        case (.advise, .opinionGiven), (.report, .opinionGiven), (.ask, .opinionGiven):
            throw .ended(state)
        case (_, .opinionDue), (_, .opinionGiven):
            throw .assistingOwesOpinion

        case (.plan(let plan), .investigating), (.plan(let plan), .investigated), (.plan(let plan), .refused),
            (.plan(let plan), .declined):
            return step.planned(plan)
        case (.collect(let evidence), .investigating), (.collect(let evidence), .investigated),
            (.collect(let evidence), .refused), (.collect(let evidence), .declined):
            return step.collected(evidence)
        case (.investigate(let found), .investigating), (.investigate(let found), .investigated),
            (.investigate(let found), .refused), (.investigate(let found), .declined):
            return try step.investigated(found)
        case (.draft(let draft), .investigated), (.draft(let draft), .refused), (.draft(let draft), .declined):
            return try step.drafted(draft)
        case (.draft, .investigating):
            throw .notInvestigated
        case (.draft(let draft), .awaitingApproval(let solution, _)) where draft.says(solution),
            (.draft(let draft), .proposed(let solution)) where draft.says(solution):
            return Decision(self)

        case (.approve(let vote), .awaitingApproval(let solution, _)):
            return try step.approved(solution, vote)
        case (.approve(let vote), .proposed(let solution)) where vote.wasGiven(to: solution, by: actor.name):
            return Decision(self)
        case (.refuse(let reason, let vote), .awaitingApproval(let solution, _)):
            return try step.refused(solution, reason, vote)
        case (.refuse(let reason, let vote), .refused(let solution, let earlier))
        where reason == earlier && vote.isAbout(solution):
            return Decision(self)
        case (.approve, _), (.refuse, _):
            throw .nothingToApprove

        case (.complete(let done), .carryingOut(let solution, nil)):
            return step.completed(solution, at: done)
        case (.complete(let done), .carryingOut(_, .some(let earlier))) where done == earlier:
            return Decision(self)
        case (.complete, .carryingOut), (.complete, .implemented):
            throw .notNow(state)
        case (.complete, _):
            throw .notAccepted
        case (.implement(let outcome, let completedAt), .carryingOut(let solution, let done)):
            let implementation = Implementation(outcome: outcome, completedAt: completedAt, by: actor)
            return step.implemented(solution, implementation, isKnown: done != nil)
        case (.implement(let outcome, let completedAt), .implemented(_, let earlier))
        where earlier.outcome == outcome && earlier.completedAt == completedAt:
            return Decision(self)
        case (.implement, .implemented):
            throw .notNow(state)
        case (.implement, _):
            throw .notAccepted

        case (.report(let note, let expectedBy, let needs), _):
            return step.reported(note, expectedBy, needs)
        case (.ask(let question), _):
            return step.asked(question)
        case (.consult(let department, let question), .investigating),
            (.consult(let department, let question), .investigated),
            (.consult(let department, let question), .refused), (.consult(let department, let question), .declined):
            return try step.consulted(department, question)

        case (.advise, _):
            throw .leadOwesSolution
        case (.giveBack, _):
            throw .returnTooLate
        case (.investigate, .awaitingApproval), (.investigate, .proposed), (.investigate, .carryingOut),
            (.investigate, .implemented), (.draft, .awaitingApproval), (.draft, .proposed), (.draft, .carryingOut),
            (.draft, .implemented), (.consult, .awaitingApproval), (.consult, .proposed), (.consult, .carryingOut),
            (.consult, .implemented), (.plan, .awaitingApproval), (.plan, .proposed), (.plan, .carryingOut),
            (.plan, .implemented), (.collect, .awaitingApproval), (.collect, .proposed), (.collect, .carryingOut),
            (.collect, .implemented):
            throw .notNow(state)
        }
    }

    private func checkReturn() throws(Rejection) {
        guard role == .lead else { throw .assistingOwesOpinion }
        guard !assignment.isRuling else { throw .ruled }
        guard round == 1 else { throw .returnTooLate }
    }
}
