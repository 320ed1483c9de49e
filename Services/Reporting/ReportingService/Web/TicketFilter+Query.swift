import Contracts
import Foundation
import Web

/// A list's filter in its address. The names of the parameters are part of the product: people keep links to lists.
extension TicketFilter {
    /// - Throws: `Problem` with 422 that names every wrong parameter.
    init(_ context: SignedInContext, timeZone: TimeZone) throws {
        var fields = Fields(form: try URLEncodedForm.parse(context.visit.uri.query ?? ""))
        self.init()
        state = Self.state(&fields)
        channel = fields.text("channel", most: 60)
        category = fields.text("category", most: 60)
        severity = fields.choice("severity", of: Severity.self, required: false)
        if let text = fields.text("department", most: 60) {
            department = DepartmentID(text)
            if department == nil { fields.refuse("department", "reporting.problem.department") }
        }
        outcome = fields.choice("outcome", of: ClosingOutcome.self, required: false)
        from = Self.day("from", &fields, timeZone)?.start
        before = Self.day("to", &fields, timeZone)?.end
        closedFrom = Self.day("closedFrom", &fields, timeZone)?.start
        closedBefore = Self.day("closedTo", &fields, timeZone)?.end
        let day: (Int) -> Date = { context.now.addingTimeInterval(Double(-$0) * 86_400) }
        heardBefore = fields.integer("ageFrom", in: 0...10_000).map(day)
        heardAfter = fields.integer("ageTo", in: 0...10_000).map(day)
        overdueAt = Self.isTicked("overdue", &fields) ? context.now : nil
        text = fields.text("q", most: 200)
        order = fields.choice("order", of: Order.self, required: false) ?? .newest
        if let text = fields.text("after", most: 40) {
            after = TicketNumber(text)
            if after == nil { fields.refuse("after", "reporting.problem.number") }
        }
        searchesPersons = ReportingAccess.seesPersons(context.identity)
        try fields.check()
    }

    private static func state(_ fields: inout Fields) -> State? {
        let words = ["open"] + TicketState.allCases.map(\.rawValue)
        guard let word = fields.choice("state", of: words, required: false) else { return nil }
        return TicketState(rawValue: word).map { .one($0) } ?? .open
    }

    private static func isTicked(_ name: String, _ fields: inout Fields) -> Bool {
        let yes = ["1", "on", "true", "yes"]
        let word = fields.choice(name, of: yes + ["0", "false", "no"], required: false)
        return word.map(yes.contains) ?? false
    }

    private static func day(_ name: String, _ fields: inout Fields, _ timeZone: TimeZone) -> ReportPeriod? {
        guard let text = fields.text(name, most: 20) else { return nil }
        let day = ReportPeriod.day(text, in: timeZone)
        if day == nil { fields.refuse(name, "reporting.problem.day") }
        return day
    }
}

/// Addresses of lists.
enum TicketLink {
    /// The list with these parameters; those without a value are left out.
    static func list(_ parameters: [(String, String?)]) -> String {
        let query = parameters.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : "\(URLEncodedForm.encode(name))=\(URLEncodedForm.encode($0))" }
        }
        return query.isEmpty ? "/reporting/tickets" : "/reporting/tickets?" + query.joined(separator: "&")
    }

    static func ticket(_ number: TicketNumber) -> String { "/reporting/tickets/\(number)" }
}
