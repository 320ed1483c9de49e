import Contracts
import Foundation
import GRDB
import Procedure

/// A sample as it was drawn.
struct SampleRecord: Hashable, Sendable {
    var id: Int64
    /// As `InspectionPeriod` names it.
    var period: String
    /// Counts the period's samples from 1.
    var draw: Int
    var from: Date
    /// The end of the period, or when it was drawn while the period ran.
    var until: Date
    var seed: String
    /// The share that the pack named.
    var percent: Int
    /// What it was drawn from, in order.
    var population: [TicketNumber]
    var drawnAt: Date
    var drawnBy: String
}

extension SampleRecord: FetchableRecord {
    init(row: Row) throws {
        let numbers = try ContractJSON.decode([String].self, from: row["population"])
        self.init(
            id: row["id"], period: row["period"], draw: row["draw"], from: row["fromAt"], until: row["untilAt"],
            seed: row["seed"], percent: row["percent"], population: numbers.compactMap { TicketNumber($0) },
            drawnAt: row["drawnAt"], drawnBy: row["drawnBy"])
    }
}

/// A complaint that was drawn, and what its inspection came to.
struct SampledComplaint: Sendable {
    var record: ComplaintRecord
    /// The department that led last.
    var department: DepartmentID?
    /// How many time limits it had so far, and how many of them were not kept.
    var clocks: Int
    var missed: Int
    var result: InspectionResult?
    var inspectedAt: Date?
    var inspectedBy: String?
    /// The notice that was ordered because of it, if one was.
    var rectification: Int64?
}

/// A sample in the list: how far its inspection is.
struct SampleSummary: Sendable {
    var record: SampleRecord
    var drawn: Int
    var inspected: Int
    var findings: Int
}

/// Samples and inspections.
enum SampleTable {
    /// What a period's sample is drawn from: complaints that were closed or in progress in it and have not been drawn for it
    /// before. What goes on under another number is left out, and what is not for everybody's eyes (W21).
    static func population(
        of period: InspectionPeriod, by pack: PolicyPack, in db: Database
    ) throws -> [TicketNumber] {
        let rows = try ComplaintRecord.fetchCursor(
            db,
            sql: """
                SELECT * FROM complaint
                WHERE registeredAt < :end AND kind IN ('complaint', 'warning') AND state <> 'merged'
                    AND (state NOT IN ('closed', 'withdrawn') OR holderSince >= :from)
                    AND number NOT IN (
                        SELECT number FROM sampled JOIN sample ON sample.id = sampleID WHERE period = :period)
                ORDER BY number
                """, arguments: ["end": period.end, "from": period.start, "period": period.name])
        var numbers: [TicketNumber] = []
        while let record = try rows.next() {
            if record.audience(by: pack) == nil { numbers.append(record.number) }
        }
        return numbers
    }

    static func draws(of period: String, in db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM sample WHERE period = ?", arguments: [period]) ?? 0
    }

    static func find(_ id: Int64, in db: Database) throws -> SampleRecord? {
        try SampleRecord.fetchOne(db, sql: "SELECT * FROM sample WHERE id = ?", arguments: [id])
    }

    static func find(_ period: String, draw: Int, in db: Database) throws -> SampleRecord? {
        try SampleRecord.fetchOne(
            db, sql: "SELECT * FROM sample WHERE period = ? AND draw = ?", arguments: [period, draw])
    }

    /// - Returns: it, with its id.
    static func insert(_ sample: SampleRecord, drawn: [TicketNumber], in db: Database) throws -> SampleRecord {
        try db.execute(
            sql: """
                INSERT INTO sample (period, draw, fromAt, untilAt, seed, percent, population, drawnAt, drawnBy)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                sample.period, sample.draw, sample.from, sample.until, sample.seed, sample.percent,
                try ContractJSON.encode(sample.population.map(\.text)), sample.drawnAt, sample.drawnBy,
            ])
        var sample = sample
        sample.id = db.lastInsertedRowID
        for (place, number) in drawn.enumerated() {
            try db.execute(
                sql: "INSERT INTO sampled (sampleID, number, place) VALUES (?, ?, ?)",
                arguments: [sample.id, number.text, place])
        }
        return sample
    }

    /// The latest first.
    static func all(limit: Int = 60, in db: Database) throws -> [SampleSummary] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT sample.*, count(*) AS drawn, count(result) AS inspected, sum(result IS 'finding') AS findings
                FROM sample JOIN sampled ON sampled.sampleID = sample.id
                GROUP BY sample.id ORDER BY sample.id DESC LIMIT ?
                """, arguments: [limit])
        return try rows.map { row in
            SampleSummary(
                record: try SampleRecord(row: row), drawn: row["drawn"], inspected: row["inspected"],
                findings: row["findings"])
        }
    }

    // MARK: Inspections

    /// The result of one complaint's inspection, with the notice that it led to; nil when the complaint was not drawn.
    static func entry(
        _ number: TicketNumber, in id: Int64, in db: Database
    ) throws -> (result: InspectionResult?, by: String?, rectification: Int64?)? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT sampled.*, (SELECT max(id) FROM rectification
                    WHERE rectification.sampleID = sampled.sampleID AND rectification.number = sampled.number) AS notice
                FROM sampled WHERE sampleID = ? AND number = ?
                """, arguments: [id, number.text])
        return row.map { (result($0), $0["inspectedBy"], $0["notice"]) }
    }

    static func write(
        _ result: InspectionResult, of number: TicketNumber, in id: Int64, at instant: Date, by name: String,
        in db: Database
    ) throws {
        try db.execute(
            sql: """
                UPDATE sampled SET result = ?, finding = ?, inspectedAt = ?, inspectedBy = ?
                WHERE sampleID = ? AND number = ?
                """, arguments: [result.verdict.rawValue, result.finding, instant, name, id, number.text])
    }

    /// The complaints of a sample in the order in which they were drawn.
    static func drawn(in id: Int64, at now: Date, in db: Database) throws -> [SampledComplaint] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM sampled WHERE sampleID = ? ORDER BY place", arguments: [id])
        return try rows.compactMap { row in
            let text: String = row["number"]
            guard let number = TicketNumber(text), let record = try ComplaintTable.find(number, in: db) else {
                return nil
            }
            let clocks = try ClockTable.all(of: number, in: db)
            return SampledComplaint(
                record: record, department: try record.leader(in: db), clocks: clocks.count,
                missed: clocks.filter { $0.isMissed(at: now) }.count, result: result(row),
                inspectedAt: row["inspectedAt"], inspectedBy: row["inspectedBy"],
                rectification: try entry(number, in: id, in: db)?.rectification)
        }
    }

    private static func result(_ row: Row) -> InspectionResult? {
        (row["result"] as String?).flatMap(InspectionResult.Verdict.init)
            .map { InspectionResult(verdict: $0, finding: row["finding"]) }
    }
}

extension ComplaintRecord {
    /// The department that leads, or led last; nil when none ever did.
    func leader(in db: Database) throws -> DepartmentID? {
        if let lead = handling?.lead { return lead }
        return try HistoryTable.latest("case.assigned", of: number, in: db)?.department
    }
}
