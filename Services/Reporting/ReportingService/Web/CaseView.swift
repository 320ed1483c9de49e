import Contracts
import Foundation
import Procedure
import Web

/// The list of cases as its template needs it.
struct CaseListView {
    let showing: Showing
    let pack: PolicyPack

    private var context: SignedInContext { showing.context }

    func data(
        _ files: [CaseFile], view: String, text: String?, inWork: [CaseFile], mayWrite: Bool, mayNominate: Bool,
        refused: (fields: Fields, problem: Problem)?
    ) -> [String: Any] {
        var data: [String: Any] = [
            "rows": files.map(row), "isEmpty": files.isEmpty, "query": text ?? "", "view": view,
            "isLibrary": view == "library",
        ]
        if mayWrite {
            data["views"] = [
                "tabs": ["library", "work"].map { name -> [String: Any] in
                    var tab: [String: Any] = [
                        "title": context.text("reporting.case.view.\(name)"), "isHere": name == view,
                        "address": "/reporting/cases?view=\(name)",
                    ]
                    if name == "work" { tab["count"] = inWork.count }
                    return tab
                }
            ]
        }
        if mayNominate {
            var form = FormView(context, fields: refused?.fields, problem: refused?.problem, idPrefix: "n")
            form.add(
                FormField("number", context.text("reporting.label.number"), required: true, value: nil, most: 40))
            form.add(
                FormField(
                    "reason", context.text("reporting.case.why"), .area(rows: 2), required: true, most: 1000))
            data["nomination"] = ["form": form.data, "isOpen": refused != nil]
        }
        return data
    }

    private func row(_ file: CaseFile) -> [String: Any] {
        let heading = file.text.title.isEmpty ? showing.text(file.ruleTitle) : file.text.title
        var row: [String: Any] = [
            "address": "/reporting/cases/\(file.id ?? 0)", "heading": heading, "number": file.ticket.text,
            "ticket": TicketLink.ticket(file.ticket), "stage": showing.stage(file.stage),
            "author": file.author ?? "–", "because": showing.text(file.because),
            "recipients": file.recipients.map { showing.recipient($0, pack) }.joined(separator: " · "),
        ]
        row["published"] = file.publishedAt.map(context.time)
        row["deadline"] = showing.deadline(file)
        return row
    }
}

/// A case as its template needs it.
struct CaseView {
    let file: CaseFile
    let trail: [TrailStep]
    let pack: PolicyPack
    let showing: Showing

    private var context: SignedInContext { showing.context }

    /// - Parameters:
    ///   - draft: what the ticket says already, for a case that nobody has written yet.
    func data(draft: CaseText?, refused: (fields: Fields, problem: Problem)?) -> [String: Any] {
        let heading = file.text.title.isEmpty ? showing.text(file.ruleTitle) : file.text.title
        var data: [String: Any] = [
            "heading": heading, "stage": showing.stage(file.stage), "number": file.ticket.text,
            "ticket": TicketLink.ticket(file.ticket), "rule": showing.text(file.ruleTitle),
            "because": showing.text(file.because), "approver": file.approver, "author": file.author ?? "–",
            "recipients": file.recipients.map(recipient), "parts": parts, "base": "/reporting/cases/\(file.id ?? 0)",
            "timeline": showing.trail(named, of: .case),
        ]
        data["deadline"] = showing.deadline(file)
        data["published"] = file.publishedAt.map(context.time)
        data["refusal"] = file.stage == .returned ? file.refusal : nil
        let name = context.identity.name
        let general = refused.flatMap { $0.problem.errors.isEmpty ? $0.problem.detail : nil }
        data["conflict"] = general.map { context.text($0) }
        if file.stage.isWritten, name != file.approver, context.identity.has(any: ReportingAccess.writers) {
            data["writing"] = ["form": writingForm(draft ?? CaseText(), refused), "seen": trail.count]
            // Somebody else has written meanwhile: both texts are there to compare.
            if general != nil { data["stored"] = ["parts": parts] }
        }
        if file.stage == .submitted, name == file.approver, name != file.author {
            var form = FormView(context, fields: refused?.fields, problem: refused?.problem, idPrefix: "d")
            form.add(
                FormField(
                    "reason", context.text("reporting.case.refuseBecause"), .area(rows: 3), required: true, most: 2000))
            data["decision"] = ["form": form.data]
        } else if file.stage == .submitted {
            data["waiting"] = context.text("reporting.case.waiting", ["name": file.approver])
        }
        return data
    }

