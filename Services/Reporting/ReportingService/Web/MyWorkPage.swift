import Contracts
import Foundation
import Hummingbird
import Web

/// Everybody's own list (待我处理): approvals that wait for them, opinions that they owe, groups in which they have to say
/// that they take part, and complaints that they answer for, in whichever department. Each line leads to the page on which
/// it is done. Rules K08, K09, M15, S03, S07.
struct MyWorkPage: Sendable {
    static let address = "/reporting/mine"

    let desk: ReportingDesk

    /// A duty as a program reads it.
    struct Line: Encodable {
        var kind: String
        var number: TicketNumber
        var department: DepartmentID
        var since: Date
        /// The level of an approval.
        var title: LocalizedText?
        var heading: String
        var state: String
        var severity: Severity?
        /// The clock of the complaint that ends next.
        var dueAt: Date?
        /// Where it is done; absent when nobody said where the department's pages are.
        var address: String?
    }

    struct Answer: Encodable {
        var duties: [Line]
        /// By kind.
        var counts: [String: Int]
        /// Pass it as `from` for the next page.
        var next: Int?
    }

    func add(to routes: RouterGroup<SignedInContext>) {
        routes.get("mine") { _, context in try await page(context) }
        routes.get("api/mine") { _, context in
            let list = try await list(context)
            return try context.json(
                Answer(
                    duties: list.rows.map { line($0, context) },
                    counts: list.counts.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }, next: list.next))
        }
    }

    private func list(_ context: SignedInContext) async throws -> DutyList {
        var wrong: [FieldProblem] = []
        func refuse(_ name: String, _ phrase: Phrase) {
            wrong.append(FieldProblem(pointer: "/\(name)", phrase: phrase))
        }
        let kind = context.query("kind").flatMap(PersonalDuty.Kind.init)
        if let word = context.query("kind"), !word.isEmpty, kind == nil {
            let choices = PersonalDuty.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            refuse("kind", Phrase("validation.notOneOf", ["choices": choices]))
        }
        let start = context.query("from").map(Int.init) ?? 0
        if !(0...1_000_000).contains(start ?? -1) { refuse("from", Phrase("validation.notInteger")) }
        guard wrong.isEmpty, let start else { throw Problem.invalid(wrong) }
        return try await desk.store.duties(of: context.identity.viewer, only: kind, from: start)
    }

    private func line(_ listed: ListedDuty, _ context: SignedInContext) -> Line {
        Line(
            kind: listed.duty.kind.rawValue, number: listed.summary.number, department: listed.duty.department,
            since: listed.duty.since, title: listed.duty.title,
            heading: desk.shown(listed.summary, to: context.identity).heading,
            state: listed.summary.state.rawValue, severity: listed.summary.severity, dueAt: listed.clock?.dueAt,
            address: address(listed, context))
    }

    /// The case's page in the department that works on it.
    private func address(_ listed: ListedDuty, _ context: SignedInContext) -> String? {
        let department = listed.duty.department
        return context.site.settings.sites.department(department).map {
            "\($0.absoluteString)/departments/\(department)/cases/\(listed.summary.number)"
        }
    }

    // MARK: The page

    private func page(_ context: SignedInContext) async throws -> Response {
        let list = try await list(context)
        let showing = Showing(context: context, titles: desk.titles)
        let kind = context.query("kind") ?? ""
        var data: [String: Any] = [
            "tabs": tabs(list, kind, context), "rows": list.rows.map { row($0, showing) },
            "isEmpty": list.rows.isEmpty,
        ]
        var pagination: [String: Any] = [:]
        if (context.query("from") ?? "0") != "0" { pagination["first"] = Self.address(kind) }
        if let next = list.next { pagination["next"] = Self.address(kind, from: next) }
        if !pagination.isEmpty { data["pagination"] = pagination }
        return try context.page("mine", data)
    }

    private func tabs(_ list: DutyList, _ kind: String, _ context: SignedInContext) -> [[String: Any]] {
        func tab(_ word: String, _ title: String, _ count: Int) -> [String: Any] {
            [
                "title": context.text("reporting.mine.\(title)"), "count": count, "isHere": kind == word,
                "address": Self.address(word),
            ]
        }
        return [tab("", "all", list.counts.values.reduce(0, +))]
            + PersonalDuty.Kind.allCases.map { tab($0.rawValue, $0.rawValue, list.counts[$0] ?? 0) }
    }

    private static func address(_ kind: String, from start: Int? = nil) -> String {
        let query =
            (kind.isEmpty ? [] : ["kind=\(URLEncodedForm.encode(kind))"])
            + [start.map { "from=\($0)" }].compactMap(\.self)
        return query.isEmpty ? address : "\(address)?\(query.joined(separator: "&"))"
    }

    private func row(_ listed: ListedDuty, _ showing: Showing) -> [String: Any] {
        let context = showing.context
        let summary = desk.shown(listed.summary, to: context.identity)
        var row: [String: Any] = [
            "number": summary.number.text, "heading": summary.heading,
            "task": context.badge(
                context.text("reporting.mine.\(listed.duty.kind.rawValue)"), listed.duty.kind == .owner ? .info : .warn),
            "state": showing.stateBadge(summary.state), "severity": showing.severityBadge(summary.severity),
            "department": showing.department(listed.duty.department), "since": context.time(listed.duty.since),
        ]
        row["address"] = address(listed, context) ?? TicketLink.ticket(summary.number)
        row["level"] = listed.duty.title.map(showing.text)
        row["deadline"] = listed.clock.map {
            context.deadline(dueAt: $0.dueAt, startedAt: $0.startedAt, title: showing.text($0.title))
        }
        return row
    }
}
