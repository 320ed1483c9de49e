import Contracts
import Foundation
import Procedure
import Web

/// The list of measures as its template needs it.
struct MeasureListView {
    let showing: Showing
    let pack: PolicyPack
    let terms: ImprovementTerms
    let timeZone: TimeZone

    private var context: SignedInContext { showing.context }

    func data(
        _ measures: [Measure], needs: [MeasureNeed], view: String, filter: MeasureFilter,
        refused: (fields: Fields, problem: Problem)?
    ) -> [String: Any] {
        var data: [String: Any] = [
            "rows": measures.map(row), "isEmpty": measures.isEmpty, "views": ["tabs": tabs(view, filter)],
            "auditor": terms.auditedBy ?? context.text("role.manager"),
        ]
        if !needs.isEmpty { data["needs"] = ["rows": needs.map(need), "count": needs.count] }
        data["month"] = filter.month.map { month -> [String: Any] in
            ["text": month, "address": "/reporting/reports/monthly/\(month)"]
        }
        if context.identity.has(any: ReportingAccess.setters) {
            data["setting"] = ["form": form(filter, refused), "isOpen": refused != nil || isPrefilled]
        }
        return data
    }

    /// True when the address already says what the measure is about.
    private var isPrefilled: Bool { context.query("number") != nil || context.query("new") != nil }

    private func tabs(_ view: String, _ filter: MeasureFilter) -> [[String: Any]] {
        ["all", "open", "overdue", "done", "audited"].map { name in
            let month = filter.month.map { "&month=\($0)" } ?? ""
            return [
                "title": context.text("reporting.measure.view.\(name)"), "isHere": name == view,
                "address": "/reporting/measures?view=\(name)\(month)",
            ]
        }
    }

    private func row(_ measure: Measure) -> [String: Any] {
        var row: [String: Any] = [
            "address": "/reporting/measures/\(measure.id ?? 0)", "measure": measure.measure,
            "department": showing.department(measure.department), "stage": showing.stage(measure.stage),
            "deadline": showing.deadline(measure), "month": measure.month ?? "",
        ]
        row["ticket"] = measure.ticket.map { ["number": $0.text, "address": TicketLink.ticket($0)] }
        row["result"] = measure.audit.map { showing.audit($0) }
        return row
    }

    private func need(_ need: MeasureNeed) -> [String: Any] {
        [
            "number": need.ticket.text, "ticket": TicketLink.ticket(need.ticket),
            "because": showing.text(need.because), "department": showing.department(need.department),
            "address": "/reporting/measures?number=\(need.ticket)&department=\(need.department?.text ?? "")#set",
        ]
    }

    private func form(_ filter: MeasureFilter, _ refused: (fields: Fields, problem: Problem)?) -> [String: Any] {
        var form = FormView(context, fields: refused?.fields, problem: refused?.problem)
        let number = context.query("number")
        let month = filter.month ?? (number == nil ? ReportPeriod.monthText(of: context.now, in: timeZone) : nil)
        form.add(FormField("month", text("month"), .line("month"), hint: text("monthHint"), value: month, most: 7))
        form.add(FormField("number", text("number"), value: number, most: 40))
        let options =
            [FormField.Option("", "")]
            + pack.departments.map {
                FormField.Option($0.id.text, showing.text($0.title))
            }
        form.add(
            FormField("department", text("owner"), .select(options), required: true, value: context.query("department"))
        )
        form.add(FormField("cause", text("cause"), .area(rows: 2), most: 2000))
        form.add(FormField("measure", text("measure"), .area(rows: 3), required: true, most: 2000))
        let due = pack.calendar.due(from: context.now, within: terms.within).dueAt
        form.add(
            FormField(
                "due", text("due"), .line("date"), hint: showing.text(terms.within.title),
                value: ReportPeriod.dayText(of: due, in: timeZone), most: 10))
        return form.data
    }

    private func text(_ word: String) -> String { context.text("reporting.measure.\(word)") }
}

