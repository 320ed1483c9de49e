import Contracts
import Foundation
import GRDB

/// A ticket's summary as a row.
enum TicketRow {
    static let counts = [
        "rounds", "returns", "reworks", "declines", "disputes", "chases", "urgings", "escalations",
    ]

    private static let columns =
        [
            "number", "state", "kind", "channel", "heading", "category", "severity", "department", "owner", "outcome",
            "mergedInto", "complainantName", "heardAt", "registeredAt", "closedAt", "endedAt", "satisfaction",
            "handlingSeconds", "policyID", "policyVersion", "assignment", "firstVersion",
        ] + counts + ["isWaitingForCustomer", "waits", "moments", "lastTime", "lastRank", "lastSequence", "lastID"]

    private static let insertion: String = {
        let values = columns.map { ":" + $0 }.joined(separator: ", ")
        return "INSERT INTO ticket (\(columns.joined(separator: ", "))) VALUES (\(values))"
    }()
    private static let update: String = {
        let changes = columns.map { "\($0) = :\($0)" }.joined(separator: ", ")
        return "UPDATE ticket SET \(changes) WHERE number = :number"
    }()

    /// - Returns: the row's id, under which its text is indexed.
    static func insert(_ summary: TicketSummary, in db: Database) throws -> Int64 {
        try db.cachedStatement(sql: insertion).execute(arguments: try arguments(summary))
        let id = db.lastInsertedRowID
        try ClockRow.follow(summary.clocks, before: [], of: summary.number, in: db)
        return id
    }

    /// - Parameter before: what the row held, to leave clocks alone that did not change.
    static func update(_ summary: TicketSummary, before: TicketSummary, in db: Database) throws {
        try db.cachedStatement(sql: update).execute(arguments: try arguments(summary))
        if summary.clocks != before.clocks {
            try ClockRow.follow(summary.clocks, before: before.clocks, of: summary.number, in: db)
        }
    }

    static func fetch(_ number: TicketNumber, in db: Database) throws -> (id: Int64, summary: TicketSummary)? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM ticket WHERE number = ?")
        guard let row = try Row.fetchOne(statement, arguments: [number.text]) else { return nil }
        var summary = try TicketSummary(row: row)
        summary.clocks = try ClockRow.fetchAll(of: number, in: db)
        return (row["id"], summary)
    }

    private static func arguments(_ summary: TicketSummary) throws -> StatementArguments {
        let values: [String: (any DatabaseValueConvertible)?] = [
            "number": summary.number.text, "state": summary.state.rawValue, "kind": summary.kind.rawValue,
            "channel": summary.channel, "heading": summary.heading, "category": summary.category,
            "severity": summary.severity?.rawValue, "department": summary.department?.text, "owner": summary.owner,
            "outcome": summary.outcome?.rawValue, "mergedInto": summary.mergedInto?.text,
            "complainantName": summary.complainantName, "heardAt": summary.heardAt,
            "registeredAt": summary.registeredAt, "closedAt": summary.closedAt, "endedAt": summary.endedAt,
            "satisfaction": summary.satisfaction, "handlingSeconds": summary.handlingSeconds,
            "policyID": summary.policy?.id, "policyVersion": summary.policy?.version,
            "assignment": summary.assignment, "firstVersion": summary.firstVersion,
            "rounds": summary.rounds, "returns": summary.returns, "reworks": summary.reworks,
            "declines": summary.declines, "disputes": summary.disputes, "chases": summary.chases,
            "urgings": summary.urgings, "escalations": summary.escalations,
            "isWaitingForCustomer": summary.isWaitingForCustomer, "waits": try JSONEncoder().encode(summary.waits),
            "moments": try JSONEncoder().encode(summary.moments),
            "lastTime": summary.last.time, "lastRank": summary.last.rank.rawValue,
            "lastSequence": summary.last.sequence,
            "lastID": summary.last.id.uuidString.lowercased(),
        ]
        return StatementArguments(values)
    }
}

