import Contracts
import Foundation
import GRDB

/// A part that a customer waits for: how it is got, and when it came (V04).
struct PartRecord: Sendable, Hashable, FetchableRecord {
    var id: Int64
    var number: String
    /// Which part, in words or by its number.
    var part: String
    /// Transferred from elsewhere (借调), ordered urgently (紧急订货).
    var way: String
    /// The number of the order or transfer.
    var reference: String?
    var expectedAt: Date?
    var orderedAt: Date
    var orderedBy: String
    var arrivedAt: Date?
    var arrivedBy: String?

    init(row: Row) {
        (id, number, part, way) = (row["id"], row["number"], row["part"], row["way"])
        (reference, expectedAt) = (row["reference"], row["expectedAt"])
        (orderedAt, orderedBy) = (row["orderedAt"], row["orderedBy"])
        (arrivedAt, arrivedBy) = (row["arrivedAt"], row["arrivedBy"])
    }
}

/// The register of parts (缺件登记).
enum PartTable {
    static func insert(
        _ order: PartOrder, of number: TicketNumber, at instant: Date, by name: String, in db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO part (number, part, way, reference, expectedAt, orderedAt, orderedBy)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [number.text, order.part, order.way, order.reference, order.expectedAt, instant, name])
    }

    static func all(of number: TicketNumber, in db: Database) throws -> [PartRecord] {
        try PartRecord.fetchAll(db, sql: "SELECT * FROM part WHERE number = ? ORDER BY id", arguments: [number.text])
    }

    static func find(_ id: Int64, in db: Database) throws -> PartRecord? {
        try PartRecord.fetchOne(db, sql: "SELECT * FROM part WHERE id = ?", arguments: [id])
    }

    static func arrive(_ id: Int64, at instant: Date, by name: String, in db: Database) throws {
        try db.execute(
            sql: "UPDATE part SET arrivedAt = ?, arrivedBy = ? WHERE id = ? AND arrivedAt IS NULL",
            arguments: [instant, name, id])
    }
}

/// What is written down when a part is ordered.
struct PartOrder: Sendable, Hashable {
    var part: String
    var way: String
    var reference: String?
    var expectedAt: Date?
}
