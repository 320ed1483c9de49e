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

/// A case with everything that belongs to it, as the API tells it.
struct CaseAnswer: Encodable {
    struct Found: Encodable {
        var findings: String
        var directCause: String
        var rootCause: String
        var responsibility: String
        var by: Actor
        var at: Date
    }

    struct Version: Encodable {
        var solution: Solution
        var state: String
        var remark: String?
        var completedAt: Date?
    }

    struct Question: Encodable {
        var request: Int
        var question: String
        var by: Actor
        var askedAt: Date
        var answer: String?
        var answeredAt: Date?
    }

    struct Advice: Encodable {
        var department: DepartmentID
        var question: String?
        var opinion: String?
        var by: Actor?
        var givenAt: Date?
    }

    struct Line: Encodable {
        var kind: String
        var at: Date
        var by: Actor
        var text: String?
        var facts: [String: String]
    }

    var number: TicketNumber
    var state: String
    /// What may be done now, by the last word of its address.
    var actions: [String]
    var round: Int
    var nextSolutionVersion: Int
    var assignedAt: Date
    var acknowledgedAt: Date?
    /// As Routing gave it.
    var assignment: CaseAssigned
    /// What still runs, the most pressing first.
    var deadlines: [Deadline]
    var waitingForCustomer: Bool
    var urgings: Int
    var escalation: String?
    var reworkReason: String?
    /// For an assisting department: what the lead wants to know.
    var opinionQuestion: String?
    var investigation: Found?
    var solutions: [Version]
    var questions: [Question]
    var opinions: [Advice]
    var history: [Line]

    init(_ file: CaseFile) {
        let order = file.order
        number = order.number
        state = order.state.rawValue
        actions = order.actions.map(\.rawValue)
        round = order.round
        nextSolutionVersion = order.nextVersion
        assignedAt = order.assignedAt
        acknowledgedAt = order.acknowledgedAt
        assignment = order.assignment
        deadlines = OpenClocks.of(order)
        waitingForCustomer = order.isWaitingForCustomer
        urgings = order.urgings
        escalation = order.escalation
        reworkReason = order.reworkReason
        opinionQuestion = order.opinionQuestion
        investigation = order.investigation.map {
            Found(
                findings: $0.found.findings, directCause: $0.found.directCause, rootCause: $0.found.rootCause,
                responsibility: $0.found.responsibility, by: $0.by, at: $0.at)
        }
        solutions = file.solutions.map {
            Version(solution: $0.solution, state: $0.state.rawValue, remark: $0.remark, completedAt: $0.completedAt)
        }
        questions = order.questions.map {
            Question(
                request: $0.request, question: $0.question, by: $0.by, askedAt: $0.askedAt, answer: $0.answer,
                answeredAt: $0.answeredAt)
        }
        opinions = order.opinions.map {
            Advice(
                department: $0.department, question: $0.question, opinion: $0.text, by: $0.by, givenAt: $0.givenAt)
        }
        history = file.history.map {
            Line(kind: $0.kind.rawValue, at: $0.at, by: $0.by, text: $0.text, facts: $0.facts)
        }
    }
}
