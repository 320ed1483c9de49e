import Contracts
import Foundation
import GRDB

/// Complaints that are handled together (群诉).
enum GroupTable {
    /// Everybody in the group, the lead included, in the order of their numbers.
    static func members(under lead: TicketNumber, in db: Database) throws -> [ComplaintRecord] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM complaint WHERE groupLead = ? ORDER BY number")
        return try ComplaintRecord.fetchAll(statement, arguments: [lead.text])
    }

    /// How many complaints are handled together with this one, itself included; nil when it is alone.
    static func size(of record: ComplaintRecord, in db: Database) throws -> Int? {
        guard let lead = record.groupLead else { return nil }
        return try Int.fetchOne(
            db.cachedStatement(sql: "SELECT count(*) FROM complaint WHERE groupLead = ?"), arguments: [lead.text])
    }

    static func join(_ number: TicketNumber, under lead: TicketNumber, in db: Database) throws {
        try db.execute(
            sql: "UPDATE complaint SET groupLead = ? WHERE number = ?", arguments: [lead.text, number.text])
    }

    /// Gives the whole group another lead.
    static func pass(from lead: TicketNumber, to other: TicketNumber, in db: Database) throws {
        try db.execute(
            sql: "UPDATE complaint SET groupLead = ? WHERE groupLead = ?", arguments: [other.text, lead.text])
    }
}
