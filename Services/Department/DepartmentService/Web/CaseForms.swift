import Contracts
import Foundation
import Web

/// A form that was sent and could not be done: what was typed, and what is wrong about it.
struct RefusedForm {
    var action: WorkAction
    var fields: Fields
    var problem: Problem
}

/// The forms of a case page: exactly those that its state and the reader allow.
struct CaseForms {
    let context: SignedInContext
    let visitor: Visitor
    let order: WorkOrder
    let fields: CaseFields
    let address: String
    let refused: RefusedForm?

    /// - Parameter latest: The newest version, offered again as a draft after a refusal or an objection.
    init(
        _ context: SignedInContext, _ visitor: Visitor, _ order: WorkOrder, latest: Solution?, address: String,
        refused: RefusedForm?
    ) {
        self.context = context
        self.visitor = visitor
        self.order = order
        fields = CaseFields(context: context, order: order, latest: latest)
        self.address = address
        self.refused = refused
    }

    /// The step that is next, and what may be done besides.
    func data() -> (main: [String: Any]?, besides: [[String: Any]]) {
        let actions = visitor.actions(in: order)
        let main = actions.first.flatMap { $0.isMainStep && !isSupplement($0) ? $0 : nil }
        return (main.map(form), actions.filter { $0 != main }.map(form))
    }

    /// What is there already may be supplemented, but that is not what the case waits for.
    private func isSupplement(_ action: WorkAction) -> Bool { action == .investigation && order.investigation != nil }

    private func form(_ action: WorkAction) -> [String: Any] {
        let refused = refused.flatMap { $0.action == action ? $0 : nil }
        var view = FormView(
            context, fields: refused?.fields, problem: refused?.problem.status == .conflict ? nil : refused?.problem,
            idPrefix: action.key)
        let fields = fields.of(action)
        for field in fields { view.add(field) }
        let tree = view.data
        let key = "department.form.\(isSupplement(action) ? "supplement" : action.key)"
        var data: [String: Any] = [
            "id": action.rawValue, "title": context.text("\(key).title"), "lead": context.text("\(key).lead"),
            "submit": context.text("\(key).submit"), "address": "\(address)/\(action.rawValue)",
            "fields": fields.compactMap { Self.node($0.name, in: tree) }, "isOpen": refused != nil,
            "isDanger": action == .giveBack, "hidden": hidden(action),
        ]
        data["hasErrors"] = tree["hasErrors"]
        data["errors"] = tree["errors"]
        if action == .giveBack { data["confirm"] = context.text("\(key).confirm") }
        return data
    }

    /// Which version and level the reader looked at: another one is not decided on unseen.
    private func hidden(_ action: WorkAction) -> [[String: Any]] {
        guard action == .approval, let version = order.stage.solution?.version, let need = order.pendingApprovals.first
        else { return [] }
        return [["name": "version", "value": "\(version)"], ["name": "level", "value": need.level]]
    }

    /// A field of a form by its path.
    private static func node(_ name: String, in tree: [String: Any]) -> Any? {
        name.split(separator: ".").reduce(tree as Any?) { node, word in (node as? [String: Any])?[String(word)] }
    }
}
