import Contracts
import Foundation
import Procedure
import Web

/// What an adviser says of an early warning (V02, V03).
struct WarningOrder: Sendable {
    enum Verdict: String, Sendable, CaseIterable {
        /// Soothed and explained; the customer accepts it.
        case settled
        /// It goes to the department's manager.
        case passedOn
    }

    var verdict: Verdict
    var words: String
}

extension TriageDesk {
    func warn(_ number: TicketNumber, _ order: WarningOrder, by name: String) async throws -> ComplaintRecord {
        switch order.verdict {
        case .settled: try await settleWarning(number, words: order.words, by: name)
        case .passedOn: try await passOnWarning(number, reason: order.words, by: name)
        }
    }
}

/// Reads orders about warnings, parts and groups; forms and JSON have the same names.
struct CourseReading {
    let pack: PolicyPack

    /// `{verdict, words}`
    func warning(_ fields: inout Fields) throws(Problem) -> WarningOrder {
        let verdict = fields.choice("verdict", of: WarningOrder.Verdict.self)
        let words = fields.text("words", required: true, most: OrderReading.longest)
        try fields.check()
        guard let verdict, let words else { throw .unexpected }
        return WarningOrder(verdict: verdict, words: words)
    }

    /// Seconds: no part is waited for longer than two years.
    private static let farthest: TimeInterval = 2 * 366 * 86_400

    /// `{part, way, reference, expectedAt}`; what is ordered now has not come already.
    func part(_ fields: inout Fields, at now: Date) throws(Problem) -> PartOrder {
        let part = fields.text("part", required: true, most: 200)
        let way = fields.text("way", required: true, most: 100)
        let reference = fields.text("reference", most: 100)
        let expectedAt = fields.time("expectedAt", timeZone: pack.timeZone)
        if let expectedAt, expectedAt < now { fields.refuse("expectedAt", "routing.part.expectedBefore") }
        if let expectedAt, expectedAt > now.addingTimeInterval(Self.farthest) {
            fields.refuse("expectedAt", "routing.part.expectedTooLate")
        }
        try fields.check()
        guard let part, let way else { throw .unexpected }
        return PartOrder(part: part, way: way, reference: reference, expectedAt: expectedAt)
    }

    /// `{members, reason}`; in a form the numbers stand in one text.
    func group(_ fields: inout Fields) throws(Problem) -> (members: [TicketNumber], reason: String) {
        let isForm = fields.isForm
        let texts: [String]
        if isForm {
            let text = fields.text("members", required: true, most: 4000) ?? ""
            texts = text.uppercased().split { $0.isWhitespace || ",，、;；".contains($0) }.map(String.init)
        } else {
            texts = fields.texts("members", most: 200)
            if texts.isEmpty, !fields.isRefused("members") { fields.refuse("members", "validation.required") }
        }
        var numbers: [TicketNumber] = []
        for text in texts {
            if let number = TicketNumber(text) {
                numbers.append(number)
            } else if !fields.isRefused("members") {
                fields.refuse("members", "routing.refused.notANumber")
            }
        }
        let reason = fields.text(isForm ? "groupReason" : "reason", required: true, most: OrderReading.longest)
        try fields.check()
        guard let reason else { throw .unexpected }
        return (numbers, reason)
    }
}
