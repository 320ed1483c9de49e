import Contracts
import Foundation
import Procedure
import Web

/// Reads a complaint from the fields of a request, JSON or form, and says at which field something is wrong.
struct DraftReading {
    let pack: PolicyPack
    let language: Language
    let now: Date

    private var courses: SpecialCourses { SpecialCourses(pack: pack) }

    /// - Returns: the draft; what is missing or wrong is empty in it and noted in `fields`.
    func draft(_ fields: inout Fields, recordedBy: String?, kind fixed: ComplaintKind? = nil) -> ComplaintDraft {
        let sender = Sender(recordedBy: recordedBy)
        sender.refuseOthers(&fields)
        let channels = sender == .desk ? pack.channels.map(\.id) : pack.writtenChannels.union([defaultChannel]).sorted()
        let channel = fields.choice("channel", of: channels, required: false)
        let kind = fixed ?? kind(&fields, from: sender)
        let heardAt = fields.time("heardAt", timeZone: pack.timeZone)
        let complainant = complainant(&fields, from: sender)
        let about = ComplaintSubject(
            product: fields.text("about.product"), orderNumber: fields.text("about.orderNumber", most: 100))
        let reason = fields.text("reason", most: 200)
        let narrative = fields.text("narrative", required: true, most: 10_000)
        let request = fields.text("request", most: 2000)
        let amount = fields.money("amount")
        let affected = sender == .desk ? fields.integer("affected", in: 1...1_000_000) : nil
        let flags = flags(&fields, from: sender)
        let spoken = fields.choice("language", of: Language.allCases.map(\.tag), required: false)
        let confirmed = sender == .desk ? fields.flag("confirmed") : nil
        let settled = sender == .desk ? fields.text("settledOutcome", most: 2000) : nil
        let upstream = sender == .desk ? fields.text("upstreamNumber", most: 60) : nil
        var draft = ComplaintDraft(
            channel: channel ?? defaultChannel, kind: kind ?? .complaint, heardAt: heardAt ?? now,
            complainant: complainant, about: about, reason: reason, narrative: narrative ?? "", request: request,
            amount: amount, affected: affected, flags: flags, language: spoken ?? language.tag,
            recordedBy: recordedBy, confirmed: confirmed ?? true, settledOutcome: settled,
            upstreamNumber: upstream, concerned: concerned(&fields))
        object(to: draft, &fields)
        settle(&draft, &fields)
        return draft
    }

    /// A report of misconduct (举报, W21): nobody is recorded as the one who took it down.
    /// - Returns: nil when the pack protects no reports.
    func report(_ fields: inout Fields) -> ComplaintDraft? {
        Sender.anybody.refuseOthers(&fields)
        let draft = ComplaintDraft(
            channel: defaultChannel, heardAt: now, complainant: complainant(&fields, from: .anybody),
            reason: fields.text("reason", most: 200),
            narrative: fields.text("narrative", required: true, most: 10_000) ?? "", flags: [],
            language: language.tag, concerned: concerned(&fields))
        guard let report = courses.report(draft) else { return nil }
        object(to: report, &fields)
        return report
    }

    private func object(to draft: ComplaintDraft, _ fields: inout Fields) {
        let mayBeAnonymous = courses.mayBeAnonymous(draft)
        let asPublic = draft.recordedBy == nil ? DraftRules.publicObjections(to: draft, now: now) : []
        for objection in DraftRules.objections(to: draft, now: now, mayBeAnonymous: mayBeAnonymous) + asPublic
        where !fields.isRefused(objection.field) {
            fields.refuse(objection.field, objection.key)
        }
        if draft.recordedBy != nil, courses.lacksUpstreamNumber(draft), !fields.isRefused("upstreamNumber") {
            fields.refuse("upstreamNumber", "validation.required")
        }
    }

    /// What holds for the draft's channel, at the desk and for programs alike (M03, M04). An early warning may be taken
    /// down while the customer still stands there (V02), and a protected reporter need not say who they are (W21).
    func objectAsDesk(to draft: ComplaintDraft, hasEvidence: Bool, _ fields: inout Fields) {
        guard !courses.mayBeAnonymous(draft), let channel = pack.channel(draft.channel) else { return }
        for objection in DraftRules.deskObjections(to: draft, channel: channel, hasEvidence: hasEvidence)
        where !fields.isRefused(objection.field) {
            fields.refuse(objection.field, objection.key)
        }
    }

    /// What was settled on the spot, with what was given for it, if the pack lets it be (M05, S05).
    private func settle(_ draft: inout ComplaintDraft, _ fields: inout Fields) {
        guard let outcome = draft.settledOutcome else { return }
        let compensation = fields.money("settledCompensation")
        if let why = courses.refusalOfSettling(draft, compensation: compensation) {
            fields.refuse(
                compensation == nil ? "settledOutcome" : "settledCompensation",
                Phrase("intake.wrong.notOnTheSpot", ["why": why.text(for: language.tag)]))
        }
        guard let compensation else { return }
        let note = LocalizedText(zhHans: "（当场补偿 \(compensation)）", en: " (compensated on the spot: \(compensation))")
        draft.settledOutcome = outcome + note.text(for: draft.language)
    }

