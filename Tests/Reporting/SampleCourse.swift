import Contracts
import Foundation
import Messaging
import Persistence
import TestSupport

@testable import ReportingService

/// Courses of complaints as the services would tell them.
struct SampleCourse {
    static let start = Date(timeIntervalSince1970: 1_795_140_000)

    struct Step: Sendable {
        var event: any Event
        var source: String
        var sequence: Int
        var time: Date
        var id = UUID()
    }

    let number: TicketNumber
    private(set) var steps: [Step] = []
    private var time: Date

    init(_ n: Int, start: Date = SampleCourse.start) throws {
        number = try TestMessages.number(n)
        time = start
    }

    /// The next event, a minute after the one before.
    mutating func then(_ source: String, _ event: any Event, after seconds: TimeInterval = 60) {
        time += seconds
        let sequence = steps.filter { $0.source == "redress/\(source)" }.count + 1
        steps.append(Step(event: event, source: "redress/\(source)", sequence: sequence, time: time))
    }

    func wire() throws -> [WireMessage] {
        try steps.map { step in
            try TestMessages.wire(
                step.event, about: number, id: step.id, at: step.time, source: step.source, sequence: step.sequence)
        }
    }

    /// The course as projections see it.
    func recorded() throws -> [RecordedEvent] {
        try zip(steps, wire()).compactMap { step, message in
            let envelope = try EnvelopeCoding.envelope(of: message)
            return try TicketEvent.decode(envelope.type, payload: message.body).map {
                RecordedEvent(envelope: envelope, event: $0)
            }
        }
    }
}

enum Sample {
    static let caller = Actor.staff("caller")

    static func department(_ text: String = "logistics") throws -> DepartmentID {
        guard let id = DepartmentID(text) else { throw NoSample() }
        return id
    }

    struct NoSample: Error {}

    static func complaint(heardAt: Date = SampleCourse.start, channel: String = "hotline") -> Complaint {
        Complaint(
            channel: channel, kind: .complaint, heardAt: heardAt, registeredAt: heardAt.addingTimeInterval(30),
            complainant: Complainant(
                name: "王小明", phone: "13812345678", email: "xiaoming@example.com", address: "北京市海淀区中关村大街1号"),
            about: ComplaintSubject(product: "水果", orderNumber: "JD20261120001"), reason: "少送",
            narrative: "我是王小明，电话13812345678。下单三箱苹果只收到两箱，客服让我等到2026-11-25再说。我要退款。", request: "补送或退款",
            amount: Money("88.00"))
    }

    static func received(_ complaint: Complaint = complaint()) -> ComplaintReceived {
        ComplaintReceived(complaint: complaint, trackingCodeHash: String(repeating: "ab", count: 32))
    }

    static func accepted(round: Int = 1, severity: Severity = .general) -> ComplaintAccepted {
        ComplaintAccepted(
            round: round, severity: severity, category: "delivery",
            categoryTitle: LocalizedText(zhHans: "配送", en: "Delivery"), policy: policy,
            explanations: [
                Explanation(
                    rule: "grading.small", text: LocalizedText(zhHans: "金额小", en: "small amount"),
                    facts: ["amount": "88.00"])
            ], by: .system("service-standard@1"))
    }

    static let policy = PolicyStamp(id: "service-standard", version: 1)

    static func assigned(
        _ department: String = "logistics", assignment: Int = 1, role: CaseRole = .lead, at start: Date,
        round: Int = 1, complaint: Complaint = complaint()
    ) throws -> CaseAssigned {
        let id = try self.department(department)
        return CaseAssigned(
            assignment: assignment, role: role, department: id,
            departmentTitle: LocalizedText(zhHans: "物流部", en: "Logistics"), lead: try self.department(), owner: "li",
            severity: .important, category: "delivery", categoryTitle: LocalizedText(zhHans: "配送", en: "Delivery"),
            reason: "配送问题", policy: policy, complaint: complaint,
            deadlines: [deadline("sign-off", from: start, hours: 1), deadline("solution", from: start, hours: 2)],
            authority: Authority(), round: round, by: .system("service-standard@1"))
    }

    private static let stops = [
        "sign-off": ["case.acknowledged", "case.returned"], "solution": ["solution.proposed", "case.returned"],
    ]

    static func deadline(_ clock: String, from start: Date, hours: Double) -> Deadline {
        Deadline(
            clock: clock, title: LocalizedText(zhHans: "时限 \(clock)", en: "clock \(clock)"), startedAt: start,
            dueAt: start.addingTimeInterval(hours * 3600), explanation: LocalizedText(zhHans: "固定", en: "fixed"),
            stops: stops[clock])
    }

