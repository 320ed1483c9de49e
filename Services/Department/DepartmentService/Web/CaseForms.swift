import Contracts
import Foundation
import Web

/// A form that was sent and could not be done: what was typed, and what is wrong about it.
struct RefusedForm {
    var action: WorkAction
    var fields: Fields
    var problem: Problem
}

/// The forms of a case page: exactly those that its state and the reader's roles allow.
struct CaseForms {
    let context: SignedInContext
    let order: WorkOrder
    /// The newest version, offered again as a draft after a refusal or an objection.
    let latest: Solution?
    let address: String
    let refused: RefusedForm?

    /// The step that is next, and what may be done besides.
    func data() -> (main: [String: Any]?, besides: [[String: Any]]) {
        let actions = order.actions.filter { context.identity.has(any: $0.roles) && !isOwnDraft($0) }
        let main = actions.first.flatMap { $0.isMainStep && !isSupplement($0) ? $0 : nil }
        return (main.map(form), actions.filter { $0 != main }.map(form))
    }

    /// An investigation that is there already may be supplemented, but that is not what the case waits for.
    private func isSupplement(_ action: WorkAction) -> Bool { action == .investigation && order.investigation != nil }

    /// Who drafted does not approve: the form would only lead to a refusal.
    private func isOwnDraft(_ action: WorkAction) -> Bool {
        action == .approval && order.stage.solution?.draftedBy == context.identity.name
    }

    private func form(_ action: WorkAction) -> [String: Any] {
        let refused = refused.flatMap { $0.action == action ? $0 : nil }
        var view = FormView(
            context, fields: refused?.fields, problem: refused?.problem.status == .conflict ? nil : refused?.problem,
            idPrefix: action.key)
        let fields = fields(action)
        for field in fields { view.add(field) }
        let tree = view.data
        let key = "department.form.\(isSupplement(action) ? "supplement" : action.key)"
        var data: [String: Any] = [
            "id": action.rawValue, "title": context.text("\(key).title"), "lead": context.text("\(key).lead"),
            "submit": context.text("\(key).submit"), "address": "\(address)/\(action.rawValue)",
            "fields": fields.compactMap { tree[$0.name] }, "isOpen": refused != nil,
            "isDanger": action == .giveBack,
        ]
        data["hasErrors"] = tree["hasErrors"]
        data["errors"] = tree["errors"]
        if action == .giveBack { data["confirm"] = context.text("\(key).confirm") }
        return data
    }

    private func fields(_ action: WorkAction) -> [FormField] {
        switch action {
        case .acknowledgement: []
        case .giveBack: [area("reason", action, rows: 3)]
        case .investigation: investigation
        case .solution: solution
        case .approval:
            [
                FormField(
                    "decision", label("decision", action),
                    .radio(["approve", "refuse"].map { .init($0, context.text("department.decision.\($0)")) }),
                    required: true),
                area("reason", action, rows: 3, required: false, hint: "refusal"),
            ]
        case .opinion: [area("opinion", action, rows: 6)]
        case .opinionRequest:
            [
                FormField(
                    "department", label("department", action),
                    .select(order.opinions.map { .init($0.department.text, $0.department.text) }), required: true),
                area("question", action, rows: 2),
            ]
        case .progress:
            [area("note", action, rows: 3), time("expectedBy", action, required: false)]
        case .informationRequest: [area("question", action, rows: 2)]
        case .implementation:
            [area("outcome", action, rows: 4), time("completedAt", action, value: context.now)]
        }
    }

    private var investigation: [FormField] {
        let found = order.investigation?.found
        return [
            area("findings", .investigation, rows: 4, value: found?.findings),
            area("directCause", .investigation, rows: 2, value: found?.directCause),
            area("rootCause", .investigation, rows: 2, value: found?.rootCause),
            FormField(
                "responsibility", label("responsibility", .investigation), required: true,
                value: found?.responsibility, most: 500),
        ]
    }

    private var solution: [FormField] {
        let limit = order.assignment.authority.compensationLimit.map(context.money)
        return [
            area("measures", .solution, rows: 4, value: latest?.measures),
            FormField(
                "compensation", label("compensation", .solution),
                hint: limit.map { context.text("department.hint.limit", ["limit": $0]) },
                value: latest?.compensation?.text),
            time(
                "completionDue", .solution,
                value: latest.flatMap { $0.completionDue > context.now ? $0.completionDue : nil }),
            area("grounds", .solution, rows: 3, value: latest?.grounds),
        ]
    }

    // MARK: Fields

    private func label(_ name: String, _ action: WorkAction) -> String {
        context.text("department.field.\(action.key).\(name)")
    }

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
