import Foundation
import GRDB
import Persistence

/// The trails of cases, measures and suggestions: only added to.
enum Trail {
    static func append(
        _ area: TrailStep.Area, _ item: Int64, _ step: String, by name: String?, note: String? = nil,
        in unit: UnitOfWork
    ) throws {
        let statement = try unit.db.cachedStatement(
            sql: "INSERT INTO trail (area, item, step, by, at, note) VALUES (?, ?, ?, ?, ?, ?)")
        try statement.execute(arguments: [area.rawValue, item, step, name, unit.now, note])
    }

    /// In the order in which it happened.
    static func all(_ area: TrailStep.Area, _ item: Int64, in db: Database) throws -> [TrailStep] {
        let statement = try db.cachedStatement(
            sql: "SELECT step, by, at, note FROM trail WHERE area = ? AND item = ? ORDER BY id")
        return try Row.fetchAll(statement, arguments: [area.rawValue, item]).map { row in
            TrailStep(step: row["step"], by: row["by"], at: row["at"], note: row["note"])
        }
    }
}
