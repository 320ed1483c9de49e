import Contracts
import Procedure
import Web

/// The forms on a complaint's page: those that its state and the reader's role allow.
struct ComplaintForms {
    private let dossier: ComplaintDossier
    private let wording: Wording
    private let refused: RefusedForm?

    init(_ dossier: ComplaintDossier, _ wording: Wording, refused: RefusedForm?) {
        self.dossier = dossier
        self.wording = wording
        self.refused = refused
    }

    private var record: ComplaintRecord { dossier.record }
    private var context: SignedInContext { wording.context }
    private var pack: PolicyPack { wording.pack }

    var data: [String: Any] {
        let address = "/routing/complaints/\(record.number)"
        var data: [String: Any] = [:]
        if context.identity.has(any: RoutingWeb.deciders) {
            switch record.state {
            case .awaitingJudgement, .awaitingAnswer:
                data["judgement"] = ["form": judgement.data, "address": "\(address)/judgement"] as [String: Any]
            case .awaitingAssignment:
                data["assignment"] = assignment(address)
            case .awaitingAcknowledgement, .investigating, .awaitingApproval, .revising:
                data["reassignment"] = assignment(address)
            case .proposed, .implementing, .callback, .settled, .answered, .explaining, .closed, .withdrawn, .merged:
                break
            }
        }
        if record.handling != nil, context.identity.has(any: RoutingWeb.urgers) {
            data["urging"] = ["form": urging.data, "address": "\(address)/urging"] as [String: Any]
        }
        if !record.file.state.isEnded, context.identity.has(any: RoutingWeb.mergers) {
            data["grouping"] =
                [
                    "form": grouping.data, "address": "\(address)/group", "isOpen": refused?.form == .group,
                ] as [String: Any]
            data["merge"] =
                [
                    "form": merge.data, "address": "\(address)/merge", "isOpen": refused?.form == .merge,
                ] as [String: Any]
        }
        return data
    }

    private func view(_ form: RefusedForm.Form) -> FormView {
        guard let refused, refused.form == form else { return FormView(context) }
        return FormView(context, fields: refused.fields, problem: refused.problem)
    }

    private var judgement: FormView {
        var form = view(.judgement)
        let isEnquiry = record.state == .awaitingAnswer
        form.add(
            FormField(
                "verdict", context.text("routing.field.verdict"),
                .radio(
                    JudgementOrder.Verdict.allCases.map {
                        .init($0.rawValue, context.text("routing.verdict.\($0.rawValue)"))
                    }), required: true, value: isEnquiry ? "enquiry" : nil))
        form.add(
            FormField(
                "reason", context.text("routing.field.judgementReason"), .area(rows: 4), required: true,
                hint: context.text("routing.hint.judgementReason"), most: OrderReading.longest))
        addClassification(to: &form)
        return form
    }

    private func assignment(_ address: String) -> [String: Any] {
        let needsSupervisor =
            record.file.returns >= pack.returns.rulingAfter && !context.identity.has(any: RoutingWeb.supervisors)
        return [
            "form": assignmentForm.data, "address": "\(address)/assignment", "needsSupervisor": needsSupervisor,
            "isRuling": record.file.returns >= pack.returns.rulingAfter, "isOpen": refused?.form == .assignment,
        ]
    }

    private var assignmentForm: FormView {
        var form = view(.assignment)
        let proposal = pack.assign(
            record.complaint, number: record.number, category: record.category ?? "",
            severity: record.severity ?? .general, at: context.now)
        let departments = pack.departments.map { FormField.Option($0.id.text, wording.text($0.title)) }
        let current = record.handling
        form.add(
            FormField(
                "department", context.text("routing.field.department"), .select(departments), required: true,
                hint: proposal.map {
                    context.text("routing.hint.proposal", ["department": wording.department($0.department)])
                },
                value: (current?.lead ?? proposal?.department)?.text))
        form.add(
            FormField(
                "assisting", context.text("routing.field.assisting"), .ticks(departments),
                value: (current?.assisting ?? proposal?.assisting ?? []).map(\.text).joined(separator: ",")))
        form.add(
            FormField(
                "owner", context.text("routing.field.owner"), .select(owners(proposed: proposal?.department)),
                hint: context.text("routing.hint.owner")))
        addClassification(to: &form)
        form.add(
            FormField(
                "reason", context.text("routing.field.assignmentReason"), .area(rows: 2), required: true,
                most: OrderReading.longest))
        return form
    }

    /// Everybody whom the pack lets be first responsible (S03); the people of the proposed department first.
    private func owners(proposed: DepartmentID?) -> [FormField.Option] {
        let departments = [proposed].compactMap(\.self) + pack.departments.map(\.id)
        let people = departments.flatMap(pack.possibleOwners).reduce(into: [String]()) { people, name in
            if !people.contains(name) { people.append(name) }
        }
        return [FormField.Option("", context.text("routing.desk.inTurn"))]
            + people.map { FormField.Option($0, wording.person($0)) }
    }

    private func addClassification(to form: inout FormView) {
        let asProposed = FormField.Option("", context.text("routing.desk.asProposed"))
        let found = record.category ?? pack.categorise(record.complaint)?.category.id
        let proposed = pack.grade(record.complaint, category: found)
        let severity = record.severity ?? proposed.severity
        form.add(
            FormField(
                "category", context.text("routing.field.category"),
                .select([asProposed] + pack.categories.map { .init($0.id, title(of: $0)) }), value: found))
        form.add(
            FormField(
                "severity", context.text("routing.field.severity"),
                .select([asProposed] + pack.severities.map { .init($0.severity.rawValue, wording.text($0.title)) }),
                value: severity.rawValue))
        form.add(
            FormField(
                "urgency", context.text("routing.field.urgency"),
                .select(
                    [asProposed]
                        + Urgency.allCases.map { .init($0.rawValue, context.text("routing.urgency.\($0.rawValue)")) }),
                value: (record.urgency ?? proposed.urgency).rawValue))
        form.add(
            FormField(
                "importance", context.text("routing.field.importance"),
                .select(
                    [asProposed]
                        + Importance.allCases.map {
                            .init($0.rawValue, context.text("routing.importance.\($0.rawValue)"))
                        }),
                value: (record.importance ?? proposed.importance).rawValue))
    }

    /// Categories within others are indented.
    private func title(of category: Category) -> String {
        let depth = pack.lineage(of: category.id).count - 1
        return String(repeating: "　", count: max(0, depth)) + wording.text(category.title)
    }

    private var urging: FormView {
        var form = view(.urging)
        form.add(
            FormField(
                "comment", context.text("routing.field.comment"), .area(rows: 2), required: true,
                most: OrderReading.longest))
        return form
    }

    /// 群诉 (S16)
    private var grouping: FormView {
        var form = view(.group)
        form.add(
            FormField(
                "members", context.text("routing.field.members"), .area(rows: 2), required: true,
                hint: context.text("routing.hint.members"), most: 4000))
        form.add(
            FormField(
                "groupReason", context.text("routing.field.groupReason"), .area(rows: 2), required: true,
                most: OrderReading.longest))
        return form
    }

    private var merge: FormView {
        var form = view(.merge)
        form.add(
            FormField(
                "into", context.text("routing.field.into"), required: true, hint: context.text("routing.hint.into"),
                most: 40))
        form.add(
            FormField(
                "mergeReason", context.text("routing.field.mergeReason"), .area(rows: 2), required: true,
                most: OrderReading.longest))
        return form
    }
}
