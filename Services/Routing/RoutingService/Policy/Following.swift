import Contracts

/// Following what departments and Callback say of a complaint that is in hand.
enum Following {
    static func acknowledged(
        _ file: CaseFile, _ handling: Handling, _ department: DepartmentID, _ assignment: Int
    ) throws(RoutingRejection) -> RoutingDecision {
        if assignment > handling.assignment { throw .premature("assignment \(assignment) is not known yet") }
        guard assignment == handling.assignment else { return .late(file) }
        guard department == handling.lead else { return .aside(file) }
        return handling.phase == .awaitingAcknowledgement ? .enter(.investigating, handling, file) : .late(file)
    }

    /// 退单. An assisting department that gives it back leaves the group; the lead leaves it to nobody.
    static func returned(
        _ file: CaseFile, _ handling: Handling, _ department: DepartmentID, _ assignment: Int
    ) throws(RoutingRejection) -> RoutingDecision {
        if assignment > handling.assignment { throw .premature("assignment \(assignment) is not known yet") }
        guard assignment == handling.assignment, handling.holders.contains(department) else { return .late(file) }
        guard department == handling.lead else {
            var handling = handling
            handling.assisting.removeAll { $0 == department }
            return RoutingDecision(file: file.with(.handling(handling)), standing: .aside)
        }
        if handling.isRuling { throw .returnOfRuling }
        var file = file
        file.returns += 1
        let others = handling.assisting.map {
            RoutingEffect.cancel($0, as: .assisting, assignment: handling.assignment, .reassigned)
        }
        return .moved(file, to: .awaitingAssignment, others)
    }

    static func investigated(
        _ file: CaseFile, _ handling: Handling, _ department: DepartmentID, _ round: Int
    ) throws(RoutingRejection) -> RoutingDecision {
        guard department == handling.lead else { return .aside(file) }
        if round > file.round { throw .premature("round \(round) has not begun yet") }
        guard round == file.round else { return .late(file) }
        // It does not say of which assignment it is; an acknowledgement that is on its way moves the complaint itself.
        return .noted(file)
    }

    static func drafted(
        _ file: CaseFile, _ handling: Handling, _ department: DepartmentID, _ version: Int
    ) -> RoutingDecision {
        let file = file.knowing(version)
        guard department == handling.lead else { return .aside(file) }
        return file.advanced(to: SolutionMark(version: version, step: .drafted), .awaitingApproval, handling)
    }

    static func approved(
        _ file: CaseFile, _ handling: Handling, _ department: DepartmentID, _ version: Int
    ) -> RoutingDecision {
        let file = file.knowing(version)
        guard department == handling.lead else { return .aside(file) }
        return version < file.mark.version ? .late(file) : .noted(file)
    }

    static func refused(
        _ file: CaseFile, _ handling: Handling, _ department: DepartmentID, _ version: Int
    ) -> RoutingDecision {
        let file = file.knowing(version)
        guard department == handling.lead else { return .aside(file) }
        return file.advanced(to: SolutionMark(version: version, step: .refused), .investigating, handling)
    }

    static func proposed(
        _ file: CaseFile, _ handling: Handling, _ department: DepartmentID, _ version: Int, _ round: Int
    ) throws(RoutingRejection) -> RoutingDecision {
        let file = file.knowing(version)
        guard department == handling.lead else { return .aside(file) }
        if round > file.round { throw .premature("round \(round) has not begun yet") }
        guard round == file.round else { return .late(file) }
        return file.advanced(to: SolutionMark(version: version, step: .proposed), .proposed, handling)
    }

    /// The customer's answer to a proposal.
    static func answered(
        _ file: CaseFile, _ handling: Handling, _ version: Int, phase: Handling.Phase
    ) throws(RoutingRejection) -> RoutingDecision {
        if SolutionMark(version: version, step: .proposed) > file.mark {
            throw .premature("solution \(version) has not been proposed yet")
        }
        return file.advanced(to: SolutionMark(version: version, step: .answered), phase, handling)
    }

    /// Something about a proposal that changes nothing of who has the next step.
    static func proposalNoted(_ file: CaseFile, _ version: Int) throws(RoutingRejection) -> RoutingDecision {
        if SolutionMark(version: version, step: .proposed) > file.mark {
            throw .premature("solution \(version) has not been proposed yet")
        }
        return SolutionMark(version: version, step: .answered) > file.mark ? .noted(file) : .late(file)
    }

