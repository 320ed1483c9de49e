import Contracts
import Procedure
import Web

/// Reads orders of the desk from requests; forms and JSON have the same names.
struct OrderReading {
    static let longest = 2000

    let pack: PolicyPack

    /// `{verdict, reason, category, severity, urgency, importance}`
    func judgement(_ fields: inout Fields) throws(Problem) -> JudgementOrder {
        let verdict = fields.choice("verdict", of: JudgementOrder.Verdict.self)
        let reason = fields.text("reason", required: true, most: Self.longest)
        let category = category(&fields)
        let severity = severity(&fields)
        let (urgency, importance) = pressure(&fields)
        try fields.check()
        guard let verdict, let reason else { throw .unexpected }
        return JudgementOrder(
            verdict: verdict, reason: reason, category: category, severity: severity, urgency: urgency,
            importance: importance)
    }

    /// `{department, assisting, owner, severity, category, urgency, importance, reason}`
    func assignment(_ fields: inout Fields) throws(Problem) -> AssignmentOrder {
        let known = pack.departments.map(\.id.text)
        let department = fields.choice("department", of: known)
        let assisting = fields.texts("assisting")
        for (index, id) in assisting.enumerated() where !known.contains(id) {
            fields.refuse(
                "assisting.\(index)", Phrase("validation.notOneOf", ["choices": known.joined(separator: ", ")]))
        }
        let owner = owner(in: department.flatMap(DepartmentID.init), &fields)
        let severity = severity(&fields)
        let category = category(&fields)
        let (urgency, importance) = pressure(&fields)
        let reason = fields.text("reason", required: true, most: Self.longest)
        if let department, assisting.contains(department) { fields.refuse("assisting", "routing.refused.leadAssists") }
        try fields.check()
        guard let department = department.flatMap(DepartmentID.init), let reason else { throw .unexpected }
        // A form always shows the ticks, so none ticked means none; JSON that does not say leaves it to the pack.
        let isSaid = fields.isForm || fields.has("assisting")
        return AssignmentOrder(
            department: department, assisting: isSaid ? assisting.compactMap(DepartmentID.init) : nil, owner: owner,
            severity: severity, category: category, urgency: urgency, importance: importance, reason: reason)
    }

    /// `{into, reason}`; the page, which has another reason on it, calls it `mergeReason`.
    func merge(_ fields: inout Fields) throws(Problem) -> (into: TicketNumber, reason: String) {
        let text = fields.text("into", required: true, most: 40)
        let into = text.flatMap { TicketNumber($0) }
        if text != nil, into == nil { fields.refuse("into", "routing.refused.notANumber") }
        let reason = fields.text(fields.isForm ? "mergeReason" : "reason", required: true, most: Self.longest)
        try fields.check()
        guard let into, let reason else { throw .unexpected }
        return (into, reason)
    }

    /// `{comment}`
    func urging(_ fields: inout Fields) throws(Problem) -> String {
        let comment = fields.text("comment", required: true, most: Self.longest)
        try fields.check()
        guard let comment else { throw .unexpected }
        return comment
    }

    /// The first responsible person (第一责任人): somebody whom the pack names in the department, or in the one that provides
    /// them (S03).
    private func owner(in id: DepartmentID?, _ fields: inout Fields) -> String? {
        guard let department = id.flatMap({ pack.department($0) }) else { return fields.text("owner", most: 60) }
        return fields.choice("owner", of: pack.possibleOwners(in: department.id), required: false)
    }

    private func severity(_ fields: inout Fields) -> Severity? {
        fields.choice("severity", of: pack.severities.map(\.severity.rawValue), required: false).flatMap(Severity.init)
    }

    /// How pressing it is, and how much it matters, where a person says otherwise than the pack (W05).
    private func pressure(_ fields: inout Fields) -> (Urgency?, Importance?) {
        (
            fields.choice("urgency", of: Urgency.self, required: false),
            fields.choice("importance", of: Importance.self, required: false)
        )
    }

    private func category(_ fields: inout Fields) -> String? {
        fields.choice("category", of: pack.categories.map(\.id), required: false)
    }
}
