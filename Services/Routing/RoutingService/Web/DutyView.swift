import Contracts
import Foundation
import Procedure
import Web

/// How duties are shown, in lists and on their own page.
struct DutyView {
    let wording: Wording

    private var context: SignedInContext { wording.context }

    /// A line of a list.
    func row(_ entry: DutyRecord, _ complaint: ComplaintRecord? = nil) -> [String: Any] {
        let duty = entry.duty
        var row: [String: Any] = [
            "number": entry.number.text, "complaint": "/routing/complaints/\(entry.number)",
            "address": "/routing/duties/\(entry.id)", "title": wording.text(duty.title),
            "recipient": wording.text(duty.recipientTitle),
            "kind": context.text("routing.duty.kind.\(duty.kind.rawValue)"),
            "form": context.text("routing.duty.form.\(duty.form.rawValue)"), "standing": standing(entry),
        ]
        row["purpose"] = duty.purpose.map { context.text("routing.duty.purpose.\($0.rawValue)") }
        if entry.isOpen { row["deadline"] = context.deadline(dueAt: duty.dueAt) }
        row["done"] = entry.doneAt.map { context.time($0) }
        row["by"] = entry.doneBy
        row["way"] = entry.way
        row["note"] = entry.note
        row["answer"] = entry.answer
        if let complaint {
            row["summary"] = complaint.complaint.reason ?? String(complaint.complaint.narrative.prefix(40))
            row["severity"] = wording.severity(complaint.severity)
            row["upstream"] = complaint.complaint.upstreamNumber
        }
        return row
    }

    private func standing(_ entry: DutyRecord) -> [String: Any] {
        if entry.doneAt != nil {
            let isLate = (entry.doneAt ?? .distantPast) > entry.duty.dueAt
            return context.badge(
                context.text(isLate ? "routing.duty.doneLate" : "routing.duty.done"), isLate ? .warn : .good)
        }
        if entry.voidAt != nil { return context.badge(context.text("routing.duty.void"), .neutral) }
        if entry.duty.dueAt < context.now { return context.badge(context.text("routing.duty.missed"), .bad) }
        return context.badge(context.text("routing.duty.open"), .info)
    }

    /// The page of one duty.
    func page(_ entry: DutyRecord, _ dossier: ComplaintDossier, refused: Fields? = nil) -> [String: Any] {
        var data = row(entry, dossier.record)
        data["timing"] = wording.text(entry.duty.timing)
        data["because"] = entry.duty.because.map { ["text": wording.text($0.text), "rule": $0.rule] }
        data["document"] = "/routing/duties/\(entry.id)/document"
        data["hasDocument"] = entry.duty.form == .written || entry.duty.form == .published
        data["isWritten"] = entry.body != nil
        data["body"] = entry.body
        data["subject"] = entry.subject
        guard context.identity.has(any: RoutingWeb.dutiful) else { return data }
        let address = "/routing/duties/\(entry.id)"
        if entry.isOpen, entry.duty.form == .written || entry.duty.form == .published {
            data["writing"] = ["form": writing(entry, dossier, refused).data, "address": address + "/document"]
        }
        if entry.isOpen, ![.warning, .enquiry].contains(entry.duty.kind) {
            data["fulfilment"] = ["form": fulfilment(entry, refused).data, "address": address + "/fulfilment"]
        }
        if entry.doneAt != nil, entry.answer == nil, entry.duty.kind == .raising || entry.duty.kind == .upstream {
            data["answering"] = ["form": answering(refused).data, "address": address + "/answer"]
        }
        return data
    }

    private func writing(_ entry: DutyRecord, _ dossier: ComplaintDossier, _ refused: Fields?) -> FormView {
        let draft = ReportDraft(
            pack: wording.pack, duty: entry.duty, record: dossier.record, history: dossier.history,
            language: context.language.tag)
        var form = FormView(context, fields: refused?.has("subject") == true ? refused : nil)
        form.add(
            FormField(
                "subject", context.text("routing.duty.subject"), required: true, value: entry.subject ?? draft.subject,
                most: 200))
        form.add(
            FormField(
                "body", context.text("routing.duty.body"), .area(rows: 16), required: true,
                value: entry.body ?? draft.body, most: 20_000))
        return form
    }

    private func fulfilment(_ entry: DutyRecord, _ refused: Fields?) -> FormView {
        var form = FormView(context, fields: refused?.has("way") == true ? refused : nil)
        form.add(
            FormField(
                "way", context.text("routing.duty.way.\(entry.duty.form.rawValue)"), required: true, most: 100))
        form.add(FormField("note", context.text("routing.duty.note"), .area(rows: 2), most: 2000))
        return form
    }

    private func answering(_ refused: Fields?) -> FormView {
        var form = FormView(context, fields: refused?.has("answer") == true ? refused : nil)
        form.add(
            FormField("answer", context.text("routing.duty.answer"), .area(rows: 4), required: true, most: 4000))
        return form
    }
}
