import Contracts
import Foundation

/// A page of cases, as the API tells it.
struct CaseListAnswer: Encodable {
    var cases: [CaseSummary]
    /// Pass it as `cursor` for the next page.
    var next: String?
    /// By state.
    var counts: [String: Int]
}

/// A case in a list.
struct CaseSummary: Encodable {
    var number: TicketNumber
    var state: String
    var role: CaseRole
    var assignment: Int
    var round: Int
    var severity: Severity
    var category: String
    var categoryTitle: LocalizedText
    var reason: String?
    var product: String?
    var owner: String?
    var assignedAt: Date
    var dueAt: Date?
    var waitingForCustomer: Bool
    var urgings: Int
    var escalation: String?
    var solutionVersion: Int?

    init(_ row: WorkListRow) {
        number = row.number
        state = row.state.rawValue
        role = row.assignment.role
        assignment = row.assignment.assignment
        round = row.round
        severity = row.assignment.severity
        category = row.assignment.category
        categoryTitle = row.assignment.categoryTitle
        reason = row.assignment.complaint.reason
        product = row.assignment.complaint.about.product
        owner = row.assignment.owner
        assignedAt = row.assignedAt
        dueAt = row.dueAt
        waitingForCustomer = row.isWaitingForCustomer
        urgings = row.urgings
        escalation = row.escalation
        solutionVersion = row.solutionVersion
    }
}
