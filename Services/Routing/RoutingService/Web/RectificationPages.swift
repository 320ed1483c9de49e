import Contracts
import Foundation
import Hummingbird
import Procedure
import Web

/// Rectification notices (整改通知; W20): the list, each with its trail and the group's decision, and the form that orders one.
struct RectificationPages: Sendable {
    static let address = "/routing/supervision/notices"
    static let orderAddress = "/routing/supervision/order"

    let web: RoutingWeb

    func add(to routes: Router<WebContext>) {
        let pages = routes.staff(RouterPath(Self.address), roles: RoutingWeb.anybody)
        pages.get { _, context in try await list(context) }
        pages.get("{id}") { _, context in try await show(context) }
        pages.post("{id}/decision") { request, context in try await decide(request, context) }
        let order = routes.staff(RouterPath(Self.orderAddress), roles: RoutingWeb.anybody)
        order.get { _, context in try await form(context) }
        order.post { request, context in try await self.order(request, context) }
    }

    private func list(_ context: SignedInContext) async throws -> Response {
        try web.checkReadsInspections(context)
        let view = try InspectionReading.view(context)
        let notices = try await web.notices(view, context)
        let now = context.now
        let counts = try await web.store.database.read { db in
            try RectificationView.allCases.filter { $0 != .closed }
                .map { ($0, try RectificationTable.list($0, at: now, in: db).count) }
        }
        let page = NoticeView(wording: Wording(context: context, pack: web.pack), web: web)
        return try context.page(
            "notices",
            [
                "rows": notices.map { page.row($0) }, "isEmpty": notices.isEmpty, "mayOrder": web.isInspector(context),
                "order": Self.orderAddress,
                "tabs": RectificationView.allCases.map { tab -> [String: Any] in
                    var data: [String: Any] = [
                        "title": context.text("routing.rectification.view.\(tab.rawValue)"),
                        "address": "\(Self.address)?view=\(tab.rawValue)", "isHere": tab == view,
                    ]
                    data["count"] = counts.first { $0.0 == tab }?.1
                    return data
                },
            ])
    }

    private func show(
        _ context: SignedInContext, refused: (fields: Fields, problem: Problem)? = nil
    ) async throws -> Response {
        try web.checkReadsInspections(context)
        let (listed, steps) = try await web.notice(context)
        let page = NoticeView(wording: Wording(context: context, pack: web.pack), web: web)
        return try context.page(
            "notice", page.page(listed, steps, refused: refused), status: refused?.problem.status ?? .ok)
    }

    private func decide(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try web.checkInspects(context)
        let (listed, _) = try await web.notice(context)
        var fields = try await context.fields(of: request)
        let address = "\(Self.address)/\(listed.record.id)"
        do {
            let standing = try await web.decide(listed.record.id, &fields, context).notice.standing
            return context.redirect(
                to: address, flash: Phrase("routing.rectification.said.\(standing.rawValue)"))
        } catch let problem as Problem where !problem.errors.isEmpty {
            return try await show(context, refused: (fields, problem))
        } catch let problem as Problem where problem.status == .conflict {
            return context.redirect(
                to: address, flash: problem.detail ?? Phrase("problem.conflict.text"), isWarning: true)
        }
    }

    // MARK: Ordering

    /// `?number=…&sample=…` fills in what is known.
    private func form(
        _ context: SignedInContext, refused: (fields: Fields, problem: Problem)? = nil
    ) async throws -> Response {
        try web.checkInspects(context)
        let number = context.query("number").flatMap { TicketNumber($0) }
        var again = refused?.fields
        let sample = (again?.text("sample", most: 20) ?? context.query("sample")).flatMap { Int64($0) }
        var known: (department: DepartmentID?, finding: String?) = (nil, nil)
        if let number {
            try await web.check(number, context)
            known = try await web.store.database.read { db in
                let entry = try sample.flatMap { try SampleTable.entry(number, in: $0, in: db) }
                let complaint = try ComplaintTable.find(number, in: db)
                return (try complaint?.leader(in: db), entry?.result?.finding)
            }
        }
        let page = NoticeView(wording: Wording(context: context, pack: web.pack), web: web)
        let data = page.ordering(
            number: number, sample: sample, department: known.department, finding: known.finding, refused: refused)
        return try context.page("notice-order", data, status: refused?.problem.status ?? .ok)
    }

    private func order(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try web.checkInspects(context)
        var fields = try await context.fields(of: request)
        do {
            let record = try await web.order(&fields, context)
            return context.redirect(
                to: "\(Self.address)/\(record.id)", flash: Phrase("routing.rectification.said.ordered"))
        } catch let problem as Problem where !problem.errors.isEmpty {
            return try await form(context, refused: (fields, problem))
        }
    }
}

/// A notice with the complaint that it is about.
struct ListedNotice: Sendable {
    var record: RectificationRecord
    var complaint: ComplaintRecord
}

extension RoutingWeb {
    /// Those of a list that the reader may see: a notice is for nobody's eyes whose the complaint is not for (W21).
    func notices(_ view: RectificationView, _ context: SignedInContext) async throws -> [ListedNotice] {
        let (now, sight) = (context.now, sight(context))
        let listed = try await store.database.read { db in
            try RectificationTable.list(view, at: now, in: db).compactMap { record in
                try ComplaintTable.find(record.notice.number, in: db).map {
                    ListedNotice(record: record, complaint: $0)
                }
            }
        }
        return listed.filter { sight.sees($0.complaint) }
    }

    /// The notice that the address names, with its trail.
    /// - Throws: `Problem` with 404.
    func notice(_ context: SignedInContext) async throws -> (ListedNotice, [RectificationStep]) {
        let id = try DutyReading.id(context)
        let found = try await store.database.read { db -> (ListedNotice, [RectificationStep])? in
            guard let record = try RectificationTable.find(id, in: db),
                let complaint = try ComplaintTable.find(record.notice.number, in: db)
            else { return nil }
            return (ListedNotice(record: record, complaint: complaint), try RectificationTable.steps(of: id, in: db))
        }
        guard let found, sight(context).sees(found.0.complaint) else { throw Problem.notFound() }
        return found
    }

    /// What the reader may not see is as if it did not exist.
    func order(_ fields: inout Fields, _ context: SignedInContext) async throws -> RectificationRecord {
        let order = try InspectionReading(pack: pack).notice(&fields)
        return try await Problem.translatingInspection {
            do {
                try await check(order.number, context)
            } catch is Problem {
                throw RectificationRejection.unknownComplaint
            }
            return try await rectifications.order(order, by: context.identity.name)
        }
    }

    func decide(_ id: Int64, _ fields: inout Fields, _ context: SignedInContext) async throws -> RectificationRecord {
        let (decision, comment) = try InspectionReading(pack: pack).decision(&fields)
        let name = context.identity.name
        return try await Problem.translatingInspection {
            switch decision {
            case .accepted: try await rectifications.close(id, comment: comment, by: name)
            case .returned: try await rectifications.sendBack(id, reason: comment ?? "", by: name)
            }
        }
    }
}
