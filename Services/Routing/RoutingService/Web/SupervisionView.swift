import Contracts
import Foundation
import Web

/// What the supervision board shows.
struct SupervisionView {
    private let query: SupervisionQuery
    private let page: SupervisionPage
    private let wording: Wording

    init(_ query: SupervisionQuery, _ page: SupervisionPage, _ wording: Wording) {
        self.query = query
        self.page = page
        self.wording = wording
    }

    private var context: SignedInContext { wording.context }
    private var ownQuery: String {
        SupervisionQuery.text(standing: query.standing, holder: query.filter.holder, owner: query.filter.owner)
    }

    var data: [String: Any] {
        var data: [String: Any] = [
            "tabs": tabs, "rows": page.clocks.map(row), "isEmpty": page.clocks.isEmpty, "people": people,
            "hasPeople": !page.counts.isEmpty, "query": ownQuery,
            "requests": page.requests.map { request($0.record, $0.clock) }, "hasRequests": !page.requests.isEmpty,
        ]
        if let holder = query.filter.holder {
            let owner = query.filter.owner.map { " · \(wording.person($0))" } ?? ""
            data["only"] =
                [
                    "text": wording.holder(holder) + owner,
                    "address": address(holder: nil, owner: nil, standing: query.standing),
                ] as [String: Any]
        }
        var pagination: [String: Any] = [:]
        if query.cursor != nil { pagination["first"] = SupervisionQuery.address(ownQuery) }
        if let next = page.next {
            pagination["next"] = SupervisionQuery.address(
                SupervisionQuery.text(
                    standing: query.standing, holder: query.filter.holder, owner: query.filter.owner, cursor: next))
        }
        if !pagination.isEmpty { data["pagination"] = pagination }
        return data
    }

    private func address(holder: String?, owner: String?, standing: SupervisionQuery.Standing?) -> String {
        SupervisionQuery.address(SupervisionQuery.text(standing: standing, holder: holder, owner: owner))
    }

    /// All, overdue, about to be; with their numbers for everybody.
    private var tabs: [[String: Any]] {
        let overdue = page.counts.reduce(0) { $0 + $1.overdue }
        let approaching = page.counts.reduce(0) { $0 + $1.approaching }
        let all: [(SupervisionQuery.Standing?, String, Int)] = [
            (nil, "all", overdue + approaching), (.overdue, "overdue", overdue),
            (.approaching, "approaching", approaching),
        ]
        return all.map { standing, word, count in
            [
                "title": context.text("routing.supervision.\(word)"), "count": count,
                "address": address(holder: query.filter.holder, owner: query.filter.owner, standing: standing),
                "isHere": standing == query.standing,
            ]
        }
    }

    private var people: [[String: Any]] {
        page.counts.map { count in
            var data: [String: Any] = [
                "holder": wording.holder(count.holder), "overdue": count.overdue, "approaching": count.approaching,
                "address": address(holder: count.holder, owner: count.owner, standing: nil),
                "isLate": count.overdue > 0,
                "isHere": count.holder == query.filter.holder && count.owner == query.filter.owner,
            ]
            data["owner"] = count.owner.map(wording.person)
            return data
        }
    }

    private func request(_ record: ExtensionRecord, _ clock: LocalizedText) -> [String: Any] {
        [
            "number": record.number.text,
            "address": "/routing/complaints/\(record.number)/extensions",
            "clock": wording.text(clock), "by": wording.text(record.allowance.title),
            "askedBy": record.askedBy, "asked": context.time(record.askedAt),
        ]
    }

    private func row(_ pressing: PressingClock) -> [String: Any] {
        let (number, deadline) = (pressing.clock.number, pressing.clock.deadline)
        var row: [String: Any] = [
            "number": number.text, "address": "/routing/complaints/\(number)",
            "state": wording.state(pressing.state), "holder": wording.holder(pressing.holder),
            "deadline": context.deadline(deadline), "urgings": pressing.urgings,
        ]
        row["severity"] = wording.severity(pressing.severity)
        row["subject"] = pressing.subject
        row["owner"] = pressing.department?.text == pressing.holder ? pressing.owner.map(wording.person) : nil
        row["urgedAt"] = pressing.urgedAt.map(context.time)
        row["escalatedTo"] = pressing.clock.missStands ? pressing.clock.escalatedTo.map(wording.level) : nil
        if pressing.department != nil, context.identity.has(any: RoutingWeb.urgers) {
            let key = pressing.clock.alert == .missed ? "commentOverdue" : "commentApproaching"
            row["urge"] =
                [
                    "number": number.text, "query": ownQuery,
                    "comment": context.text(
                        "routing.supervision.\(key)",
                        ["clock": wording.text(deadline.title), "due": context.timeText(deadline.dueAt)]),
                ] as [String: Any]
        }
        return row
    }
}
