import Contracts
import Foundation
import Web

/// What each form of a case asks for.
struct CaseFields {
    let context: SignedInContext
    let order: WorkOrder
    /// The newest version, offered again as a draft after a refusal or an objection.
    let latest: Solution?

    func of(_ action: WorkAction) -> [FormField] {
        switch action {
        case .acknowledgement, .participation: []
        case .giveBack: [area("reason", action, rows: 3)]
        case .plan: plan
        case .evidence: evidence
        case .investigation: investigation
        case .solution: solution
        case .approval: approval
        case .opinion: [area("opinion", action, rows: 6)]
        case .opinionRequest: opinionRequest
        case .progress:
            [
                area("note", action, rows: 3), time("expectedBy", action, required: false),
                area("needs", action, rows: 2, required: false, hint: "needs"),
            ]
        case .informationRequest: [area("question", action, rows: 2)]
        case .completion:
            [time("completedAt", action, value: context.now)]
        case .implementation:
            [area("outcome", action, rows: 4), time("completedAt", action, value: done ?? context.now)]
        }
    }

    /// When the work was said to be done.
    private var done: Date? {
        guard case .carryingOut(_, let done) = order.stage else { return nil }
        return done
    }

    private var plan: [FormField] {
        [
            area("goals", .plan, rows: 2, value: order.plan?.goals),
            area("information", .plan, rows: 2, value: order.plan?.information),
            area("steps", .plan, rows: 3, value: order.plan?.steps),
        ]
    }

    private var evidence: [FormField] {
        [
            FormField(
                "kind", label("kind", .evidence),
                .select(EvidenceKind.allCases.map { .init($0.rawValue, context.text("department.evidence.\($0)")) }),
                required: true),
            FormField("title", label("title", .evidence), required: true, hint: hint("evidence"), most: 500),
            area("shows", .evidence, rows: 2, required: false),
            time("collectedAt", .evidence, value: context.now),
        ]
    }

    private var investigation: [FormField] {
        let found = order.investigation?.found
        let fields = [
            area("findings", .investigation, rows: 4, value: found?.findings),
            area("directCause", .investigation, rows: 2, value: found?.directCause),
            area("rootCause", .investigation, rows: 2, value: found?.rootCause),
            FormField(
                "responsibility", label("responsibility", .investigation), required: true,
                value: found?.responsibility, most: 500),
        ]
        guard order.assignment.group?.verifiesOnSite == true || found?.siteVisit != nil else { return fields }
        let visit = found?.siteVisit
        return [
            FormField(
                "siteVisit.place", label("place", .investigation), required: true, hint: hint("siteVisit"),
                value: visit?.place, most: 200),
            FormField(
                "siteVisit.at", label("at", .investigation), .line("datetime-local"), required: true,
                value: visit.map { LocalTime.text($0.at, timeZone: context.site.settings.timeZone) }),
            FormField(
                "siteVisit.people", label("people", .investigation), required: true, value: visit?.people, most: 500),
        ] + fields
    }

    private var solution: [FormField] {
        [
            area("measures", .solution, rows: 4, value: latest?.measures),
            FormField(
                "remedies", label("remedies", .solution),
                .ticks(Remedy.allCases.map { .init($0.rawValue, $0.title.text(for: context.language.tag)) }),
                value: latest?.remedies.map { $0.map(\.rawValue).joined(separator: ",") }),
            FormField(
                "compensation", label("compensation", .solution), hint: limits, value: latest?.compensation?.text),
            time(
                "completionDue", .solution,
                value: latest.flatMap { $0.completionDue > context.now ? $0.completionDue : nil }),
            area("grounds", .solution, rows: 3, value: latest?.grounds),
        ]
    }

    /// What a handler may offer, and what anybody may.
    private var limits: String? {
        let authority = order.assignment.authority
        let hints = [
            authority.compensationLimit.map {
                context.text("department.hint.limit", ["limit": context.money($0)])
            },
            authority.compensationStandard.map {
                context.text("department.hint.standard", ["standard": context.money($0)])
            },
        ].compactMap(\.self)
        return hints.isEmpty ? nil : hints.joined(separator: context.language.tag.hasPrefix("zh") ? "" : " ")
    }

    private var approval: [FormField] {
        let decisions = ["approve", "refuse"].map { FormField.Option($0, context.text("department.decision.\($0)")) }
        let fields = [
            FormField("decision", label("decision", .approval), .radio(decisions), required: true),
            area("reason", .approval, rows: 3, required: false, hint: "refusal"),
        ]
        guard order.pendingApprovals.first?.signature == true else { return fields }
        return fields + [
            FormField("signature", label("signature", .approval), hint: hint("signature"), most: 100)
        ]
    }

    private var opinionRequest: [FormField] {
        let departments = order.opinions.map { opinion in
            let title = order.assignment.title(of: opinion.department).text(for: context.language.tag)
            return FormField.Option(opinion.department.text, title)
        }
        return [
            FormField("department", label("department", .opinionRequest), .select(departments), required: true),
            area("question", .opinionRequest, rows: 2),
        ]
    }

    // MARK: Fields

    private func label(_ name: String, _ action: WorkAction) -> String {
        context.text("department.field.\(action.key).\(name)")
    }

    private func hint(_ name: String) -> String { context.text("department.hint.\(name)") }

    private func area(
        _ name: String, _ action: WorkAction, rows: Int, required: Bool = true, value: String? = nil,
        hint: String? = nil
    ) -> FormField {
        FormField(
            name, label(name, action), .area(rows: rows), required: required,
            hint: hint.map { context.text("department.hint.\($0)") }, value: value, most: CommandReading.longText)
    }

    private func time(
        _ name: String, _ action: WorkAction, required: Bool = true, value: Date? = nil
    ) -> FormField {
        FormField(
            name, label(name, action), .line("datetime-local"), required: required,
            value: value.map { LocalTime.text($0, timeZone: context.site.settings.timeZone) })
    }
}
