import Contracts
import Foundation
import Procedure

/// What follows when a clock runs out: who is urged (督办), and to whom the complaint is raised.
///
/// Urged is whoever can do something about it: the department in whose hands the complaint is. While it lies at the desk,
/// with Callback or with the customer there is no department to urge; the supervision board shows it all the same. A
/// customer who is being soothed (安抚) is the handling department's to talk with.
struct MissedClock: Hashable, Sendable {
    /// The department that is urged, and the person addressed.
    struct Urging: Hashable, Sendable {
        var department: DepartmentID
        var addressee: String?
    }

    /// A level above the department.
    struct Escalation: Hashable, Sendable {
        var department: DepartmentID
        /// The id of a department or of an escalation target.
        var level: String
    }

    var urging: Urging?
    var escalation: Escalation?

    /// - Parameters:
    ///   - owner: The first responsible person (第一责任人).
    ///   - raisedTo: The levels that the complaint was raised to before, because of other clocks.
    init(_ terms: ClockTerms, heldBy holder: Holder, owner: String?, raisedTo: [String], departments: [Department]) {
        guard case .department(let id) = holder else { return }
        let department = departments.first { $0.id == id }
        switch terms.addressee {
        case .owner: urging = Urging(department: id, addressee: owner ?? department?.head)
        case .head: urging = Urging(department: id, addressee: department?.head)
        case .nobody: break
        }
        if let level = Self.level(terms, above: id, raisedTo: raisedTo, departments) {
            escalation = Escalation(department: id, level: level)
        }
    }

    /// The lowest level that has not heard of the complaint; the highest hears of it again.
    private static func level(
        _ terms: ClockTerms, above id: DepartmentID, raisedTo: [String], _ departments: [Department]
    ) -> String? {
        guard let escalatesTo = terms.escalatesTo else { return nil }
        guard escalatesTo == ClockTerms.nextLevel else { return escalatesTo }
        var chain: [String] = []
        var current: String? = id.text
        while let next = departments.first(where: { $0.id.text == current })?.escalatesTo, next != id.text,
            !chain.contains(next)
        {
            chain.append(next)
            current = next
        }
        return chain.first { !raisedTo.contains($0) } ?? chain.last
    }
}

/// What a clock that has just stopped turns out to have been. It is judged by when things happened, not by when they were
/// heard of, so that the order in which messages arrive changes nothing.
enum StopVerdict: Hashable, Sendable {
    /// Stopped in time, and nobody said otherwise.
    case kept
    /// It was said to have run out while the news of its stopping was on the way.
    case keptAfterAll
    /// It stopped too late, and that was said.
    case missed
    /// It stopped too late, and that was not said before the news came: Routing did not run, or was only just told.
    case missedUnsaid
    /// The complaint ended while it ran: nothing is said any more.
    case ended

    /// - Parameters:
    ///   - saidMissed: True when `deadline.missed` was said for this due time.
    ///   - isEnd: True when the end of the complaint stopped it.
    init(stoppedAt: Date, dueAt: Date, saidMissed: Bool, isEnd: Bool) {
        self =
            switch (stoppedAt <= dueAt, saidMissed, isEnd) {
            case (true, false, _): .kept
            case (true, true, _): .keptAfterAll
            case (false, true, _): .missed
            case (false, false, false): .missedUnsaid
            case (false, false, true): .ended
            }
    }
}
