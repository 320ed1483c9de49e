import Contracts
import Foundation
import Hummingbird
import Web

/// The department's work list (工单列表): one tab for each state, the next deadline first.
struct WorkListView {
    let desk: DepartmentDesk
    let context: SignedInContext

    func response() async throws -> Response {
        let visitor = desk.visitor(context)
        let query = try WorkListQuery(context, visitor)
        let page = try await desk.store.list(query)
        // Who only comes for a case that names them is told nothing about the others.
        let viewer = visitor.identity.viewer
        let counts = visitor.isInsider ? try await desk.store.counts(seenBy: viewer) : [:]
        let overdue = visitor.isInsider ? try await desk.store.overdueCount(seenBy: viewer) : 0
        let awaited = try await desk.store.awaitedCount(visitor.asked, seenBy: viewer)
        let emergencies =
            visitor.isInsider
            ? try await desk.store.emergencies(seenBy: viewer).filter { $0.attendedAt == nil }.count : 0
        let notices = visitor.isInsider ? try await desk.store.rectifications(seenBy: viewer) : []
        let owed = notices.filter { $0.standing == .open }.count
        let unread = visitor.isInsider ? try await desk.store.unreadLessons() : nil
        let wording = CaseWording(context, try await desk.store.words())
        return try context.page(
            "worklist",
            [
                "hasEmergencies": emergencies > 0, "emergencies": emergencies,
                "emergencyAddress": "\(desk.home)emergencies",
                "hasRectifications": !notices.isEmpty, "owesRectifications": owed > 0, "rectifications": owed,
                "rectificationAddress": "\(desk.home)rectifications",
                "hasLessons": unread != nil, "hasUnread": (unread ?? 0) > 0, "unread": unread ?? 0,
                "lessonAddress": "\(desk.home)lessons",
                "myWorkAddress": context.site.settings.sites.reporting.absoluteString + "/reporting/mine",
                "department": desk.title.text(for: context.language.tag),
                "isInsider": visitor.isInsider, "tabs": tabs(query, counts),
                "tiles": tiles(counts, overdue: overdue, awaited: awaited, visitor),
                "filters": filters(query, wording), "rows": page.rows.map(row), "isEmpty": page.rows.isEmpty,
                "pagination": pagination(query, page), "scope": query.scope.name,
            ])
    }

    // MARK: Above the list

    private func tiles(
        _ counts: [WorkState: Int], overdue: Int, awaited: Int, _ visitor: Visitor
    ) -> [[String: Any]] {
        let mine = tile("mine", awaited, address([("mine", "1")]))
        guard visitor.isInsider else { return [mine] }
        let isAsked = visitor.identity.has(any: [.head, .manager])
        let ours = counts.filter { $0.key.isOurTurn }.values.reduce(0, +)
        let open = counts.filter { $0.key.isOpen }.values.reduce(0, +)
        return (isAsked ? [mine] : []) + [
            tile("ours", ours, address([("ours", "1")])),
            tile("overdue", overdue, address([("overdue", "1")])),
            tile("approval", counts[.awaitingApproval] ?? 0, address([("state", WorkState.awaitingApproval.rawValue)])),
            tile("open", open, address([])),
        ]
    }

    private func tile(_ key: String, _ value: Int, _ address: String) -> [String: Any] {
        ["value": value, "title": context.text("department.tile.\(key)"), "address": address]
    }

    private func tabs(_ query: WorkListQuery, _ counts: [WorkState: Int]) -> [[String: Any]] {
        func total(_ isOpen: Bool) -> Int { counts.filter { $0.key.isOpen == isOpen }.values.reduce(0, +) }
        func tab(_ scope: WorkListQuery.Scope, _ title: String, _ count: Int) -> [String: Any] {
            [
                "title": title, "count": count, "isHere": query.scope == scope && query.awaiting == nil,
                "address": address([("state", scope.name)]),
            ]
        }
        let states = WorkState.allCases.filter(\.isOpen)
        return [tab(.open, context.text("department.tab.open"), total(true))]
            + states.map { tab(.state($0), context.text("department.state.\($0.rawValue)"), counts[$0] ?? 0) }
            + [tab(.ended, context.text("department.tab.ended"), total(false))]
    }

