import Contracts

/// The state machine of a complaint in Routing: one switch over every state and event.
///
/// Until a department holds the complaint Routing decides, and what does not fit is refused by name. From then on it
/// follows. Messages may come twice and in any order, so what a department or Callback says is compared with the furthest
/// step heard of (`SolutionMark`): what is behind is late and changes nothing; what is ahead of something that must have
/// happened waits (`premature`). Callback alone closes; what it has closed is closed, whatever Routing believed.
enum RoutingPolicy {
    /// - Parameter rulingAfter: after so many returns the next assignment is a ruling.
    static func decide(
        _ file: CaseFile, _ event: RoutingEvent, rulingAfter: Int
    ) throws(RoutingRejection) -> RoutingDecision {
        // Versions are counted on from the highest: a forged one must not spoil those that follow.
        if let version = event.solutionVersion, !(1...10_000).contains(version) { throw .impossibleVersion(version) }
        switch (file.state, event) {
        case (_, .chased), (_, .supplemented):
            return .noted(file)

        // Ends.
        case (.closed, .closed):
            return .late(file)
        case (_, .closed(let outcome)):
            return Ending.close(file, outcome)
        case (.closed, .withdrawn), (.withdrawn, .withdrawn), (.merged, .withdrawn):
            return .late(file)
        case (_, .withdrawn):
            return Ending.withdraw(file)
        case (.closed, .mergedInto), (.withdrawn, .mergedInto), (.merged, .mergedInto):
            throw .ended
        case (_, .mergedInto(let survivor)):
            return Ending.merge(file, into: survivor)

        // Judging.
        case (.awaitingJudgement(let round), .judgedValid):
            return .moved(file, to: .awaitingAssignment, [.accept(round: round)])
        case (.awaitingAnswer, .judgedValid):
            return .moved(file, to: .awaitingAssignment, [.accept(round: 1)])
        case (.awaitingJudgement(let round), .judgedInvalid):
            return .moved(file, to: .explaining(round: round), [.reject(round: round)])
        case (.awaitingAnswer, .judgedInvalid):
            return .moved(file, to: .explaining(round: 1), [.reject(round: 1)])
        case (.awaitingJudgement, .judgedEnquiry), (.awaitingAnswer, .judgedEnquiry):
            return .moved(file, to: .answered, [.answer])
        case (.closed, .judgedValid), (.closed, .judgedInvalid), (.closed, .judgedEnquiry), (.withdrawn, .judgedValid),
            (.withdrawn, .judgedInvalid), (.withdrawn, .judgedEnquiry), (.merged, .judgedValid),
            (.merged, .judgedInvalid), (.merged, .judgedEnquiry):
            throw .ended
        case (.settled, .judgedValid), (.settled, .judgedInvalid), (.settled, .judgedEnquiry),
            (.answered, .judgedValid),
            (.answered, .judgedInvalid), (.answered, .judgedEnquiry), (.explaining, .judgedValid),
            (.explaining, .judgedInvalid), (.explaining, .judgedEnquiry), (.awaitingAssignment, .judgedValid),
            (.awaitingAssignment, .judgedInvalid), (.awaitingAssignment, .judgedEnquiry), (.handling, .judgedValid),
            (.handling, .judgedInvalid), (.handling, .judgedEnquiry):
            throw .notAwaitingJudgement
        case (.explaining(let current), .explanationDisputed(let round)):
            return round < current
                ? .late(file) : .moved(file, to: .awaitingJudgement(round: current + 1))
        case (_, .explanationDisputed):
            return .late(file)
        case (.explaining, .explanationAccepted):
            return .noted(file)
        case (_, .explanationAccepted):
            return .late(file)

        // Assigning and urging.
        case (.awaitingAssignment, .assigned(let lead, let assisting, let bySupervisor)):
            return try Assigning.assign(
                file, from: nil, to: lead, assisting, bySupervisor: bySupervisor, rulingAfter: rulingAfter)
        case (.handling(let handling), .assigned(let lead, let assisting, let bySupervisor)):
            return try Assigning.assign(
                file, from: handling, to: lead, assisting, bySupervisor: bySupervisor, rulingAfter: rulingAfter)
        case (.handling(let handling), .regraded(let assisting)):
            return try Assigning.regrade(file, handling, assisting, rulingAfter: rulingAfter)
        case (.closed, .assigned), (.withdrawn, .assigned), (.merged, .assigned):
            throw .ended
        case (.settled, .assigned), (.awaitingJudgement, .assigned), (.awaitingAnswer, .assigned),
            (.answered, .assigned),
            (.explaining, .assigned):
            throw .notAssignable
        case (.handling(let handling), .urged):
            return RoutingDecision(file: file, effects: [.urge(handling.lead)], standing: .noted)
        case (.closed, .urged), (.withdrawn, .urged), (.merged, .urged):
            throw .ended
        case (.settled, .urged), (.awaitingJudgement, .urged), (.awaitingAnswer, .urged), (.answered, .urged),
            (.explaining, .urged), (.awaitingAssignment, .urged):
            throw .nobodyToUrge

        // Following the departments and Callback.
        case (.handling(let handling), .acknowledged(let department, let assignment)):
            return try Following.acknowledged(file, handling, department, assignment)
        case (.handling(let handling), .returned(let department, let assignment)):
            return try Following.returned(file, handling, department, assignment)
        case (.handling(let handling), .investigated(let department, let round)):
            return try Following.investigated(file, handling, department, round)
        case (.handling(let handling), .drafted(let department, let version)):
            return Following.drafted(file, handling, department, version)
        case (.handling(let handling), .approved(let department, let version)):
            return Following.approved(file, handling, department, version)
        case (.handling(let handling), .refused(let department, let version)):
            return Following.refused(file, handling, department, version)
        case (.handling(let handling), .proposed(let department, let version, let round)):
            return try Following.proposed(file, handling, department, version, round)
        case (.handling(let handling), .completed(let department, let version, let round)):
            return try Following.completed(file, handling, department, version, round)
        case (.handling(let handling), .implemented(let department, let version, let round)):
            return try Following.implemented(file, handling, department, version, round)
        case (.handling(let handling), .accepted(let version)):
            return try Following.answered(file, handling, version, phase: .implementing)
        case (.handling(let handling), .declined(let version)):
            return try Following.answered(file, handling, version, phase: .revising)
        case (.handling, .proposalNoted(let version)):
            return try Following.proposalNoted(file, version)
        case (.handling(let handling), .ruled(let version, let verdict)):
            return try Following.ruled(file, handling, version, verdict)
        case (.handling(let handling), .reworkOrdered(let round)):
            return try Following.reworkOrdered(file, handling, round)
        case (.handling(let handling), .progressed(let department)),
            (.handling(let handling), .informationRequested(let department)),
            (.handling(let handling), .informationProvided(let department)):
            return department == handling.lead ? .noted(file) : .aside(file)
        case (.handling, .unreachable), (.handling, .calledBack):
            return .noted(file)

        // The customer is called about explanations and answers too.
        case (.settled, .unreachable), (.settled, .calledBack), (.answered, .unreachable), (.answered, .calledBack),
            (.explaining, .unreachable), (.explaining, .calledBack):
            return .noted(file)
        case (.closed, .unreachable), (.closed, .calledBack), (.withdrawn, .unreachable), (.withdrawn, .calledBack),
            (.merged, .unreachable), (.merged, .calledBack), (.awaitingJudgement, .unreachable),
            (.awaitingJudgement, .calledBack), (.awaitingAnswer, .unreachable), (.awaitingAnswer, .calledBack),
            (.awaitingAssignment, .unreachable), (.awaitingAssignment, .calledBack):
            return .late(file)

        // Nobody works yet by what it was graded before.
        case (.settled, .regraded), (.awaitingJudgement, .regraded), (.awaitingAnswer, .regraded),
            (.answered, .regraded), (.explaining, .regraded), (.awaitingAssignment, .regraded), (.closed, .regraded),
            (.withdrawn, .regraded), (.merged, .regraded):
            throw .notAssignable

        // What departments say when none holds the complaint.
        case (.settled, _), (.awaitingJudgement, _), (.awaitingAnswer, _), (.answered, _), (.explaining, _),
            (.awaitingAssignment, _), (.closed, _), (.withdrawn, _), (.merged, _):
            return try Following.withoutHolder(file, event)
        }
    }
}

extension RoutingDecision {
    static func moved(_ file: CaseFile, to state: RoutingState, _ effects: [RoutingEffect] = []) -> RoutingDecision {
        var file = file
        file.state = state
        return RoutingDecision(file: file, effects: effects, standing: .moved)
    }

    static func noted(_ file: CaseFile) -> RoutingDecision { RoutingDecision(file: file, standing: .noted) }
    static func aside(_ file: CaseFile) -> RoutingDecision { RoutingDecision(file: file, standing: .aside) }
    static func late(_ file: CaseFile) -> RoutingDecision { RoutingDecision(file: file, standing: .late) }
}