/// A measure as its template needs it.
struct MeasureView {
    let measure: Measure
    let trail: [TrailStep]
    let showing: Showing
    let mayComplete: Bool
    let mayAudit: Bool

    private var context: SignedInContext { showing.context }

    func data(refused: (fields: Fields, problem: Problem)?) -> [String: Any] {
        var data: [String: Any] = [
            "measure": measure.measure, "department": showing.department(measure.department),
            "stage": showing.stage(measure.stage), "deadline": showing.deadline(measure), "setBy": measure.setBy,
            "setAt": context.time(measure.setAt), "base": "/reporting/measures/\(measure.id ?? 0)",
            "timeline": showing.trail(trail, of: .measure),
        ]
        data["month"] = measure.month.map { ["text": $0, "address": "/reporting/reports/monthly/\($0)"] }
        data["ticket"] = measure.ticket.map { ["number": $0.text, "address": TicketLink.ticket($0)] }
        data["cause"] = measure.cause
        data["outcome"] = measure.outcome
        data["audit"] = measure.audit.map { audit -> [String: Any] in
            ["result": showing.audit(audit), "note": audit.note, "by": measure.auditedBy ?? ""]
        }
        data["conflict"] = refused.flatMap { $0.problem.errors.isEmpty ? $0.problem.detail : nil }.map {
            context.text($0)
        }
        if measure.stage == .open, mayComplete { data["completing"] = ["form": completion(refused)] }
        if measure.stage == .done, mayAudit { data["auditing"] = ["form": auditing(refused)] }
        return data
    }

    private func completion(_ refused: (fields: Fields, problem: Problem)?) -> [String: Any] {
        var form = FormView(context, fields: refused?.fields, problem: refused?.problem)
        form.add(
            FormField(
                "outcome", context.text("reporting.measure.outcome"), .area(rows: 3), required: true, most: 2000))
        return form.data
    }

    private func auditing(_ refused: (fields: Fields, problem: Problem)?) -> [String: Any] {
        var form = FormView(context, fields: refused?.fields, problem: refused?.problem)
        let results = AuditResult.allCases.map { FormField.Option($0.rawValue, text("result.\($0.rawValue)")) }
        form.add(FormField("result", text("result"), .radio(results), required: true))
        form.add(FormField("note", text("auditNote"), .area(rows: 3), required: true, most: 2000))
        let consequences = Consequence.allCases.map {
            FormField.Option($0.rawValue, text("consequence.\($0.rawValue)"))
        }
        form.add(FormField("consequence", text("consequences"), .radio(consequences), value: Consequence.none.rawValue))
        form.add(FormField("consequenceNote", text("consequenceNote"), most: 500))
        form.add(FormField("due", text("newDue"), .line("date"), most: 10))
        return form.data
    }

    private func text(_ word: String) -> String {
        context.text(word == "result" ? "reporting.measure.auditResult" : "reporting.measure.\(word)")
    }
}

extension Showing {
    func stage(_ stage: MeasureStage) -> [String: Any] {
        let tone: Tone =
            switch stage {
            case .open: .warn
            case .done: .info
            case .audited: .good
            }
        return context.badge(context.text("reporting.measure.stage.\(stage.rawValue)"), tone)
    }

    func deadline(_ measure: Measure) -> [String: Any] {
        context.deadline(
            dueAt: measure.dueAt, startedAt: measure.setAt, endedAt: measure.stage == .open ? nil : measure.doneAt)
    }

    /// `effective · reward: 200 yuan`
    func audit(_ audit: MeasureAudit) -> String {
        let result = context.text("reporting.measure.result.\(audit.result.rawValue)")
        guard audit.consequence != .none else { return result }
        let word = context.text("reporting.measure.consequence.\(audit.consequence.rawValue)")
        return "\(result) · \(word)" + (audit.consequenceNote.map { context.text("form.colon") + $0 } ?? "")
    }
}
