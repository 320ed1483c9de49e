import Contracts
import Foundation
import TestSupport
import Testing

@testable import DepartmentService

/// Cases and work orders as tests need them.
struct Samples {
    static let now = Date(timeIntervalSince1970: 1_795_140_000)
    static let tomorrow = now.addingTimeInterval(86_400)
    static let handler = Actor.staff("wang")
    static let head = Actor.staff("zhao")
    static let findings = Investigation.Findings(
        findings: "拆机检测主板", directCause: "电容虚焊", rootCause: "回流焊温度曲线漂移", responsibility: "制造一部")
    static let plan = InvestigationPlan(
        goals: "查明冒烟原因", information: "样机、返修记录", steps: "取回样机，拆机检测，核对批次")
    static let evidence = CollectedEvidence(
        kind: .siteCheck, title: "插座照片 4 张，档案 118 号", shows: "插座烧蚀", collectedAt: now, by: "wang")
    static let visit = SiteVisit(place: "客户厨房", at: now, people: "王工、赵主任")
    static let draft = SolutionDraft(
        measures: "免费更换整机", compensation: Money("100.00"), completionDue: tomorrow, grounds: "三包规定第九条")
    static let dearDraft = SolutionDraft(
        measures: "退货退款并补偿", compensation: Money("800"), completionDue: tomorrow, grounds: "消费者权益保护法")

    let number: TicketNumber
    let quality: DepartmentID
    let logistics: DepartmentID

    init() throws {
        number = try TestMessages.number(7)
        quality = try #require(DepartmentID("quality"))
        logistics = try #require(DepartmentID("logistics"))
    }

    /// A case for `quality`, as Routing gives it.
    func assigned(
        _ assignment: Int = 1, role: CaseRole = .lead, assisting: [DepartmentID] = [], nextVersion: Int = 1,
        nextNumber: Int? = nil, round: Int = 1, isRuling: Bool = false, approvalRequired: Bool = false,
        severity: Severity = .important,
        deadlines: [Deadline] = Samples.deadlines, authority: Authority? = nil, group: HandlingGroup? = nil,
        words: CaseWords? = nil, masks: [String: [String]]? = nil
    ) -> CaseAssigned {
        CaseAssigned(
            assignment: assignment, role: role, department: quality,
            departmentTitle: LocalizedText(zhHans: "质量部", en: "Quality"), lead: role == .lead ? quality : logistics,
            assisting: assisting, owner: "lin", severity: severity, category: "product-quality",
            categoryTitle: LocalizedText(zhHans: "产品质量", en: "Product quality"), reason: "产品质量问题由质量部负责",
            explanations: [
                Explanation(
                    rule: "assignment.product-quality",
                    text: LocalizedText(zhHans: "类别为产品质量", en: "The category is product quality"),
                    facts: ["category": "product-quality"])
            ],
            policy: PolicyStamp(id: "service-standard", version: 1), complaint: Samples.complaint,
            deadlines: deadlines,
            authority: authority
                ?? Authority(compensationLimit: Money("500.00"), approvalRequired: approvalRequired),
            nextSolutionVersion: nextVersion, round: round, isRuling: isRuling, by: .system("service-standard@1"),
            head: "zhao", group: group, titles: ["logistics": LocalizedText(zhHans: "物流部", en: "Logistics")],
            nextSolutionNumber: nextNumber, words: words, masks: masks)
    }

    static let complaint = Complaint(
        channel: "hotline", kind: .complaint, heardAt: now.addingTimeInterval(-3600),
        registeredAt: now.addingTimeInterval(-3500),
        complainant: Complainant(name: "陈女士", phone: "13800138000"),
        about: ComplaintSubject(product: "电饭煲 <RC-200>", orderNumber: "A-1001"), reason: "使用三天后冒烟",
        narrative: "11月17日购买，使用三天后底部冒烟，插座跳闸。", request: "换货并赔偿", amount: Money("399.00"))

    static let deadlines = [
        deadline("sign-off", "签收时限", "Sign-off", hours: 1, stops: ["case.acknowledged", "case.returned"]),
        deadline("solution", "方案时限", "Solution", hours: 24, stops: ["solution.proposed"]),
        deadline("completion", "办结时限", "Completion", hours: 72, stops: ["solution.implemented"]),
    ]

    static func deadline(_ clock: String, _ zh: String, _ en: String, hours: Double, stops: [String]) -> Deadline {
        Deadline(
            clock: clock, title: LocalizedText(zhHans: zh, en: en), startedAt: now,
            dueAt: now.addingTimeInterval(hours * 3600),
            explanation: LocalizedText(zhHans: "\(Int(hours)) 小时", en: "\(Int(hours)) hours"), stops: stops)
    }

    /// A work order that came to a state by the steps that lead there.
    func order(_ state: WorkState) throws -> WorkOrder {
        let isAssisting = [.opinionDue, .opinionGiven].contains(state)
        let start = WorkOrder.opened(number, assigned(role: isAssisting ? .assisting : .lead), at: Samples.now).order
        let order = try Samples.steps(to: state).reduce(start) { try $1.applied(to: $0).order }
        #expect(order.state == state)
        return order
    }

    /// How an order gets to a state.
    static func steps(to state: WorkState) -> [Move] {
        switch state {
        case .assigned: []
        case .investigating: [.does(.acknowledge)]
        case .investigated: Move.investigated
        case .awaitingApproval: Move.drafted
        case .refused: Move.drafted + [.heads(.refuse(reason: "补偿过高", .head))]
        case .proposed: Move.proposed
        case .declined: Move.proposed + [.hears(.declined(version: 1, objection: "要求退货"))]
        case .carryingOut: Move.agreed
        case .implemented: Move.carriedOut
        case .closed: Move.carriedOut + [.hears(.closed(.satisfied, satisfaction: 5))]
        case .returned: [.does(.giveBack(reason: "不属本部门"))]
        case .cancelled: [.hears(.cancelled(assignment: 1, .withdrawn))]
        case .opinionDue: [.does(.acknowledge)]
        case .opinionGiven: [.does(.acknowledge), .does(.advise(opinion: "非运输所致"))]
        }
    }
}

extension ApprovalVote {
    /// As the department's head decides, on whatever stands.
    static let head = ApprovalVote(isHead: true)
}

/// One step in a work order's life.
enum Move {
    case does(WorkCommand)
    case heads(WorkCommand)
    case hears(WorkNotice)

    func applied(to order: WorkOrder, at now: Date = Samples.now) throws -> Decision {
        switch self {
        case .does(let command): try order.decide(command, by: Samples.handler, at: now)
        case .heads(let command): try order.decide(command, by: Samples.head, at: now)
        case .hears(let notice): try order.decide(notice, by: .customer, at: now)
        }
    }

    static let investigated: [Move] = [.does(.acknowledge), .does(.investigate(Samples.findings))]
    static let drafted: [Move] = investigated + [.does(.draft(Samples.dearDraft))]
    static let proposed: [Move] = investigated + [.does(.draft(Samples.draft))]
    static let agreed: [Move] = proposed + [.hears(.accepted(version: 1, comment: nil))]
    static let carriedOut: [Move] =
        agreed + [.does(.implement(outcome: "已换新机", completedAt: Samples.now))]
}
