import Contracts
import Foundation
import Procedure
import Web

/// Reads what the supervision group says; forms and JSON have the same names.
struct InspectionReading {
    let pack: PolicyPack

    /// `{period, draw}`
    func drawing(
        _ fields: inout Fields, _ terms: SupervisionTerms
    ) throws(Problem) -> (period: InspectionPeriod, draw: Int?) {
        let text = fields.text("period", required: true, most: 10)
        let period = text.flatMap { InspectionPeriod($0, every: terms.every, in: pack.timeZone) }
        if text != nil, period == nil {
            fields.refuse("period", Phrase("routing.inspection.noPeriod", ["example": Self.example(terms.every)]))
        }
        let draw = fields.integer("draw", in: 1...1000)
        try fields.check()
        guard let period else { throw .unexpected }
        return (period, draw)
    }

    /// `{number, result, finding}`
    func result(_ fields: inout Fields) throws(Problem) -> (number: TicketNumber, result: InspectionResult) {
        let number = number(&fields)
        let verdict = fields.choice("result", of: InspectionResult.Verdict.self)
        let finding = fields.text("finding", required: verdict == .finding, most: OrderReading.longest)
        if verdict == .inOrder, finding != nil { fields.refuse("finding", "routing.inspection.inOrderHasNone") }
        try fields.check()
        guard let number, let verdict else { throw .unexpected }
        return (number, InspectionResult(verdict: verdict, finding: finding))
    }

    /// `{number, department, finding, sample}`
    func notice(_ fields: inout Fields) throws(Problem) -> RectificationOrder {
        let number = number(&fields)
        let department = fields.choice("department", of: pack.departments.map(\.id.text))
        let finding = fields.text("finding", required: true, most: OrderReading.longest)
        let sample = fields.integer("sample", in: 1...Int(Int32.max))
        try fields.check()
        guard let number, let department = department.flatMap({ DepartmentID($0) }), let finding else {
            throw .unexpected
        }
        return RectificationOrder(
            number: number, department: department, finding: finding, sample: sample.map(Int64.init))
    }

    enum Decision: String, Sendable, CaseIterable {
        case accepted, returned
    }

    /// `{decision, comment}`; what is sent back needs a reason.
    func decision(_ fields: inout Fields) throws(Problem) -> (decision: Decision, comment: String?) {
        let decision = fields.choice("decision", of: Decision.self)
        let comment = fields.text("comment", required: decision == .returned, most: OrderReading.longest)
        try fields.check()
        guard let decision else { throw .unexpected }
        return (decision, comment)
    }

    static func view(_ context: SignedInContext) throws(Problem) -> RectificationView {
        var fields = Fields(form: try URLEncodedForm.parse(context.visit.uri.query ?? ""))
        let view = fields.choice("view", of: RectificationView.self, required: false)
        try fields.check()
        return view ?? .open
    }

    private func number(_ fields: inout Fields) -> TicketNumber? {
        let text = fields.text("number", required: true, most: 40)
        let number = text.flatMap { TicketNumber($0.uppercased()) }
        if text != nil, number == nil { fields.refuse("number", "routing.refused.notANumber") }
        return number
    }

    private static func example(_ every: Period) -> String {
        switch every {
        case .month: "2026-11"
        case .quarter: "2026-Q4"
        case .halfYear: "2026-H2"
        case .year: "2026"
        }
    }
}