    /// The trail with the departments that were sent it and have read it by their names.
    private var named: [TrailStep] {
        trail.map { step in
            guard step.namesDepartment else { return step }
            var named = step
            named.note = step.note.map { showing.recipient($0, pack) }
            return named
        }
    }

    /// Whom it is for, and whether they have read it. That is asked of departments that were sent it alone: others cannot
    /// confirm it, nor can any for a case that was published before cases were sent.
    private func recipient(_ id: String) -> [String: Any] {
        var row: [String: Any] = ["title": showing.recipient(id, pack)]
        let steps = trail.filter { $0.note == id }.map(\.step)
        if steps.contains(TrailStep.sending) {
            let isRead = steps.contains(TrailStep.reading)
            row["state"] = context.badge(
                context.text("reporting.case.\(isRead ? "read" : "unread")"), isRead ? .good : .neutral)
        }
        return row
    }

    private var parts: [[String: Any]] {
        [
            ("background", file.text.background), ("cause", file.text.cause), ("handling", file.text.handling),
            ("lesson", file.text.lesson),
        ].filter { !$0.1.isEmpty }.map { ["title": context.text("reporting.case.\($0.0)"), "text": $0.1] }
    }

    private func writingForm(_ draft: CaseText, _ refused: (fields: Fields, problem: Problem)?) -> [String: Any] {
        var form = FormView(context, fields: refused?.fields, problem: refused?.problem)
        let isNew = file.author == nil
        let text = isNew ? draft : file.text
        form.add(field("title", .line("text"), text.title, most: 120))
        form.add(field("background", .area(rows: 5), text.background))
        form.add(field("cause", .area(rows: 5), text.cause))
        form.add(field("handling", .area(rows: 5), text.handling))
        form.add(field("lesson", .area(rows: 5), text.lesson))
        return form.data
    }

    private func field(_ name: String, _ kind: FormField.Kind, _ value: String, most: Int = 8000) -> FormField {
        FormField(name, context.text("reporting.case.\(name)"), kind, value: value, most: most)
    }
}

extension Showing {
    func stage(_ stage: CaseStage) -> [String: Any] {
        let tone: Tone =
            switch stage {
            case .nominated: .neutral
            case .submitted: .info
            case .returned: .warn
            case .published: .good
            }
        return context.badge(context.text("reporting.case.stage.\(stage.rawValue)"), tone)
    }

    /// What a department, a level or a party outside is called; the id itself where the pack knows it no more.
    func recipient(_ id: String, _ pack: PolicyPack) -> String { pack.title(ofRecipient: id).map(text) ?? id }

    /// The time for writing a case up; absent without one.
    func deadline(_ file: CaseFile) -> [String: Any]? {
        file.dueAt.map {
            context.deadline(
                dueAt: $0, startedAt: file.nominatedAt, endedAt: file.publishedAt,
                explanation: file.dueBecause.map(text))
        }
    }

    /// For `{{>timeline}}`.
    func trail(_ trail: [TrailStep], of area: TrailStep.Area) -> [[String: Any]] {
        trail.map { step in
            var row: [String: Any] = [
                "title": context.text("reporting.\(area.rawValue).step.\(step.step)"), "time": context.time(step.at),
                "by": step.by ?? context.text("reporting.actor.system"),
            ]
            row["text"] = step.note
            return row
        }
    }
}
