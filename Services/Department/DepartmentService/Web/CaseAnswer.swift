import Contracts
import Foundation

/// A case with everything that belongs to it, as the API tells it.
struct CaseAnswer: Encodable {
    struct Found: Encodable {
        var findings: String
        var directCause: String
        var rootCause: String
        var responsibility: String
        var siteVisit: SiteVisit?
        var by: Actor
        var at: Date
    }

    /// Something that the solution waits for besides the department's own work.
    struct Awaited: Encodable {
        /// `opinion`, `participation` or `approval`.
        var kind: String
        var department: DepartmentID?
        var person: String?
        var approval: ApprovalRequest?
    }

    struct TakingPart: Encodable {
        var person: String
        var joinedAt: Date?
    }

    struct Version: Encodable {
        var solution: Solution
        var state: String
        var remark: String?
        /// What the customer who declined it asks for instead (M17).
        var request: String?
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
    /// What the proposal waits for; empty when only the department's own work is missing.
    var waitsFor: [Awaited]
    /// Who has to take part in the handling group.
    var participants: [TakingPart]
    /// The approvals that the solution still needs, the next one first.
    var pendingApprovals: [ApprovalRequest]
    var changedNeeds: String?
    /// 1 to 5, once the customer has said so.
    var satisfaction: Int?
    var plan: InvestigationPlan?
    var evidence: [CollectedEvidence]
    /// For an assisting department: what the lead wants to know.
    var opinionQuestion: String?
    var investigation: Found?
    var solutions: [Version]
    var questions: [Question]
    var opinions: [Advice]
    var history: [Line]

    /// - Parameter visitor: Who asks: the customer's data are masked as on the page (M18).
    init(_ file: CaseFile, for visitor: Visitor) {
        var order = file.order
        order.assignment.complaint = order.assignment.complaint.masked(ContactMasks.of(order, for: visitor).fields)
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
        waitsFor = order.waits.map(Awaited.init)
        participants = order.participants.map { TakingPart(person: $0.person, joinedAt: $0.joinedAt) }
        pendingApprovals = order.pendingApprovals.map(\.request)
        changedNeeds = order.changedNeeds
        satisfaction = order.satisfaction
        plan = order.plan
        evidence = order.evidence
        investigation = order.investigation.map(Found.init)
        solutions = file.solutions.map {
            Version(
                solution: $0.solution, state: $0.state.rawValue, remark: $0.remark, request: $0.request,
                completedAt: $0.completedAt)
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

extension CaseAnswer.Found {
    init(_ investigation: Investigation) {
        let found = investigation.found
        self.init(
            findings: found.findings, directCause: found.directCause, rootCause: found.rootCause,
            responsibility: found.responsibility, siteVisit: found.siteVisit, by: investigation.by,
            at: investigation.at)
    }
}

extension CaseAnswer.Awaited {
    init(_ wait: Wait) {
        switch wait {
        case .opinion(let department): self.init(kind: "opinion", department: department)
        case .participation(let person): self.init(kind: "participation", person: person)
        case .approval(let request): self.init(kind: "approval", person: request.approver, approval: request)
        }
    }
}
