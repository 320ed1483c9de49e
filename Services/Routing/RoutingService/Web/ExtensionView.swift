import Contracts
import Foundation
import Procedure
import Web

/// A request for more time in the API.
struct ExtensionAnswer: Encodable {
    var id: Int64
    var clock: String
    /// As the pack writes times: `2 working days`.
    var by: String
    var reason: String
    var askedBy: String
    var askedAt: Date
    /// `asked`, `granted` or `refused`
    var standing: String
    var decidedBy: String?
    var decidedAt: Date?
    var comment: String?
    /// When the clock is due now.
    var dueAt: Date?

    init(_ request: ExtensionRecord, in dossier: ComplaintDossier) {
        let deadline = dossier.clocks.first { $0.id == request.clockID }?.deadline
        (id, clock, by, reason) = (request.id, deadline?.clock ?? "", request.allowance.text, request.reason)
        (askedBy, askedAt, standing) = (request.askedBy, request.askedAt, request.standing.rawValue)
        (decidedBy, decidedAt, comment, dueAt) = (
            request.decidedBy, request.decidedAt, request.comment, deadline?.dueAt
        )
    }
}

/// What the page of extensions shows: the clocks that run, what was asked, and the forms that the reader may use.
struct ExtensionView {
    private let dossier: ComplaintDossier
    private let wording: Wording
    private let actor: ExtensionActor
    private let refused: (Fields, Problem)?

    init(_ dossier: ComplaintDossier, _ wording: Wording, actor: ExtensionActor, _ refused: (Fields, Problem)?) {
        self.dossier = dossier
        self.wording = wording
        self.actor = actor
        self.refused = refused
    }

    private var context: SignedInContext { wording.context }
    private var lead: DepartmentID? { dossier.record.handling?.lead }

    /// Clocks that may be given more time.
    private var extensible: [ClockRecord] {
        dossier.clocks.filter { $0.stoppedAt == nil && $0.terms.mostExtension != nil }
    }

    var data: [String: Any] {
        let number = dossier.record.number.text
        var data: [String: Any] = [
            "number": number, "address": "/routing/complaints/\(number)/extensions",
            "clocks": extensible.map(clock), "hasClocks": !extensible.isEmpty,
            "requests": dossier.extensions.reversed().map(request), "hasRequests": !dossier.extensions.isEmpty,
        ]
        if context.identity.has(any: RoutingWeb.readers) { data["complaint"] = "/routing/complaints/\(number)" }
        // Who works on it goes back to where they came from.
        if let lead, actor.department == lead, let site = context.site.settings.sites.department(lead) {
            data["case"] = "\(site.absoluteString)/departments/\(lead)/cases/\(number)"
        }
        let mayAsk = actor.isSupervisor || actor.department != nil && actor.department == lead
        if mayAsk, !extensible.isEmpty { data["form"] = form.data }
        return data
    }

    private func clock(_ clock: ClockRecord) -> [String: Any] {
        var data = context.deadline(clock.deadline)
        let most = clock.terms.mostExtension.map { wording.text($0.title) } ?? ""
        let by = context.text("routing.extension.by.\(clock.terms.approver?.rawValue ?? "supervisor")")
        data["terms"] = context.text("routing.extension.terms", ["most": most, "by": by])
        return data
    }

    private func request(_ request: ExtensionRecord) -> [String: Any] {
        let clock = dossier.clocks.first { $0.id == request.clockID }
        let tone: Tone =
            switch request.standing {
            case .asked: .warn
            case .granted: .good
            case .refused: .bad
            }
        var data: [String: Any] = [
            "id": String(request.id), "clock": clock.map { wording.text($0.deadline.title) } ?? "",
            "by": wording.text(request.allowance.title), "reason": request.reason,
            "askedBy": wording.person(request.askedBy),
            "asked": context.time(request.askedAt),
            "standing": context.badge(context.text("routing.extension.standing.\(request.standing.rawValue)"), tone),
        ]
        data["decidedBy"] = request.decidedBy.map(wording.person)
        data["decided"] = request.decidedAt.map(context.time)
        data["comment"] = request.comment
        let rules = Extending(calendar: wording.pack.calendar)
        if let clock, (try? rules.decide(request, clock, lead: lead, by: actor)) != nil { data["mayDecide"] = true }
        return data
    }

    private var form: FormView {
        var form = FormView(context, fields: refused?.0, problem: refused?.1)
        form.add(
            FormField(
                "clock", context.text("routing.supervision.clock"),
                .select(extensible.map { .init($0.deadline.clock, wording.text($0.deadline.title)) }), required: true))
        form.add(
            FormField("count", context.text("routing.extension.length"), .line("number"), required: true, value: "1"))
        form.add(
            FormField(
                "unit", context.text("routing.extension.unit"),
                .select(
                    ExtensionUnit.allCases.map {
                        .init($0.rawValue, context.text("routing.extension.units.\($0.key)"))
                    }), required: true))
        form.add(
            FormField(
                "reason", context.text("routing.extension.reason"), .area(rows: 3), required: true,
                most: OrderReading.longest))
        return form
    }
}
