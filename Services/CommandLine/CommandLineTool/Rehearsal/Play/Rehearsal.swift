import Contracts
import Foundation

/// Plays a story from beginning to end, and looks at what it left: every ticket at its end, nothing lost, no dead letters.
struct Rehearsal {
    let story: RehearsalStory
    let stage: Stage
    let tell: @Sendable (Date, String) -> Void

    /// The tickets, in the order of the story.
    /// - Throws: `CommandFailure` that says what went otherwise than in the story.
    func play(_ clock: inout ClockSteering) async throws -> [JSONTree] {
        var tickets: [JSONTree] = []
        try clock.slowDown()
        for complaint in story.complaints {
            tell(clock.now(), "— \(complaint.title.text(for: stage.language))")
            var play = ComplaintPlay(complaint, of: story, on: stage, tell: tell)
            try await play.play(&clock)
            tickets.append(
                try await stage.read(
                    "/reporting/api/tickets/\(play.number)", of: "reporting", as: "manager", until: "it is there"
                ) { _ in true })
        }
        try await checkNothingLost()
        return tickets
    }

    /// The report of the month in which the story begins.
    func report() async throws -> JSONTree {
        let day = TicketSheet.time(story.starts, in: story.pack.timeZone).prefix(7)
        return try await stage.read(
            "/reporting/api/reports/monthly/\(day)", of: "reporting", as: "manager", until: "it is there"
        ) { _ in true }
    }

    private func checkNothingLost() async throws {
        let count = story.complaints.count
        _ = try await stage.read(
            "/operations/api/reconciliation", of: "operations", as: "operator",
            until: "everything that was received is accounted for"
        ) { answer in
            guard case .number(let received)? = answer["totals"]?["received"] else { return false }
            return answer["balanced"] == .bool(true) && answer["difference"] == .number(0) && received >= Decimal(count)
        }
        let letters = try await stage.read(
            "/operations/api/dead-letters", of: "operations", as: "operator", until: "they can be read"
        ) { _ in true }
        guard let letter = letters["letters"]?.members.first else { return }
        let reason = letter["reason"]?["message"]?.textValue ?? ""
        throw CommandFailure.refused(
            "there are dead letters, such as \(letter["type"]?.textValue ?? "one") at "
                + "\(letter["consumer"]?.textValue ?? "a consumer"): \(reason)")
    }
}