    static func solution(_ version: Int) -> Solution {
        Solution(
            version: version, measures: "补送一箱，方案\(version)", compensation: Money("10.00"),
            completionDue: SampleCourse.start.addingTimeInterval(86_400), grounds: "漏发属实", draftedBy: "li",
            draftedAt: SampleCourse.start)
    }
}

extension SampleCourse {
    /// Judged, assigned, returned and assigned again, approved, declined, accepted, reworked, and closed as satisfied.
    static func eventful(_ n: Int, start: Date = SampleCourse.start) throws -> SampleCourse {
        var course = try SampleCourse(n, start: start)
        let (lead, other) = (try Sample.department(), try Sample.department("product-quality"))
        course.then("intake/01", Sample.received(Sample.complaint(heardAt: start)))
        course.then("routing", Sample.accepted())
        course.then("routing", try Sample.assigned("product-quality", at: start.addingTimeInterval(120)), after: 0)
        course.then(
            "department/product-quality",
            CaseReturned(department: other, assignment: 1, reason: "不是质量问题", by: .staff("zhao")))
        course.then("routing", try Sample.assigned(assignment: 2, at: start.addingTimeInterval(240)))
        course.then("department/logistics", CaseAcknowledged(department: lead, assignment: 2, by: .staff("li")))
        course.then(
            "department/logistics",
            CaseInvestigated(
                department: lead, findings: "漏发一箱", directCause: "拣货漏件", rootCause: "复核缺失", responsibility: "仓库",
                by: .staff("li")))
        course.then(
            "department/logistics", SolutionDrafted(department: lead, solution: Sample.solution(1), needs: "补偿超限"))
        course.then("department/logistics", SolutionApproved(department: lead, version: 1, by: .staff("sun")))
        course.propose(1, lead)
        course.then(
            "callback", SolutionDeclined(department: lead, version: 1, objection: "补偿太少", by: .customer))
        course.propose(2, lead)
        course.carryOut(2, lead, round: 1)
        course.then("callback", CallbackCompleted(solved: false, satisfaction: 2, comment: "还是坏的", by: Sample.caller))
        course.then("callback", ReworkOrdered(department: lead, round: 2, reason: "苹果是坏的", by: Sample.caller))
        course.propose(3, lead, round: 2)
        course.carryOut(3, lead, round: 2)
        course.then("callback", CallbackCompleted(round: 2, solved: true, satisfaction: 5, by: Sample.caller))
        course.then(
            "callback",
            ComplaintClosed(department: lead, outcome: .satisfied, satisfaction: 5, rounds: 2, by: Sample.caller),
            after: 0)
        return course
    }

    private mutating func propose(_ version: Int, _ lead: DepartmentID, round: Int = 1) {
        then(
            "department/logistics",
            SolutionProposed(
                department: lead, departmentTitle: LocalizedText(zhHans: "物流部", en: "Logistics"), round: round,
                solution: Sample.solution(version)))
    }

    private mutating func carryOut(_ version: Int, _ lead: DepartmentID, round: Int) {
        then("callback", SolutionAccepted(department: lead, version: version, comment: "好", by: .customer))
        then(
            "department/logistics",
            SolutionImplemented(
                department: lead, version: version, round: round, outcome: "已补送", completedAt: Self.start,
                by: .staff("li")))
    }

    /// Judged invalid, and the customer agrees with the explanation.
    static func explained(_ n: Int, start: Date = SampleCourse.start) throws -> SampleCourse {
        var course = try SampleCourse(n, start: start)
        course.then("intake/01", Sample.received(Sample.complaint(heardAt: start, channel: "web")))
        course.then("routing", ComplaintRejected(round: 1, reason: "超出服务范围", by: .staff("zhou")))
        course.then("callback", ExplanationAccepted(round: 1, by: .customer))
        course.then("callback", ComplaintClosed(outcome: .explained, by: .customer), after: 0)
        return course
    }
}

extension ReportingStore {
    /// A store of its own for a test.
    static func temporary(_ folder: TemporaryFolder, clock: ManualClock) throws -> ReportingStore {
        let database = try ServiceDatabase(
            path: folder.path("reporting.sqlite"), source: "redress/reporting", clock: clock,
            migrate: ReportingMigrations.register)
        return ReportingStore(database: database)
    }
}
