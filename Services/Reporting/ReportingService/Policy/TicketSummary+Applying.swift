import Contracts
import Foundation
import Procedure

extension TicketEvent {
    /// The version of the policy pack that Routing decided it under; absent of what others say.
    var policy: PolicyStamp? {
        if case .complaintAccepted(let event) = self { return event.policy }
        if case .complaintRejected(let event) = self { return event.policy }
        if case .complaintAnswered(let event) = self { return event.policy }
        if case .caseAssigned(let event) = self { return event.policy }
        return nil
    }
}

extension TicketSummary {
    /// Takes in the next event. What cannot change the summary any more (a late assignment of a closed complaint) leaves
    /// it as it is: Reporting judges nobody, it only reads.
    mutating func apply(_ recorded: RecordedEvent, by pack: PolicyPack? = nil) {
        let (envelope, time) = (recorded.envelope, recorded.envelope.time)
        let word = envelope.type.word
        moments[word] = max(moments[word] ?? time, time)
        let (isBehind, stand) = (recorded.event.isBehind(assignment, firstVersion: firstVersion), state)
        let tick = isBehind ? nil : recorded.event.tick(word, at: time, ledBy: department)
        if let tick { stopClocks(by: tick.event, at: tick.at, name: recorded.event.staffMember) }
        last = max(last, recorded.place)
        policy = policy ?? recorded.event.policy
        switch recorded.event {
        case .complaintReceived, .complaintSupplemented, .complaintGrouped, .caseCancelled, .caseProgressed,
            .opinionRequested, .opinionGiven, .caseJoined, .solutionEndorsed, .solutionApproved, .solutionPresented,
            .solutionCompleted, .solutionExpired, .explanationAccepted, .customerInformed, .customerSoothed,
            .customerUnreachable,
            .emergencyCalled, .emergencyAttended, .caseNominated, .casePublished, .caseDistributed,
            .caseRead, .measureAssigned,
            .rectificationClosed, .deadlineApproaching, .dutyFulfilled, .partOrdered, .partArrived:
            break
        case .rectificationOrdered, .rectificationAnswered, .rectificationReturned:
            followRectification(recorded.event, at: time)
        case .complaintChased: chases += 1
        case .complaintWithdrawn: end(.withdrawn, at: time)
        case .complaintRejected: move(to: .explaining)
        case .complaintAccepted(let event): judgedValid(event)
        case .complaintAnswered: move(to: .answering)
        case .complaintMerged(let event): merged(into: event.into, at: time)
        case .caseAssigned(let event): assigned(event)
        case .caseUrged: urgings += 1
        case .caseEscalated: escalations += 1
        case .caseAcknowledged(let event): move(to: .investigating, ifLedBy: event.department)
        case .caseReturned(let event):
            returns += 1
            move(to: .accepted, ifLedBy: event.department)
        case .caseInvestigated(let event):
            // Before it is signed for, what is found is of the assignment before.
            if state != .assigned { move(to: .drafting, ifLedBy: event.department) }
        case .solutionDrafted(let event): move(to: .approving, ifLedBy: event.department)
        case .solutionRefused(let event): move(to: .drafting, ifLedBy: event.department)
        case .solutionProposed(let event): move(to: .proposed, ifLedBy: event.department)
        case .informationRequested: wait(from: time)
        case .informationProvided: waited(until: time, pack)
        case .solutionImplemented(let event): move(to: .calling, ifLedBy: event.department)
        case .explanationDisputed:
            disputes += 1
            move(to: .registered)
        case .solutionAccepted(let event): move(to: .implementing, ifLedBy: event.department)
        case .solutionDeclined(let event):
            declines += 1
            move(to: .drafting, ifLedBy: event.department)
        case .solutionDisputed: declines += 1
        case .solutionRuled(let event):
            switch event.verdict {
            case .carryOut: move(to: .implementing, ifLedBy: event.department)
            case .revise: move(to: .drafting, ifLedBy: event.department)
            case .close: break
            }
        case .callbackCompleted(let event): satisfaction = event.satisfaction
        case .reworkOrdered(let event):
            reworks += 1
            rounds = max(rounds, event.round)
            move(to: .investigating)
        case .complaintClosed(let event): closed(event, at: time)
        case .deadlineMissed(let event): track([event.deadline], of: event.department)
        case .deadlineMoved(let event):
            if event.stoppedBy == nil { track([event.deadline], of: event.department) }
        }
        if isBehind { state = stand }
        // After the end nothing starts but the writing up of a case.
        if let pack, let tick, word != RectificationOrdered.type.word,
            !state.isEnd || word == CaseNominated.type.word
        {
            startClocks(by: tick.event, at: tick.at, pack)
            if let opens = recorded.event.opens { startClocks(by: opens, at: tick.at, pack) }
        }
    }

