import Contracts
import Foundation

/// The complaint ticket (投诉处理单): everything that is known of one complaint, in the sections of the paper form that
/// it replaces. Rules K03, K16, M06. It is folded from the events when somebody looks at it.
struct TicketRecord: Hashable, Sendable, Codable {
    var complaint: Complaint
    /// What settled it on the spot (M05).
    var settledOutcome: String?
    var supplements: [Supplement] = []
    var judgements: [Judgement] = []
    var answers: [Note] = []
    var assignments: [Assignment] = []
    var investigations: [Investigation] = []
    var opinions: [Opinion] = []
    var questions: [Question] = []
    var solutions: [SolutionVersion] = []
    var progress: [Note] = []
    var implementations: [Implementation] = []
    var callbacks: [Callback] = []
    var reworks: [Rework] = []
    var closing: Closing?
    /// Chased (催单), urged (督办), escalated, withdrawn, merged, grouped, nominated as a case, measures: what else
    /// happened.
    var remarks: [Remark] = []
    /// The version of the policy pack that it is handled under; absent until Routing has decided something.
    var policy: PolicyStamp?

    init(_ received: ComplaintReceived) {
        complaint = received.complaint
        settledOutcome = received.settledOutcome
    }

    struct Supplement: Hashable, Sendable, Codable {
        var narrative: String
        var evidence: [EvidenceReference]
        var by: Actor
        var at: Date
    }

    /// Words that somebody wrote down.
    struct Note: Hashable, Sendable, Codable {
        var department: DepartmentID?
        var text: String
        var expectedBy: Date?
        /// What the customer needs now, where that has changed (W08).
        var needs: String?
        var by: Actor
        var at: Date
    }

    /// 判定与分级 (K03, M07–M09), with the customer's answer to an explanation (K04).
    struct Judgement: Hashable, Sendable, Codable {
        var round: Int
        var isValid: Bool
        /// The explanation for the customer when it is invalid.
        var reason: String?
        var severity: Severity?
        var category: String?
        var categoryTitle: LocalizedText?
        var policy: PolicyStamp?
        var explanations: [Explanation] = []
        var by: Actor
        var at: Date
        var explanationAnswer: ExplanationAnswer?
    }

    struct ExplanationAnswer: Hashable, Sendable, Codable {
        var isAccepted: Bool
        var comment: String?
        var by: Actor
        var at: Date
    }

    /// 派单 (K06, M10, S03), with signing (签收) or return (退单).
    struct Assignment: Hashable, Sendable, Codable {
        var assignment: Int
        var role: CaseRole
        var department: DepartmentID
        var departmentTitle: LocalizedText
        var owner: String?
        var reason: String
        var explanations: [Explanation]
        var policy: PolicyStamp
        var deadlines: [Deadline]
        var round: Int
        var isRuling: Bool
        var by: Actor
        var at: Date
        var acknowledgedBy: Actor?
        var acknowledgedAt: Date?
        var returnReason: String?
        var returnedBy: Actor?
        var returnedAt: Date?
        var cancelledReason: CancellationReason?
        var cancelledAt: Date?
    }

    /// 调查情况 (M11–M13, K09).
    struct Investigation: Hashable, Sendable, Codable {
        var department: DepartmentID
        var round: Int
        var findings: String
        var directCause: String
        var rootCause: String
        var responsibility: String
        var plan: InvestigationPlan?
        var evidence: [CollectedEvidence] = []
        var siteVisit: SiteVisit?
        var by: Actor
        var at: Date
    }

    /// 专业意见 (K09, S06).
    struct Opinion: Hashable, Sendable, Codable {
        var department: DepartmentID
        var lead: DepartmentID
        var question: String?
        var requestedAt: Date?
        var opinion: String?
        var by: Actor?
        var givenAt: Date?
    }

    /// What the customer was asked for (W18).
    struct Question: Hashable, Sendable, Codable {
        var department: DepartmentID
        var request: Int
        var question: String
        var askedBy: Actor
        var askedAt: Date
        var answer: String?
        var answeredAt: Date?
    }

    /// 处理方案, one version of it, with its approval and the customer's consent (M14–M17).
    struct SolutionVersion: Hashable, Sendable, Codable {
        var department: DepartmentID
        var solution: Solution
        /// Why it needed approval.
        var needs: String?
        /// Level by level, with the signatures (S07).
        var approvals: [SolutionApproval] = []
        var approvedBy: Actor?
        var approvedAt: Date?
        var refusal: String?
        var refusedBy: Actor?
        var refusedAt: Date?
        var proposedAt: Date?
        /// Absent while the customer has not answered.
        var isAccepted: Bool?
        /// The comment of an acceptance, the objection of a refusal.
        var answer: String?
        var answeredBy: Actor?
        var answeredAt: Date?
        /// What proves the answer (同意凭证).
        var evidence: AnswerEvidence?
        /// Told to the customer, expired, disputed, ruled on: in this order.
        var steps: [SolutionStep] = []
    }

    /// What else happened to a proposal between the house and the customer (K10, K12, S08).
    struct SolutionStep: Hashable, Sendable, Codable {
        enum Kind: String, Sendable, Codable {
            case presented, expired, disputed, ruled
        }
        var kind: Kind
        /// How it was presented, or the verdict.
        var word: String?
        var text: String
        var by: Actor
        var at: Date
    }

    /// 落实情况 (K13, S10).
    struct Implementation: Hashable, Sendable, Codable {
        var department: DepartmentID
        var version: Int
        var round: Int
        var outcome: String
        var completedAt: Date
        var by: Actor
        var at: Date
    }

    /// 回访记录 (K14, K16, S12): one attempt to call the customer back.
    struct Callback: Hashable, Sendable, Codable {
        var round: Int?
        /// Absent when the customer was not reached.
        var solved: Bool?
        var satisfaction: Int?
        var comment: String?
        /// Counts the attempts that did not reach the customer.
        var unreachableAttempt: Int?
        var isLastAttempt: Bool?
        /// How the customer was asked.
        var way: String?
        var answers: [CallbackAnswer] = []
        var by: Actor
        var at: Date
    }

    /// 返工 (K15, W12, S11).
    struct Rework: Hashable, Sendable, Codable {
        var department: DepartmentID
        var round: Int
        var reason: String
        /// True when it went up a level.
        var isRaised = false
        var by: Actor
        var at: Date
    }

    struct Closing: Hashable, Sendable, Codable {
        var outcome: ClosingOutcome
        var satisfaction: Int?
        var rounds: Int
        var by: Actor
        var at: Date
    }

    struct Remark: Hashable, Sendable, Codable {
        enum Kind: String, Sendable, Codable {
            case joined, chased, withdrawn, merged, grouped, emergency, attended, urged, escalated, nominated,
                published, distributed, read, measure, rectification, rectified, settled
            case warned, missed, moved, informed, reminded, soothed, completed, reported, part, arrived
        }
        var kind: Kind
        var department: DepartmentID?
        /// Whom it is about, a sign-in name or a name.
        var person: String?
        /// In Chinese, or as a person wrote it.
        var text: String
        /// What a service wrote, in both languages.
        var words: LocalizedText?
        var by: Actor?
        var at: Date
    }
}
