import Contracts
import Foundation
import GRDB

/// Work orders from before the times of events were kept: which had happened was read from where an order stood.
enum OlderClocks {
    /// Says of each open order that what led to where it is happened when it was last changed: what stopped its clocks then
    /// has stopped them.
    static func tell(in db: Database) throws {
        let rows = try Row.fetchAll(
            db, sql: "SELECT number, state, round, solutionVersion, updatedAt FROM workOrder WHERE isOpen")
        for row in rows {
            let (number, state, round, updatedAt): (String, String, Int, Date) =
                (row["number"], row["state"], row["round"], row["updatedAt"])
            guard let state = WorkState(rawValue: state) else { continue }
            var news = ClockNews()
            for event in events(before: state, round: round) { news.hear(event, at: updatedAt) }
            try db.execute(
                sql: "UPDATE workOrder SET clockNews = ? WHERE number = ?",
                arguments: [String(decoding: try ContractJSON.encode(news), as: UTF8.self), number])
        }
    }

    /// Of what was heard before its order was kept nobody knows which came first within one millisecond.
    static func leaveUnordered(in db: Database) throws {
        try db.execute(
            sql: """
                UPDATE workOrder SET clockNews = json_insert(clockNews, '$.order', json('[]'))
                WHERE clockNews IS NOT NULL
                """)
    }

    /// The events that must have happened for a work order to be where it is.
    private static func events(before state: WorkState, round: Int) -> Set<String> {
        let signed: Set = ["case.acknowledged"]
        let found = signed.union(["case.investigated"])
        let proposed = found.union(["solution.drafted", "solution.proposed"])
        let carried = proposed.union(["solution.accepted", "solution.completed", "solution.implemented"])
        let here: Set<String> =
            switch state {
            case .assigned, .closed, .returned, .cancelled: []
            case .investigating, .opinionDue: signed
            case .investigated: found
            case .awaitingApproval, .refused: found.union(["solution.drafted"])
            case .proposed, .declined: proposed
            case .carryingOut: proposed.union(["solution.accepted"])
            case .implemented: carried
            case .opinionGiven: signed.union(["opinion.given"])
            }
        return round > 1 ? here.union(carried) : here
    }
}
