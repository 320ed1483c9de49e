import Contracts

/// Giving a complaint to departments, and taking it from those that hold it.
enum Assigning {
    /// How many versions of a solution a department may have drafted that Routing has not heard of when it gives the case
    /// to another: they are left out, so that no version of one is ever taken for the other's.
    static let versionsOnTheWire = 5

    static func assign(
        _ file: CaseFile, from current: Handling?, to lead: DepartmentID, _ assisting: [DepartmentID],
        bySupervisor: Bool, rulingAfter: Int
    ) throws(RoutingRejection) -> RoutingDecision {
        if file.returns >= rulingAfter, !bySupervisor { throw .needsSupervisor }
        if let current { try checkReassignment(current, to: lead, assisting) }
        return try give(file, from: current, to: lead, assisting, isRuling: file.returns >= rulingAfter)
    }

    /// Whoever leads goes on leading, under the terms of the new severity: its authority, its group, its times. Also
    /// while nobody has signed for it, and to the same departments.
    static func regrade(
        _ file: CaseFile, _ current: Handling, _ assisting: [DepartmentID], rulingAfter: Int
    ) throws(RoutingRejection) -> RoutingDecision {
        switch current.phase {
        case .proposed, .implementing, .callback: throw .withCustomer
        case .awaitingAcknowledgement, .investigating, .awaitingApproval, .revising:
            return try give(
                file, from: current, to: current.lead, assisting, isRuling: file.returns >= rulingAfter)
        }
    }

    private static func give(
        _ file: CaseFile, from current: Handling?, to lead: DepartmentID, _ assisting: [DepartmentID], isRuling: Bool
    ) throws(RoutingRejection) -> RoutingDecision {
        guard !assisting.contains(lead) else { throw .leadAssists }
        var file = file
        let cancellations = Ending.cancellations(file, .reassigned)
        file.assignments += 1
        // What is still said of earlier versions is late from now on, whoever says it.
        if current != nil { file.highestVersion += versionsOnTheWire }
        file.mark = SolutionMark(version: file.highestVersion, step: .none)
        file.firstVersion = file.highestVersion + 1
        file.state = .handling(
            Handling(
                assignment: file.assignments, lead: lead, assisting: assisting, isRuling: isRuling,
                phase: .awaitingAcknowledgement))
        return RoutingDecision(
            file: file, effects: cancellations + [.assign(assignment: file.assignments, isRuling: isRuling)],
            standing: .moved)
    }

    private static func checkReassignment(
        _ current: Handling, to lead: DepartmentID, _ assisting: [DepartmentID]
    ) throws(RoutingRejection) {
        switch current.phase {
        case .proposed, .implementing, .callback:
            throw .withCustomer
        case .awaitingAcknowledgement:
            // A form sent twice must not take the case away from the department and give it back.
            if current.lead == lead, Set(current.assisting) == Set(assisting) { throw .alreadyAssigned }
        case .investigating, .awaitingApproval, .revising:
            break
        }
    }
}