    private mutating func wait(from time: Date) {
        guard !state.isEnd else { return }
        if !isWaitingForCustomer { waits.append(DateInterval(start: time, duration: 0)) }
        isWaitingForCustomer = true
    }

    private mutating func waited(until time: Date, _ pack: PolicyPack?) {
        if isWaitingForCustomer, let last = waits.indices.last { waits[last].end = max(time, waits[last].start) }
        isWaitingForCustomer = false
        if let pack { prolongClocks(pack) }
    }

    private mutating func move(to next: TicketState) {
        if !state.isEnd { state = next }
    }

    /// Assisting departments sign, return and investigate too; the complaint moves with the lead.
    private mutating func move(to next: TicketState, ifLedBy department: DepartmentID) {
        if self.department == nil || self.department == department { move(to: next) }
    }

    private mutating func end(_ end: TicketState, at time: Date) {
        guard !state.isEnd else { return }
        state = end
        endedAt = time
        isWaitingForCustomer = false
    }

    /// It was merged before Routing had heard of a withdrawal: its work went to the survivor, and so that stands.
    private mutating func merged(into survivor: TicketNumber, at time: Date) {
        guard !state.isEnd || state == .withdrawn else { return }
        end(.merged, at: time)
        state = .merged
        mergedInto = survivor
    }

    private mutating func judgedValid(_ event: ComplaintAccepted) {
        severity = event.severity
        category = event.category
        move(to: .accepted)
    }

    private mutating func assigned(_ event: CaseAssigned) {
        track(event.deadlines, of: event.department)
        guard event.role == .lead else { return }
        department = event.department
        owner = event.owner
        assignment = max(assignment, event.assignment)
        firstVersion = max(firstVersion, event.nextSolutionVersion)
        severity = event.severity
        category = event.category
        rounds = max(rounds, event.round)
        move(to: .assigned)
    }

    /// What Callback has closed is closed: that it was merged or withdrawn in the meantime, Callback had not heard.
    private mutating func closed(_ event: ComplaintClosed, at time: Date) {
        guard state != .closed else { return }
        state = .closed
        endedAt = time
        mergedInto = nil
        isWaitingForCustomer = false
        closedAt = time
        outcome = event.outcome
        satisfaction = event.satisfaction ?? satisfaction
        rounds = max(rounds, event.rounds)
        department = event.department ?? department
    }

    /// A deadline becomes known with an assignment; its clock may have started, and even stopped, before.
    private mutating func track(_ deadlines: [Deadline], of holder: DepartmentID?) {
        for deadline in deadlines {
            let known =
                clocks.firstIndex { $0.isRun(of: deadline) }
                ?? clocks.firstIndex { $0.clock == deadline.clock && $0.stoppedAt == nil }
            if let known {
                // A pause or an extension moves the end of a run that goes on.
                clocks[known].dueAt = deadline.dueAt
                continue
            }
            // It was assigned while the news of the end was on the wire: nothing starts after the end.
            if let endedAt, RFC3339.toMillisecond(deadline.startedAt) > RFC3339.toMillisecond(endedAt) { continue }
            var run = ClockRun(
                clock: deadline.clock, title: deadline.title, department: holder, startedAt: deadline.startedAt,
                dueAt: deadline.dueAt, stops: deadline.stops ?? [])
            // To the millisecond: what is said at the moment at which a clock starts came before it.
            let start = RFC3339.toMillisecond(run.startedAt)
            let stop = moments.filter { RFC3339.toMillisecond($0.value) > start && run.isStopped(by: $0.key) }
                .min { ($0.value, $0.key) < ($1.value, $1.key) }
            (run.stoppedAt, run.stoppedBy) = (stop?.value, stop?.key)
            if run.stoppedAt == nil, let endedAt { run.stoppedAt = max(endedAt, run.startedAt) }
            clocks.append(run)
        }
    }
}