    private func filters(_ query: WorkListQuery, _ wording: CaseWording) -> [String: Any] {
        func option(_ value: String, _ title: String, chosen: String?) -> [String: Any] {
            ["value": value, "title": title, "chosen": value == chosen]
        }
        return [
            "severities": Severity.allCases.map {
                option($0.rawValue, wording.severity($0), chosen: query.severity?.rawValue)
            },
            "orders": WorkListQuery.Order.allCases.map {
                option($0.rawValue, context.text("department.sort.\($0.rawValue)"), chosen: query.order.rawValue)
            },
            "ours": query.onlyOurTurn, "overdue": query.onlyOverdue, "waiting": query.onlyWaiting,
            "urged": query.onlyUrged, "mine": query.awaiting != nil,
        ]
    }

    private func pagination(_ query: WorkListQuery, _ page: WorkListPage) -> [String: Any] {
        var kept = [("state", query.scope.name), ("sort", query.order.rawValue)]
        if let severity = query.severity { kept.append(("severity", severity.rawValue)) }
        for (name, isOn) in [
            ("ours", query.onlyOurTurn), ("overdue", query.onlyOverdue), ("waiting", query.onlyWaiting),
            ("urged", query.onlyUrged), ("mine", query.awaiting != nil),
        ] where isOn { kept.append((name, "1")) }
        var data: [String: Any] = [:]
        if query.cursor != nil { data["first"] = address(kept) }
        if let next = page.next { data["next"] = address(kept + [("cursor", next.text)]) }
        return data
    }

    /// The list's address with a query; every list is a link.
    private func address(_ query: [(String, String)]) -> String {
        var parts = URLComponents()
        parts.queryItems = query.isEmpty ? nil : query.map { URLQueryItem(name: $0.0, value: $0.1) }
        return desk.home + (parts.string ?? "")
    }

    // MARK: The list

    private func row(_ row: WorkListRow) -> [String: Any] {
        let complaint = row.assignment.complaint
        let wording = CaseWording(context, row.assignment.words)
        var data: [String: Any] = [
            "number": row.number.text, "address": desk.address(row.number),
            "heading": complaint.reason ?? String(complaint.narrative.prefix(40)),
            "state": context.badge(context.text("department.state.\(row.state.rawValue)"), row.state.tone),
            "severity": wording.severityBadge(row.assignment.severity),
            "about": [complaint.about.product, row.assignment.categoryTitle.text(for: context.language.tag)]
                .compactMap(\.self).joined(separator: " · "),
            "marks": marks(row), "assignedAt": context.time(row.assignedAt),
        ]
        data["customer"] = complaint.complainant.name.map(Masking.name)
        data["owner"] = row.assignment.owner.map(wording.person)
        data["deadline"] = row.dueAt.map { deadline(row, dueAt: $0) }
        return data
    }

    /// The next deadline by its name; what was promised to the customer is no clock of the assignment.
    private func deadline(_ row: WorkListRow, dueAt: Date) -> [String: Any] {
        let isDue = { (deadline: Deadline) in abs(deadline.dueAt.timeIntervalSince(dueAt)) < 0.001 }
        if let deadline = row.assignment.deadlines.first(where: isDue) { return context.deadline(deadline) }
        return context.deadline(
            dueAt: dueAt, startedAt: row.assignedAt, title: context.text("department.list.promise"))
    }

    private func marks(_ row: WorkListRow) -> [[String: Any]] {
        var marks: [[String: Any]] = []
        if let escalation = row.escalation {
            let level = TwoLanguages.text(escalation, for: context.language.tag)
            marks.append(context.badge(context.text("department.mark.escalated", ["level": level]), .bad))
        }
        if row.urgings > 0 {
            marks.append(context.badge(context.text("department.mark.urged", ["count": "\(row.urgings)"]), .warn))
        }
        if row.round > 1 {
            marks.append(context.badge(context.text("department.mark.rework", ["round": "\(row.round)"]), .warn))
        }
        if row.isWaitingForCustomer {
            marks.append(context.badge(context.text("department.mark.waiting"), .info))
        }
        if row.assignment.role == .assisting {
            marks.append(context.badge(context.text("department.mark.assisting"), .neutral))
        }
        return marks
    }
}

extension WorkState {
    /// How a state looks: what is our turn stands out.
    var tone: Tone {
        switch self {
        case .assigned, .refused, .declined: .warn
        case .investigating, .investigated, .awaitingApproval, .carryingOut, .opinionDue: .info
        case .proposed, .implemented: .neutral
        case .opinionGiven, .closed: .good
        case .returned, .cancelled: .neutral
        }
    }
}
