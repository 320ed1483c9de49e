import Contracts

/// Where a complaint stands, in words that every service's own states can be put into.
enum Stand: Hashable, Sendable {
    case judging, explaining, answering, assigning, signing, working, approving, withCustomer, carryingOut, calling
    case closed, withdrawn, merged

    var isEnd: Bool { [.closed, .withdrawn, .merged].contains(self) }
}

/// What one service holds of a complaint, as far as others hold it too.
struct View: Hashable, Sendable, CustomStringConvertible {
    var service: String
    /// What it may stand at in the others' words: Callback does not tell judging from assigning, for example.
    var stands: Set<Stand>
    var round: Int
    /// The department that leads.
    var lead: DepartmentID?
    /// The highest version of a solution that came to the customer; 0 before the first.
    var version: Int
    /// The survivor of a merger.
    var survivor: TicketNumber?
    var outcome: ClosingOutcome?

    var description: String {
        let words = stands.map { "\($0)" }.sorted().joined(separator: "/")
        return "\(service): \(words), round \(round), \(lead?.text ?? "nobody"), version \(version)"
            + "\(outcome.map { ", \($0.rawValue)" } ?? "")\(survivor.map { ", into \($0)" } ?? "")"
    }
}

/// The run of a clock as a service knows it.
struct Run: Hashable, Sendable, CustomStringConvertible {
    var clock: String
    /// With `dueAt` in milliseconds since 1970, so that what a store and a message say is the same.
    var startedAt: Int64
    var dueAt: Int64
    var verdict: Verdict

    enum Verdict: Hashable, Sendable { case kept, missed, running }

    var description: String { "\(clock) from \(startedAt % 100_000_000) to \(dueAt % 1_000_000_000): \(verdict)" }
}
