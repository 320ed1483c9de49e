import Contracts
import Foundation
import Procedure

@testable import CallbackService

extension DepartmentID {
    static let logistics = example("logistics")
    static let quality = example("product-quality")

    private static func example(_ text: String) -> DepartmentID {
        guard let id = DepartmentID(text) else { preconditionFailure("\(text) is not a department id") }
        return id
    }
}

extension TicketNumber {
    static let this = example("C20261120-01-000001")
    static let other = example("C20261120-01-000002")

    private static func example(_ text: String) -> TicketNumber {
        guard let number = TicketNumber(text) else { preconditionFailure("\(text) is not a ticket number") }
        return number
    }
}

extension Assignment {
    static let first = Assignment(number: 1, lead: .logistics, nextSolutionVersion: 1, round: 1)
}

extension Statement {
    static let customer = Statement(by: .customer)
    static let caller = Statement(by: .staff("zhao"))
}

extension CallResult {
    static let content = CallResult.reached(solved: true, satisfaction: 5)
}

extension PolicyPack {
    /// The pack that the product ships.
    static func shipped() throws -> PolicyPack {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try PolicyPack.load(file: root.appendingPathComponent("compose/policies/service-standard.yaml").path)
    }
}

extension CallbackRules {
    /// The shipped pack, with terms that tests can rely on.
    static func example(_ change: (inout PolicyPack) -> Void = { _ in }) throws -> CallbackRules {
        var pack = try PolicyPack.shipped()
        pack.consent.rounds = 3
        pack.consent.silence = .ruling
        pack.consent.reminders = 0
        pack.callback.satisfiedFrom = 4
        pack.callback.attempts = 3
        pack.callback.spacing = nil
        pack.callback.notBefore = nil
        pack.callback.sootheFirst = false
        pack.callback.notByHandler = true
        pack.callback.ways = [.phone, .questionnaire]
        pack.callback.questions = []
        pack.updates = nil
        change(&pack)
        return CallbackRules(pack)
    }
}

extension CasePolicy {
    /// Decides in the morning on which everything in the examples happens.
    func decide(_ state: CustomerCase, _ event: CaseEvent) throws(Rejection) -> CaseDecision {
        try decide(state, event, at: ExampleMessages.morning)
    }
}

extension AnswerEvidence {
    /// A note of a telephone call.
    static let call = AnswerEvidence(
        kind: .phone, person: "王小明", at: ExampleMessages.morning, note: "电话中答复")
}
