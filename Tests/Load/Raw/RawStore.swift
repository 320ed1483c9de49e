import Foundation
import GRDB
import Messaging
import Persistence

/// What a SQLite file on this disk can take, by the way in which the services write.
struct RawStore: Sendable {
    let folder: String
    let seconds: Double
    let size: Int

    /// Rows per second when so many writers each wait for their commit before the next write.
    func commits(writers: Int) async throws -> Double {
        let file = (folder as NSString).appendingPathComponent("raw-\(UUID().uuidString).sqlite")
        defer {
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + suffix) }
        }
        let database = try ServiceDatabase(path: file, source: "redress/load", clock: RealTime()) { migrator in
            migrator.registerMigration("raw") { db in
                try db.create(table: "raw") { t in
                    t.autoIncrementedPrimaryKey("id")
                    t.column("body", .blob).notNull()
                }
            }
        }
        let body = Data(repeating: 0x61, count: size)
        let began = monotonicSeconds()
        let end = began + seconds
        let written = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<writers {
                group.addTask {
                    var count = 0
                    while monotonicSeconds() < end {
                        try await database.write { unit in
                            try unit.db.cachedStatement(sql: "INSERT INTO raw (body) VALUES (?)")
                                .execute(arguments: [body])
                        }
                        count += 1
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        return Double(written) / (monotonicSeconds() - began)
    }
}

/// The real time.
struct RealTime: TimeSource {
    func now() -> Date { Date() }

    func sleep(until instant: Date) async throws {
        try await Task.sleep(for: .seconds(max(0, instant.timeIntervalSinceNow)))
    }
}
