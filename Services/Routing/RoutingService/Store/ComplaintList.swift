import Contracts
import Foundation
import GRDB

/// What of the complaints a list shows.
struct ComplaintFilter: Sendable, Hashable {
    /// The states shown; empty for all.
    var states: [StateName] = []
    var department: DepartmentID?
    var severity: Severity?
    var order = Order.newest

    enum Order: String, Sendable, CaseIterable {
        /// The last registered first.
        case newest
        /// The first registered first.
        case oldest
        /// What is due first, what is overdue before everything else; of what is due at the same instant, or at none, the
        /// more urgent, and of that the graver.
        case due
    }
}

/// Where a page of a list ends and the next begins: the last row's sort values and number (keyset paging).
struct ListCursor: Sendable, Hashable {
    var at: Date
    /// How pressing it is by urgency and severity, 0 the most; only what is due first is sorted by it.
    var rank = 0
    var number: TicketNumber

    /// Opaque text for addresses.
    var text: String {
        Data("\(Int((at.timeIntervalSince1970 * 1000).rounded()))|\(number)|\(rank)".utf8).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    init(at: Date, rank: Int = 0, number: TicketNumber) {
        self.at = at
        self.rank = rank
        self.number = number
    }

    /// Fails for a text that no list gave out.
    init?(_ text: String) {
        let plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        let padded = plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)
        guard let data = Data(base64Encoded: padded) else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: "|")
        guard parts.count == 3, let milliseconds = Int(parts[0]), let number = TicketNumber(String(parts[1])),
            let rank = Int(parts[2])
        else { return nil }
        self.init(at: Date(timeIntervalSince1970: Double(milliseconds) / 1000), rank: rank, number: number)
    }
}

/// One page of a list.
struct ComplaintPage: Sendable {
    var records: [ComplaintRecord]
    /// Nil on the last page.
    var next: ListCursor?
}

extension ComplaintTable {
    /// A page of complaints. It reads no more rows than it shows, however many there are: each state is read along its
    /// index, and the states' rows are merged.
    static func page(
        _ filter: ComplaintFilter, after cursor: ListCursor?, limit: Int, in db: Database
    ) throws -> ComplaintPage {
        let query = query(filter, after: cursor, limit: limit)
        let rows = try ComplaintRecord.fetchAll(db, sql: query.sql, arguments: query.arguments)
        let shown = Array(rows.prefix(limit))
        let last = rows.count > limit ? shown.last : nil
        return ComplaintPage(
            records: shown, next: last.map(filter.order.cursor))
    }

    /// The statement for a page; one row more than is shown says whether there is a next page.
    static func query(
        _ filter: ComplaintFilter, after cursor: ListCursor?, limit: Int
    ) -> (sql: String, arguments: StatementArguments) {
        let (conditions, shared) = conditions(filter, after: cursor)
        let columns = filter.order.columns.map { "\($0) \(filter.order.direction)" }
        let order = "ORDER BY " + columns.joined(separator: ", ")
        let states: [StateName?] = filter.states.isEmpty ? [nil] : filter.states
        var arguments = StatementArguments()
        let parts = states.map { state -> String in
            if let state { arguments += [state.rawValue] }
            arguments += shared
            let all = (state == nil ? [] : ["state = ?"]) + conditions
            let condition = all.isEmpty ? "" : "WHERE " + all.joined(separator: " AND ")
            return "SELECT * FROM (SELECT * FROM complaint \(condition) \(order) LIMIT \(limit + 1))"
        }
        return (parts.joined(separator: " UNION ALL ") + " \(order) LIMIT \(limit + 1)", arguments)
    }

    /// What holds for every state that is shown.
    private static func conditions(
        _ filter: ComplaintFilter, after cursor: ListCursor?
    ) -> ([String], StatementArguments) {
        var conditions: [String] = []
        var arguments = StatementArguments()
        if let department = filter.department {
            conditions.append("lead = ?")
            arguments += [department.text]
        }
        if let severity = filter.severity {
            conditions.append("severity = ?")
            arguments += [severity.rawValue]
        }
        if let cursor {
            let comparison = filter.order == .newest ? "<" : ">"
            let columns = filter.order.columns
            let places = columns.map { _ in "?" }.joined(separator: ", ")
            conditions.append("(\(columns.joined(separator: ", "))) \(comparison) (\(places))")
            arguments += [cursor.at]
            if filter.order == .due { arguments += [cursor.rank] }
            arguments += [cursor.number.text]
        }
        return (conditions, arguments)
    }
}

extension ComplaintFilter.Order {
    fileprivate var columns: [String] { self == .due ? ["nextDueAt", "rank", "number"] : ["registeredAt", "number"] }

    fileprivate var direction: String { self == .newest ? "DESC" : "ASC" }

    fileprivate func cursor(at record: ComplaintRecord) -> ListCursor {
        self == .due
            ? ListCursor(at: record.nextDueAt, rank: record.rank, number: record.number)
            : ListCursor(at: record.complaint.registeredAt, number: record.number)
    }
}
