import Contracts
import GRDB
import Procedure

extension ComplaintRecord {
    /// What happened to a complaint so far, as conditions ask about it.
    func course(in db: Database) throws -> CourseSoFar {
        let counts = try HistoryTable.counts(of: ["solution.declined", "deadline.missed"], number, in: db)
        var course = CourseSoFar(
            groupSize: try GroupTable.size(of: self, in: db), earlier: try earlier(in: db), returns: file.returns,
            declines: counts["solution.declined"] ?? 0, reworks: file.round - 1,
            missed: counts["deadline.missed"] ?? 0, compensation: compensation, satisfaction: satisfaction)
        if case .closed(let outcome) = file.state { course.outcome = outcome }
        return course
    }

    /// How many complaints the same customer brought before.
    func earlier(in db: Database) throws -> Int? {
        guard let key = complaint.contactKey else { return nil }
        return try ComplaintTable.count(contactKey: key, before: self, in: db)
    }
}