extension TicketSummary {
    /// Without the clocks, which have a table of their own.
    init(row: Row) throws {
        guard let number = TicketNumber(row["number"]), let state = TicketState(rawValue: row["state"]),
            let kind = ComplaintKind(rawValue: row["kind"]), let lastID = UUID(uuidString: row["lastID"]),
            let lastRank = CoursePlace.Rank(rawValue: row["lastRank"])
        else { throw DatabaseError(resultCode: .SQLITE_MISMATCH, message: "a ticket's row cannot be read") }
        self.init(
            number: number, state: state, kind: kind, channel: row["channel"], heardAt: row["heardAt"],
            registeredAt: row["registeredAt"], heading: row["heading"],
            last: CoursePlace(time: row["lastTime"], rank: lastRank, sequence: row["lastSequence"], id: lastID))
        category = row["category"]
        severity = (row["severity"] as String?).flatMap(Severity.init)
        department = (row["department"] as String?).flatMap { DepartmentID($0) }
        owner = row["owner"]
        closedAt = row["closedAt"]
        endedAt = row["endedAt"]
        outcome = (row["outcome"] as String?).flatMap(ClosingOutcome.init)
        satisfaction = row["satisfaction"]
        (rounds, returns, reworks, declines) = (row["rounds"], row["returns"], row["reworks"], row["declines"])
        (disputes, chases, urgings) = (row["disputes"], row["chases"], row["urgings"])
        escalations = row["escalations"]
        (assignment, firstVersion) = (row["assignment"], row["firstVersion"])
        isWaitingForCustomer = row["isWaitingForCustomer"]
        waits = try JSONDecoder().decode([DateInterval].self, from: row["waits"])
        mergedInto = (row["mergedInto"] as String?).flatMap { TicketNumber($0) }
        complainantName = row["complainantName"]
        if let id = row["policyID"] as String?, let version = row["policyVersion"] as Int? {
            policy = PolicyStamp(id: id, version: version)
        }
        moments = try JSONDecoder().decode([String: Date].self, from: row["moments"])
    }
}

/// A run of a clock as a row.
enum ClockRow {
    static func fetchAll(of number: TicketNumber, in db: Database) throws -> [ClockRun] {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM ticketClock WHERE ticket = ? ORDER BY startedAt, clock")
        return try Row.fetchAll(statement, arguments: [number.text]).map { row in
            ClockRun(
                clock: row["clock"], title: LocalizedText(zhHans: row["titleZh"], en: row["titleEn"]),
                department: (row["department"] as String?).flatMap { DepartmentID($0) }, employee: row["employee"],
                startedAt: row["startedAt"], dueAt: row["dueAt"],
                stops: (row["stops"] as String).split(separator: " ").map(String.init),
                stoppedAt: row["stoppedAt"], stoppedBy: row["stoppedBy"])
        }
    }

    /// Writes what has changed, and leaves the other runs alone.
    static func follow(
        _ clocks: [ClockRun], before: [ClockRun], of number: TicketNumber, in db: Database
    ) throws {
        let gone = before.filter { old in !clocks.contains { $0.isSame(as: old) } }
        let removal = try db.cachedStatement(
            sql: "DELETE FROM ticketClock WHERE ticket = ? AND clock = ? AND startedAt = ?")
        for run in gone { try removal.execute(arguments: [number.text, run.clock, run.startedAt]) }
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO ticketClock (ticket, clock, startedAt, titleZh, titleEn, department, employee,
                    dueAt, stops, stoppedAt, stoppedBy)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for run in clocks where !before.contains(run) {
            try statement.execute(arguments: [
                number.text, run.clock, run.startedAt, run.title.zhHans, run.title.en, run.department?.text,
                run.employee, run.dueAt, run.stops.joined(separator: " "), run.stoppedAt,
                run.stoppedBy,
            ])
        }
    }
}
