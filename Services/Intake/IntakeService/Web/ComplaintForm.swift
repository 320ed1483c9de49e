import Contracts
import Foundation
import Procedure
import Web

/// The fields that a complaint is asked for with, for customers and for the desk.
struct ComplaintForm {
    let context: any PageContext
    let pack: PolicyPack
    let limits: EvidenceLimits

    /// What a customer is asked: little, and in their own order.
    func customer(fields: Fields?) -> FormView {
        var form = FormView(context, fields: fields)
        form.add(kind([.complaint, .enquiry, .suggestion]))
        story(&form, required: [.narrative])
        about(&form, required: [])
        person(&form, required: [])
        form.add(files)
        return form
    }

    /// What a member of staff takes down, with what the channel requires (M03).
    func desk(
        _ channel: Procedure.Channel, fields: Fields?, problem: Problem? = nil, now: Date
    ) -> FormView {
        let required = Set(channel.required.map { Asked.record($0) } + [.narrative])
        var form = FormView(context, fields: fields, problem: problem)
        form.add(kind(ComplaintKind.allCases.filter { $0 != .warning || pack.warnings != nil }))
        if let rule = pack.upstream(channel: channel.id) {
            form.add(
                FormField(
                    "upstreamNumber", text("upstreamNumber"), required: rule.numberRequired,
                    hint: text("upstreamNumberHint"), most: 60))
        }
        form.add(
            FormField(
                "heardAt", text("heardAt"), .line("datetime-local"), hint: text("heardAtHint"),
                value: LocalTime.text(now, timeZone: pack.timeZone)))
        story(&form, required: required)
        about(&form, required: required)
        form.add(field("affected", .line("number"), .record(.affected), required))
        person(&form, required: required)
        form.add(field("complainant.address", .line("text"), .record(.address), required, most: 300))
        form.add(
            FormField(
                "flags", text("flags"),
                .ticks(pack.offeredMarkers.map { .init($0, Self.title(ofFlag: $0, context)) }), hint: text("flagsHint"))
        )
        form.add(files)
        if channel.readBack { form.add(FormField("confirmed", text("confirmed"), .tick, hint: text("confirmedHint"))) }
        form.add(FormField("settledOutcome", text("settled"), .area(rows: 2), hint: text("settledHint"), most: 2000))
        if let limit = pack.firstContact?.compensationLimit {
            form.add(
                FormField(
                    "settledCompensation", text("settledCompensation"), .line("text"),
                    hint: context.text("intake.form.settledCompensationHint", ["limit": context.money(limit)]), most: 15
                ))
        }
        return form
    }

    /// What an employee writes down of a grievance before it becomes a complaint (抱怨预警, V02): as little as it takes.
    func warning(fields: Fields?, now: Date) -> FormView {
        var form = FormView(context, fields: fields)
        form.add(field("reason", .line("text"), .record(.reason), [.record(.reason)], most: 200, hint: true))
        form.add(field("narrative", .area(rows: 4), .narrative, [.narrative], most: 10_000))
        about(&form, required: [])
        person(&form, required: [])
        form.add(
            FormField(
                "flags", text("flags"),
                .ticks(pack.offeredMarkers.map { .init($0, Self.title(ofFlag: $0, context)) }), hint: text("flagsHint"))
        )
        form.add(
            FormField(
                "heardAt", text("heardAt"), .line("datetime-local"),
                value: LocalTime.text(now, timeZone: pack.timeZone)))
        form.add(
            FormField("settledOutcome", text("soothed"), .area(rows: 2), hint: text("soothedHint"), most: 2000))
        return form
    }

    /// A report of misconduct (举报, W21): who reports may stay unnamed.
    func report(fields: Fields?) -> FormView {
        var form = FormView(context, fields: fields)
        form.add(field("reason", .line("text"), .record(.reason), [], most: 200))
        form.add(field("narrative", .area(rows: 7), .narrative, [.narrative], most: 10_000, hint: true))
        form.add(FormField("concerned", text("concerned"), .area(rows: 2), hint: text("concernedHint"), most: 1000))
        person(&form, required: [])
        form.add(files)
        return form
    }

    /// Markers that packs test for.
    static let flags = ["injury", "safety", "media", "authority", "angry", "repeat", "vip"]

    /// A pack may ask for markers of its own, for which there is no word.
    static func title(ofFlag flag: String, _ context: some PageContext) -> String {
        let key = "intake.flag.\(flag)"
        return context.site.translations.has(key) ? context.text(key) : flag
    }

    private enum Asked: Hashable {
        case narrative
        case record(RecordField)
    }

    private func story(_ form: inout FormView, required: Set<Asked>) {
        form.add(field("reason", .line("text"), .record(.reason), required, most: 200, hint: true))
        form.add(field("narrative", .area(rows: 7), .narrative, required, most: 10_000, hint: true))
        form.add(field("request", .area(rows: 3), .record(.request), required, most: 2000))
    }

    private func about(_ form: inout FormView, required: Set<Asked>) {
        form.add(field("about.product", .line("text"), .record(.product), required, most: 200))
        form.add(field("about.orderNumber", .line("text"), .record(.orderNumber), required, most: 100))
        form.add(field("amount", .line("text"), .record(.amount), required, most: 15, hint: true))
    }

    private func person(_ form: inout FormView, required: Set<Asked>) {
        form.add(field("complainant.name", .line("text"), .record(.name), required, most: 100, autocomplete: "name"))
        form.add(
            field("complainant.phone", .line("tel"), .record(.phone), required, most: 40, autocomplete: "tel"))
        form.add(
            field("complainant.email", .line("email"), .record(.email), required, most: 200, autocomplete: "email"))
    }

    private func kind(_ kinds: [ComplaintKind]) -> FormField {
        let options = kinds.map { FormField.Option($0.rawValue, context.text("intake.kind.\($0.rawValue)")) }
        return FormField("kind", text("kind"), .radio(options), value: ComplaintKind.complaint.rawValue)
    }

    private var files: FormField {
        let values = ["files": String(limits.files), "size": "\(max(1, limits.size >> 20)) MiB"]
        return FormField(
            "evidence", text("evidence"), .files(accept: EvidenceLimits.mediaTypes.sorted().joined(separator: ",")),
            hint: context.text("intake.form.evidenceHint", values))
    }

    private func field(
        _ name: String, _ kind: FormField.Kind, _ asked: Asked, _ required: Set<Asked>, most: Int? = nil,
        autocomplete: String? = nil, hint: Bool = false
    ) -> FormField {
        let word = name.split(separator: ".").last.map(String.init) ?? name
        return FormField(
            name, text(word), kind, required: required.contains(asked), hint: hint ? text("\(word)Hint") : nil,
            most: most, autocomplete: autocomplete)
    }

    private func text(_ word: String) -> String { context.text("intake.form.\(word)") }
}
