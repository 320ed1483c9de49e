import Contracts
import Foundation
import Messaging
import Procedure

/// The clocks (时限) of a complaint as its events start and stop them by the pack: every clock of the pack is known by name,
/// also those that nobody ever missed (W22).
extension TicketSummary {
    /// Starts what begins when the customer is first heard, and what begins and ends with the registration.
    mutating func startClocks(_ received: ComplaintReceived, by pack: PolicyPack) {
        let complaint = received.complaint
        startClocks(by: Clock.heard, at: complaint.heardAt, pack)
        stopClocks(by: ComplaintReceived.type.word, at: complaint.registeredAt, name: complaint.recordedBy)
        startClocks(by: ComplaintReceived.type.word, at: complaint.registeredAt, pack)
    }

    /// Starts what an event starts. A clock that runs is not started again: the first start counts.
    mutating func startClocks(by event: String, at time: Date, _ pack: PolicyPack) {
        for clock in pack.clocks where clock.starts == event {
            guard !clocks.contains(where: { $0.clock == clock.id && $0.stoppedAt == nil }),
                let deadline = pack.deadline(of: clock, from: time, severity: severity)
            else { continue }
            // Stopped in the millisecond in which it began, and started again in it: it goes on.
            if let ended = clocks.firstIndex(where: { $0.isRun(of: deadline) }) {
                (clocks[ended].stoppedAt, clocks[ended].stoppedBy, clocks[ended].dueAt) = (nil, nil, deadline.dueAt)
                continue
            }
            var run = ClockRun(
                clock: deadline.clock, title: deadline.title, startedAt: deadline.startedAt, dueAt: deadline.dueAt,
                stops: deadline.stops ?? [])
            attribute(&run, to: nil)
            clocks.append(run)
        }
    }

    /// Stops what an event stops.
    ///
    /// - Parameter name: the member of staff who did it.
    mutating func stopClocks(by event: String, at time: Date, name: String?) {
        for index in clocks.indices where clocks[index].stoppedAt == nil && clocks[index].isStopped(by: event) {
            clocks[index].stoppedAt = max(time, clocks[index].startedAt)
            clocks[index].stoppedBy = event
            attribute(&clocks[index], to: name)
        }
    }

    /// The customer has answered (W18): what waited has so much longer.
    mutating func prolongClocks(_ pack: PolicyPack) {
        for index in clocks.indices where clocks[index].stoppedAt == nil {
            guard let clock = pack.clock(clocks[index].clock), !clock.pauses.isEmpty,
                let deadline = pack.deadline(
                    of: clock, from: clocks[index].startedAt, severity: severity, pauses: waits)
            else { continue }
            clocks[index].dueAt = max(clocks[index].dueAt, deadline.dueAt)
        }
    }

    /// Says whose run it is. What departments stop is the leading department's, and in it the first responsible person's;
    /// everything else is no department's but of whoever did it.
    private func attribute(_ run: inout ClockRun, to name: String?) {
        if run.stops.contains(where: Self.departmentWords.contains) {
            run.department = run.department ?? department
            run.employee = owner ?? run.employee
        } else {
            run.employee = name ?? run.employee
        }
    }

    /// What departments say, as packs name it.
    private static let departmentWords = Set(MessageFlow.said(by: .department).map(\.word))
        .subtracting([DeadlineApproaching.type.word, DeadlineMissed.type.word])
}

extension TicketEvent {
    /// The member of staff who did it, of what is done outside the departments; absent for everything else.
    var staffMember: String? {
        let actor: Actor? =
            switch self {
            case .complaintRejected(let event): event.by
            case .complaintAccepted(let event): event.by
            case .complaintAnswered(let event): event.by
            case .caseAssigned(let event): event.by
            case .solutionPresented(let event): event.by
            case .customerInformed(let event): event.by
            case .callbackCompleted(let event): event.by
            case .customerSoothed(let event): event.by
            case .reworkOrdered(let event): event.by
            case .casePublished(let event): event.by
            default: nil
            }
        return actor?.kind == .staff ? actor?.name : nil
    }
}
