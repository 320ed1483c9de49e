import Contracts
import Foundation
import Procedure

/// One run of a clock (时限) of a complaint, for on-time rates (W22).
struct ClockRun: Hashable, Sendable, Codable {
    var clock: String
    var title: LocalizedText
    /// Who was to keep it.
    var department: DepartmentID?
    /// The member of staff who had to keep it; absent while that is nobody.
    var employee: String?
    var startedAt: Date
    var dueAt: Date
    /// The events that stop it, each as `noun.verb`; the end of the complaint does in any case.
    var stops: [String] = []
    /// Absent while it runs.
    var stoppedAt: Date?
    /// The event that stopped it, as `noun.verb`; absent while it runs, and for the time of a notice.
    var stoppedBy: String?

    /// Nothing goes on after the end of a complaint.
    private static let ends: Set<String> = ["complaint.closed", "complaint.withdrawn", "complaint.merged"]

    /// What a notice's time waits for is asked of the notice alone.
    func isStopped(by event: String) -> Bool {
        notice == nil && (Self.ends.contains(event) || stops.contains(event))
    }

    /// True for the run that a deadline tells of. An instant from the store and the same one from a message may differ in
    /// their last binary digit; to the millisecond they are the same.
    func isRun(of deadline: Deadline) -> Bool {
        clock == deadline.clock
            && RFC3339.toMillisecond(startedAt) == RFC3339.toMillisecond(deadline.startedAt)
    }

    /// True for the same run, whatever became of it.
    func isSame(as other: ClockRun) -> Bool {
        clock == other.clock && RFC3339.toMillisecond(startedAt) == RFC3339.toMillisecond(other.startedAt)
    }

    /// What can be said of the run at an instant.
    func verdict(at now: Date) -> ClockVerdict {
        if let stoppedAt, stoppedAt > dueAt { return .missed }
        if let stoppedBy, Clock.voidingEvents.contains(stoppedBy) { return .void }
        if stoppedAt != nil { return .met }
        return now <= dueAt ? .running : .missed
    }
}

enum ClockVerdict: String, Sendable, Codable, CaseIterable {
    case met, missed, running
    /// Stopped in time by what is not what it is for: it counts neither as kept nor as missed.
    case void
}
