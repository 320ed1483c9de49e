import Contracts
import Foundation
import Procedure
import Web

/// What the pages of rectification notices show.
struct NoticeView {
    let wording: Wording
    let web: RoutingWeb

    private var context: SignedInContext { wording.context }

    /// A line of a list.
    func row(_ listed: ListedNotice) -> [String: Any] {
        let notice = listed.record.notice
        var row: [String: Any] = [
            "address": "\(RectificationPages.address)/\(listed.record.id)", "number": notice.number.text,
            "notice": "\(notice.notice)", "department": wording.department(notice.department),
            "finding": notice.finding, "standing": standing(notice), "by": wording.person(notice.orderedBy),
            "time": context.time(notice.orderedAt),
            "ticket": "\(context.site.settings.sites.reporting.absoluteString)/reporting/tickets/\(notice.number)",
        ]
        if notice.isOwed { row["deadline"] = context.deadline(notice.deadline) }
        if notice.round > 1 {
            row["round"] = context.text("routing.rectification.round", ["round": "\(notice.round)"])
        }
        if context.identity.has(any: RoutingWeb.readers) {
            row["complaint"] = "/routing/complaints/\(notice.number)"
        }
        return row
    }

    private func standing(_ notice: Rectification) -> [String: Any] {
        let isLate = notice.isOwed && notice.deadline.dueAt < context.now
        let tone: Tone =
            switch notice.standing {
            case .ordered, .returned: isLate ? .bad : .warn
            case .answered: .info
            case .closed: .good
            }
        return context.badge(
            context.text("routing.rectification.standing.\(isLate ? "overdue" : notice.standing.rawValue)"), tone)
    }

    /// The page of one notice.
    func page(
        _ listed: ListedNotice, _ steps: [RectificationStep], refused: (fields: Fields, problem: Problem)?
    ) -> [String: Any] {
        let notice = listed.record.notice
        var data = row(listed)
        data["why"] = wording.text(notice.deadline.explanation)
        data["subject"] =
            listed.complaint.complaint.reason ?? String(listed.complaint.complaint.narrative.prefix(40))
        data["sample"] = notice.sample.map { "\(SamplePages.address)/\($0)" }
        data["answer"] = notice.answer
        data["steps"] = steps.map { step -> [String: Any] in
            var data: [String: Any] = [
                "title": context.text("routing.rectification.step.\(step.step)"), "time": context.time(step.at),
                "by": wording.person(step.by),
            ]
            data["words"] = step.words
            return data
        }
        if notice.standing == .answered, web.isInspector(context), notice.answeredBy != context.identity.name {
            data["decision"] =
                [
                    "form": decision(refused).data,
                    "address": "\(RectificationPages.address)/\(listed.record.id)/decision",
                ] as [String: Any]
        }
        return data
    }

    private func decision(_ refused: (fields: Fields, problem: Problem)?) -> FormView {
        var form = FormView(context, fields: refused?.fields, problem: refused?.problem)
        form.add(
            FormField(
                "decision", context.text("routing.rectification.decision"),
                .radio(
                    InspectionReading.Decision.allCases.map {
                        .init($0.rawValue, context.text("routing.rectification.decide.\($0.rawValue)"))
                    }), required: true))
        form.add(
            FormField(
                "comment", context.text("routing.rectification.comment"), .area(rows: 3),
                hint: context.text("routing.rectification.commentHint"), most: OrderReading.longest))
        return form
    }

    /// The form that orders a notice.
    func ordering(
        number: TicketNumber?, sample: Int64?, department: DepartmentID?, finding: String?,
        refused: (fields: Fields, problem: Problem)?
    ) -> [String: Any] {
        var form = FormView(context, fields: refused?.fields, problem: refused?.problem)
        form.add(
            FormField(
                "number", context.text("routing.field.number"), required: true, value: number?.text, most: 40))
        form.add(
            FormField(
                "department", context.text("routing.field.department"),
                .select(wording.pack.departments.map { .init($0.id.text, wording.text($0.title)) }), required: true,
                value: department?.text))
        form.add(
            FormField(
                "finding", context.text("routing.rectification.finding"), .area(rows: 4), required: true,
                hint: context.text("routing.rectification.findingHint"), value: finding, most: OrderReading.longest))
        var data: [String: Any] = [
            "form": form.data, "address": RectificationPages.orderAddress, "list": RectificationPages.address,
            "within": wording.pack.rectificationClock?.within.allowance(for: .general).map { wording.text($0.title) }
                ?? "",
        ]
        data["sample"] = sample.map { "\($0)" }
        return data
    }
}
