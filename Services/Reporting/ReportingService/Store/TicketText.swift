import Contracts
import Foundation
import GRDB

/// What a ticket is found by. What tells who the customer is stands in a column of its own, which is searched only for
/// those who may see it (M18).
enum TicketText {
    static func insert(_ id: Int64, number: TicketNumber, _ complaint: Complaint, in db: Database) throws {
        let content = [
            number.text, complaint.about.product, complaint.reason, complaint.narrative, complaint.request,
        ]
        let person = [
            complaint.complainant.name, complaint.complainant.phone, complaint.complainant.email,
            complaint.complainant.address, complaint.about.orderNumber,
        ]
        let statement = try db.cachedStatement(
            sql: "INSERT INTO ticketText (rowid, content, person) VALUES (?, ?, ?)")
        try statement.execute(arguments: [id, tokens(content), tokens(person)])
    }

    /// What the customer adds can be found too.
    static func extend(_ id: Int64, by event: TicketEvent, in db: Database) throws {
        guard case .complaintSupplemented(let event) = event else { return }
        let statement = try db.cachedStatement(
            sql: "UPDATE ticketText SET content = content || ' ' || ? WHERE rowid = ?")
        try statement.execute(arguments: [SearchText.tokens(event.narrative), id])
    }

    private static func tokens(_ texts: [String?]) -> String {
        // A break between texts, so that no pair of characters spans two of them.
        SearchText.tokens(texts.compactMap { $0 }.joined(separator: " | "))
    }
}
