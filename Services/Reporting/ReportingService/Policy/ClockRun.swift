import Contracts
import Foundation
import Procedure

/// One run of a clock (时限) of a complaint, for on-time rates (W22).
struct ClockRun: Hashable, Sendable, Codable {
    var clock: String
    var title: LocalizedText
    /// Who was to keep it.
    var department: DepartmentID?
    var startedAt: Date
    var dueAt: Date
    /// Absent while it runs.
    var stoppedAt: Date?

    /// What can be said of the run at an instant.
    func verdict(at now: Date) -> ClockVerdict {
        if let stoppedAt { return stoppedAt <= dueAt ? .met : .missed }
        return now <= dueAt ? .running : .missed
    }
}

enum ClockVerdict: String, Sendable, Codable, CaseIterable {
    case met, missed, running
}

/// Which events stop which clock, by the policy pack: `noun.verb` by the clock's id. A clock that the pack does not know
/// is stopped by the end of the complaint alone.
struct ClockStops: Hashable, Sendable {
    /// Nothing goes on after the end of a complaint.
    static let ends: Set<String> = ["complaint.closed", "complaint.withdrawn", "complaint.merged"]

    var byClock: [String: Set<String>]

    init(_ byClock: [String: Set<String>] = [:]) { self.byClock = byClock }

    init(_ pack: PolicyPack) {
        byClock = Dictionary(pack.clocks.map { ($0.id, $0.stops) }) { first, _ in first }
    }

    func isStopped(_ clock: String, by event: String) -> Bool {
        Self.ends.contains(event) || byClock[clock]?.contains(event) == true
    }
}