    /// 裁定: a person ruled where customer and department did not agree. It is about the last word on the version, so it
    /// holds also when the customer's own answer was heard before.
    static func ruled(
        _ file: CaseFile, _ handling: Handling, _ version: Int, _ verdict: RulingVerdict
    ) throws(RoutingRejection) -> RoutingDecision {
        let answered = SolutionMark(version: version, step: .answered)
        if SolutionMark(version: version, step: .proposed) > file.mark {
            throw .premature("solution \(version) has not been proposed yet")
        }
        guard answered >= file.mark else { return .late(file) }
        var file = file
        file.mark = answered
        switch verdict {
        case .carryOut: return .enter(.implementing, handling, file)
        case .revise: return .enter(.revising, handling, file)
        case .close: return .noted(file)
        }
    }

    /// The work is done, its result not reported yet: the department still has the next step.
    static func completed(
        _ file: CaseFile, _ handling: Handling, _ department: DepartmentID, _ version: Int, _ round: Int
    ) throws(RoutingRejection) -> RoutingDecision {
        guard department == handling.lead else { return .aside(file) }
        if round > file.round || SolutionMark(version: version, step: .proposed) > file.mark {
            throw .premature("solution \(version) has not been proposed yet")
        }
        let isOver = round < file.round || file.mark >= SolutionMark(version: version, step: .implemented)
        return isOver ? .late(file) : .noted(file)
    }

    static func implemented(
        _ file: CaseFile, _ handling: Handling, _ department: DepartmentID, _ version: Int, _ round: Int
    ) throws(RoutingRejection) -> RoutingDecision {
        guard department == handling.lead else { return .aside(file) }
        if round > file.round || SolutionMark(version: version, step: .proposed) > file.mark {
            throw .premature("solution \(version) has not been proposed yet")
        }
        guard round == file.round else { return .late(file) }
        return file.advanced(to: SolutionMark(version: version, step: .implemented), .callback, handling)
    }

    /// 返工: the case is handled again. What is said of solutions so far is late from now on.
    static func reworkOrdered(
        _ file: CaseFile, _ handling: Handling, _ round: Int
    ) throws(RoutingRejection) -> RoutingDecision {
        guard round > file.round else { return .late(file) }
        guard round == file.round + 1, file.mark.step == .implemented else {
            throw .premature("what is to be reworked in round \(round) has not been reported as carried out yet")
        }
        var file = file
        file.round = round
        file.mark.step = .reworked
        return .enter(.investigating, handling, file)
    }

    /// Something is said about handling while no department holds the complaint: late, unless it never had one.
    static func withoutHolder(_ file: CaseFile, _ event: RoutingEvent) throws(RoutingRejection) -> RoutingDecision {
        guard file.assignments > 0 else { throw .neverAssigned }
        if case .proposed(_, let version, _) = event { return .late(file.knowing(version)) }
        if case .drafted(_, let version) = event { return .late(file.knowing(version)) }
        if case .reworkOrdered(let round) = event {
            var file = file
            file.round = max(file.round, round)
            return .late(file)
        }
        return .late(file)
    }
}

extension CaseFile {
    func with(_ state: RoutingState) -> CaseFile {
        var file = self
        file.state = state
        return file
    }

    /// Remembers that a version has been used, whoever used it.
    fileprivate func knowing(_ version: Int) -> CaseFile {
        var file = self
        file.highestVersion = max(highestVersion, version)
        return file
    }

    /// Moves on when the mark is further than what has been heard of.
    fileprivate func advanced(
        to mark: SolutionMark, _ phase: Handling.Phase, _ handling: Handling
    ) -> RoutingDecision {
        guard mark > self.mark else { return .late(self) }
        var file = self
        file.mark = mark
        return .enter(phase, handling, file)
    }
}

extension RoutingDecision {
    fileprivate static func enter(
        _ phase: Handling.Phase, _ handling: Handling, _ file: CaseFile
    ) -> RoutingDecision {
        var handling = handling
        handling.phase = phase
        return .moved(file, to: .handling(handling))
    }
}
