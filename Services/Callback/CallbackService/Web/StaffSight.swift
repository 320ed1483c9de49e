import Contracts
import Web

/// What of the complaints a member of staff sees here: a report of misconduct is for nobody whom it is about, and like every
/// confidential complaint only for those whom the pack names (M18, W21).
extension CallbackWeb {
    /// Refuses what is not for the reader's eyes as if it did not exist. A number that is not known passes: what is asked for
    /// then says so.
    /// - Throws: `Problem` with 404.
    func check(_ number: TicketNumber, _ identity: Identity) async throws {
        guard try await files.isSeen(number, by: identity.viewer) else {
            throw Problem.notFound(Phrase("problem.notFound.ticket"))
        }
    }

    /// The number in the path, of a complaint that the reader may see.
    /// - Throws: `Problem` with 404.
    func seenNumber(_ context: SignedInContext) async throws -> TicketNumber {
        let number = try context.ticketNumber()
        try await check(number, context.identity)
        return number
    }
}

extension CustomerFiles {
    /// Whether a complaint is for somebody's eyes; true for a number that is not known here.
    func isSeen(_ number: TicketNumber, by viewer: Viewer) async throws -> Bool {
        try await read { db in try RestrictedTable.find(number, in: db)?.admits(viewer) ?? true }
    }
}
