import Contracts

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