    /// The colleagues whom a report is about: a list, or in a form one on each line.
    private func concerned(_ fields: inout Fields) -> [String] {
        guard fields.isForm else { return courses.accounts(of: fields.texts("concerned")) }
        let text = fields.text("concerned", most: 1000) ?? ""
        return courses.accounts(of: text.split { $0.isNewline || ",，、;；".contains($0) }.map(String.init))
    }

    private func complainant(_ fields: inout Fields, from sender: Sender) -> Complainant {
        Complainant(
            name: fields.text("complainant.name", most: 100), phone: fields.text("complainant.phone", most: 40),
            email: fields.text("complainant.email"),
            address: sender == .desk ? fields.text("complainant.address", most: 300) : nil)
    }

    /// Early warnings are for the staff, and only where the pack has a course for them (V02).
    private func kind(_ fields: inout Fields, from sender: Sender) -> ComplaintKind? {
        if pack.warnings == nil, fields.typed("kind") == ComplaintKind.warning.rawValue {
            fields.refuse("kind", "intake.wrong.noWarnings")
            return nil
        }
        return fields.choice("kind", of: sender.kinds.map(\.rawValue), required: false).flatMap(ComplaintKind.init)
    }

    /// Markers that mean something: those of the form, and what the pack asks for. Somebody unknown may mark nothing but a
    /// report of misconduct (W21), as the reporting page does.
    private func flags(_ fields: inout Fields, from sender: Sender) -> [String] {
        let reports = courses.takesReports ? [SpecialCourses.reportFlag] : []
        let known = sender == .desk ? pack.offeredMarkers + SpecialCourses.ownMarkers : reports
        let flags = fields.texts("flags", mostCharacters: 40)
        for (index, flag) in flags.enumerated() where !known.contains(flag) && !fields.isRefused("flags.\(index)") {
            fields.refuse(
                "flags.\(index)",
                sender == .desk
                    ? Phrase("validation.notOneOf", ["choices": known.joined(separator: ", ")])
                    : Phrase("intake.wrong.deskOnly"))
        }
        return flags.filter(known.contains)
    }

    /// The public form is the channel `web`, where the pack has it.
    private var defaultChannel: String { pack.channel("web")?.id ?? pack.channels.first?.id ?? "web" }
}

/// Reads evidence from a request: `[{name, mediaType, content}]` with base64 in JSON, files in a form.
struct EvidenceReading {
    let limits: EvidenceLimits

    func files(_ fields: inout Fields) -> [UploadedFile] {
        let files = fields.isForm ? fields.files("evidence") : attached(&fields)
        if files.count > limits.files {
            fields.refuse("evidence", Phrase("validation.tooMany", ["limit": String(limits.files)]))
        }
        return files.enumerated().compactMap { index, file in
            let path = fields.isForm ? "evidence" : "evidence.\(index)"
            if let objection = objection(to: file) {
                fields.refuse(path, objection)
                return nil
            }
            return UploadedFile(name: String(file.name.prefix(200)), mediaType: type(file), bytes: file.bytes)
        }
    }

    private func attached(_ fields: inout Fields) -> [UploadedFile] {
        var files: [UploadedFile] = []
        for path in fields.objects("evidence", most: limits.files) {
            let name = fields.text("\(path).name", required: true)
            let mediaType = fields.text("\(path).mediaType", required: true, most: 100)
            guard let content = fields.typed("\(path).content") else {
                fields.refuse("\(path).content", "validation.required")
                continue
            }
            guard let bytes = Data(base64Encoded: content) else {
                fields.refuse("\(path).content", "intake.wrong.base64")
                continue
            }
            if let name, let mediaType {
                files.append(UploadedFile(name: name, mediaType: mediaType, bytes: bytes))
            }
        }
        return files
    }

    private func objection(to file: UploadedFile) -> Phrase? {
        let values = ["name": String(file.name.prefix(60))]
        if file.bytes.isEmpty { return Phrase("intake.wrong.emptyFile", values) }
        if file.bytes.count > limits.size {
            let size = "\(max(1, limits.size >> 20)) MiB"
            return Phrase("intake.wrong.largeFile", values.merging(["limit": size]) { $1 })
        }
        if !EvidenceLimits.mediaTypes.contains(type(file)) { return Phrase("intake.wrong.mediaType", values) }
        return nil
    }

    private func type(_ file: UploadedFile) -> String { ParameterizedValue(file.mediaType)?.value ?? "" }
}

extension IntakeDesk {
    /// Keeps the bytes and makes the references that travel with the messages.
    func keep(_ files: [UploadedFile]) async throws -> [EvidenceReference] {
        var references: [EvidenceReference] = []
        for file in files {
            references.append(
                EvidenceReference(
                    id: UUID().uuidString.lowercased(), name: file.name, mediaType: file.mediaType,
                    size: file.bytes.count, sha256: try await evidence.keep(file.bytes)))
        }
        return references
    }
}
