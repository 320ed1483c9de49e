import Contracts
import Foundation
import GRDB

/// Which tickets a list shows. Every part is optional; all that are given must hold.
struct TicketFilter: Hashable, Sendable {
    enum State: Hashable, Sendable {
        case one(TicketState)
        /// Any that is not at an end.
        case open
    }
    enum Order: String, Sendable, CaseIterable {
        case newest, oldest
    }

    /// Stands for complaints without a category.
    static let undecided = "-"

    var state: State?
    var channel: String?
    /// A category's id, or `undecided`.
    var category: String?
    var severity: Severity?
    var department: DepartmentID?
    var outcome: ClosingOutcome?
    /// When the complaint was registered.
    var from: Date?
    var before: Date?
    /// When it was closed.
    var closedFrom: Date?
    var closedBefore: Date?
    /// When the customer was first heard: how old the complaint is.
    var heardAfter: Date?
    var heardBefore: Date?
    /// Only complaints with a clock that has run out at this instant and was not stopped.
    var overdueAt: Date?
    /// Leaves out what these eyes are not for; absent: nothing.
    var sight: ReportingSight?
    /// Words that all occur in the complaint.
    var text: String?
    /// False for those who may not find a complaint by the customer's name or number (M18).
    var searchesPersons = false
    var order = Order.newest
    /// The last ticket of the page before.
    var after: TicketNumber?
}

/// A page of a list.
struct TicketPage: Sendable {
    var tickets: [TicketSummary]
    /// Where the next page goes on; absent on the last.
    var next: TicketNumber?
}

extension ReportingStore {
    func tickets(_ filter: TicketFilter, limit: Int = 50) async throws -> TicketPage {
        try await database.read { db in
            let (sql, arguments) = try TicketSelection(filter).statement(limit: limit + 1, in: db)
            let rows = try Row.fetchAll(db, sql: sql, arguments: arguments)
            let tickets = try rows.prefix(limit).map(TicketSummary.init(row:))
            return TicketPage(tickets: tickets, next: rows.count > limit ? tickets.last?.number : nil)
        }
    }
}

/// A filter as SQL. Pages go on behind the last ticket (keyset), so that the hundredth page costs as much as the first.
private struct TicketSelection {
    private let filter: TicketFilter
    private var conditions: [String] = []
    private var arguments: StatementArguments = []

    init(_ filter: TicketFilter) {
        self.filter = filter
        switch filter.state {
        case .one(let state): require("state = ?", state.rawValue)
        case .open: conditions.append("endedAt IS NULL")
        case nil: break
        }
        requireEqual("channel", filter.channel)
        if filter.category == TicketFilter.undecided {
            conditions.append("category IS NULL")
        } else {
            requireEqual("category", filter.category)
        }
        requireEqual("severity", filter.severity?.rawValue)
        requireEqual("department", filter.department?.text)
        requireEqual("outcome", filter.outcome?.rawValue)
        if let from = filter.from { require("registeredAt >= ?", from) }
        if let before = filter.before { require("registeredAt < ?", before) }
        if let from = filter.closedFrom { require("closedAt >= ?", from) }
        if let before = filter.closedBefore { require("closedAt < ?", before) }
        if let after = filter.heardAfter { require("heardAt > ?", after) }
        if let before = filter.heardBefore { require("heardAt <= ?", before) }
        if let now = filter.overdueAt {
            require("number IN (SELECT ticket FROM ticketClock WHERE stoppedAt IS NULL AND dueAt < ?)", now)
        }
        if let sight = filter.sight {
            let condition = RestrictedTable.condition(sight)
            conditions.append(condition.sql)
            arguments += condition.arguments
        }
        if let query = filter.text.flatMap(SearchText.query) {
            let scope = filter.searchesPersons ? query : "content : (\(query))"
            require("id IN (SELECT rowid FROM ticketText WHERE ticketText MATCH ?)", scope)
        }
    }

    func statement(limit: Int, in db: Database) throws -> (String, StatementArguments) {
        var copy = self
        let (comparison, direction) = filter.order == .newest ? ("<", "DESC") : (">", "ASC")
        if let after = filter.after {
            copy.conditions.append(
                "(registeredAt, number) \(comparison) (SELECT registeredAt, number FROM ticket WHERE number = ?)")
            copy.arguments += [after.text]
        }
        let condition = copy.conditions.isEmpty ? "" : " WHERE " + copy.conditions.joined(separator: " AND ")
        copy.arguments += [limit]
        let sql =
            "SELECT * FROM ticket\(condition) ORDER BY registeredAt \(direction), number \(direction) LIMIT ?"
        return (sql, copy.arguments)
    }

    private mutating func requireEqual(_ column: String, _ value: String?) {
        if let value { require("\(column) = ?", value) }
    }

    private mutating func require(_ condition: String, _ value: some DatabaseValueConvertible) {
        conditions.append(condition)
        arguments += [value]
    }
}
