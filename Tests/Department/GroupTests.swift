import Contracts
import Foundation
import Testing

@testable import DepartmentService

/// A grave complaint in the hands of a group: who takes part, whose opinion is owed, and what the solution waits for.
@Suite struct GroupTests {
    /// Quality leads and logistics assists; both heads must take part, and so must the general manager.
    static func group(_ samples: Samples, management: [String] = ["general-manager"]) -> HandlingGroup {
        HandlingGroup(
            rule: "major", title: LocalizedText(zhHans: "重大投诉处理小组", en: "Handling group"), lead: samples.quality,
            leader: "zhao", assisting: [samples.logistics], opinionsOwed: true, confirmations: ["zhao", "zhou"],
            management: management, presentsWith: samples.logistics, verifiesOnSite: true, analysesCause: true)
    }

    static var verified: Investigation.Findings {
        var findings = Samples.findings
        findings.siteVisit = Samples.visit
        return findings
    }

    private let samples: Samples

    init() throws { samples = try Samples() }

    private func led(_ assignment: Int = 1) -> CaseAssigned {
        samples.assigned(assignment, assisting: [samples.logistics], severity: .major, group: Self.group(samples))
    }

    /// The lead's order with the findings in, and nobody else's part done.
    private func investigated() throws -> WorkOrder {
        let start = WorkOrder.opened(samples.number, led(), at: Samples.now).order
        let moves: [Move] = [.does(.acknowledge), .does(.investigate(Self.verified))]
        return try moves.reduce(start) { try $1.applied(to: $0).order }
    }

    private func opinion(_ order: WorkOrder) throws -> WorkOrder {
        try order.decide(.advised(samples.logistics, opinion: "包装完好"), by: .staff("sun"), at: Samples.now).order
    }

    private func everybodyJoins(_ order: WorkOrder) throws -> WorkOrder {
        let own = try ["zhao", "general-manager"].reduce(order) {
            try $0.decide(.join, by: .staff($1), at: Samples.now).order
        }
        return try own.decide(.joined(samples.logistics, person: "zhou"), by: .staff("zhou"), at: Samples.now).order
    }

    @Test("K08 K09 A solution waits for every opinion and for everybody who must take part, and says for whom")
    func waits() throws {
        var order = try investigated()
        #expect(
            order.waits == [
                .opinion(samples.logistics), .participation("general-manager"), .participation("zhao"),
                .participation("zhou"),
            ])
        #expect(!order.actions.contains(.solution))
        order = try opinion(order)
        #expect(throws: Rejection.participantsMissing(["general-manager", "zhao", "zhou"])) {
            try order.decide(.draft(Samples.draft), by: Samples.handler, at: Samples.now)
        }
        order = try everybodyJoins(order)
        #expect(order.waits.isEmpty)
        #expect(try order.decide(.draft(Samples.draft), by: Samples.handler, at: Samples.now).order.state == .proposed)
    }

    @Test("K08 Only who is named takes part, once, and says so to the lead")
    func joining() throws {
        let order = try investigated()
        #expect(throws: Rejection.notNamed) { try order.decide(.join, by: .staff("ma"), at: Samples.now) }
        let joined = try order.decide(.join, by: Samples.head, at: Samples.now)
        let event = try #require(joined.says.first as? CaseJoined)
        #expect(event.routedDepartment == samples.quality && event.by == Samples.head)
        #expect(try joined.order.decide(.join, by: Samples.head, at: Samples.now).isUnchanged)
        let heard = try joined.order.decide(
            .joined(samples.quality, person: "zhao"), by: Samples.head, at: Samples.now)
        #expect(heard.isUnchanged, "its own message comes back to the lead")
    }

    @Test("K08 The head of an assisting department confirms on its own page")
    func assistingHead() throws {
        var assigned = led()
        assigned.role = .assisting
        assigned.department = samples.logistics
        assigned.head = "zhou"
        let order = WorkOrder.opened(samples.number, assigned, at: Samples.now).order
        #expect(order.participants.map(\.person) == ["zhou"], "the others confirm on their own pages")
        #expect(order.awaited == ["zhou"])
        #expect(order.actions.contains(.participation))
        let joined = try order.decide(.join, by: .staff("zhou"), at: Samples.now)
        #expect((joined.says.first as? CaseJoined)?.routedDepartment == samples.quality)
        #expect(joined.order.state == .assigned, "a handler still has to sign")
        let given = try [WorkCommand.acknowledge, .advise(opinion: "包装完好")].reduce(order) {
            try $0.decide($1, by: .staff("sun"), at: Samples.now).order
        }
        #expect(given.state == .opinionGiven && given.actions == [.participation], "the head still has to confirm")
    }

    @Test("K08 Who confirmed has not to do so again when the case is assigned once more")
    func confirmationsAreKept() throws {
        let order = try everybodyJoins(try investigated())
        let again = try order.decide(.assigned(led(2)), by: .customer, at: Samples.now).order
        #expect(again.missingParticipants.isEmpty)
        // A confirmation that overtook the assignment that asks for it.
        let start = WorkOrder.opened(samples.number, samples.assigned(), at: Samples.now).order
        let early = try start.decide(.joined(samples.logistics, person: "zhou"), by: .staff("zhou"), at: Samples.now)
        let later = try early.order.decide(.assigned(led(2)), by: .customer, at: Samples.now).order
        #expect(later.missingParticipants == ["general-manager", "zhao"])
    }

    @Test("K09 The group verifies on site: findings without place, time and people are refused")
    func verification() throws {
        let start = WorkOrder.opened(samples.number, led(), at: Samples.now).order
        let signed = try start.decide(.acknowledge, by: Samples.handler, at: Samples.now).order
        #expect(throws: Rejection.siteVisitMissing) {
            try signed.decide(.investigate(Samples.findings), by: Samples.handler, at: Samples.now)
        }
        let found = try signed.decide(.investigate(Self.verified), by: Samples.handler, at: Samples.now)
        #expect((found.says.first as? CaseInvestigated)?.siteVisit == Samples.visit)
    }

    @Test("K10 The proposal says who presents it together: the leader's department and the one named")
    func presentation() throws {
        let ready = try everybodyJoins(try opinion(try investigated()))
        let proposed = try ready.decide(.draft(Samples.draft), by: Samples.handler, at: Samples.now)
        let presentation = try #require((proposed.says.first as? SolutionProposed)?.presentation)
        #expect(presentation.leader == "zhao")
        #expect(presentation.departments == [samples.quality, samples.logistics])
        #expect(presentation.titles.map(\.zhHans) == ["质量部", "物流部"])
    }

    @Test("K09 An opinion may be asked for again, and the next version waits for it")
    func askedAgain() throws {
        var order = try everybodyJoins(try opinion(try investigated()))
        order = try order.decide(.draft(Samples.draft), by: Samples.handler, at: Samples.now).order
        order = try order.decide(.declined(version: 1, objection: "不同意"), by: .customer, at: Samples.now).order
        order = try order.decide(
            .consult(samples.logistics, question: "能否退货"), by: Samples.handler, at: Samples.now
        ).order
        #expect(order.waits == [.opinion(samples.logistics)])
        #expect(throws: Rejection.opinionsMissing([samples.logistics])) {
            try order.decide(.draft(Samples.dearDraft), by: Samples.handler, at: Samples.now)
        }
    }

    @Test("S06 Where the pack owes no opinion, only one that was asked for is waited for")
    func opinionsNotOwed() throws {
        var assigned = led()
        assigned.group?.opinionsOwed = false
        let order = WorkOrder.opened(samples.number, assigned, at: Samples.now).order
        #expect(order.missingOpinions.isEmpty)
        let signed = try order.decide(.acknowledge, by: Samples.handler, at: Samples.now).order
        let asked = try signed.decide(
            .consult(samples.logistics, question: "运输记录"), by: Samples.handler, at: Samples.now
        ).order
        #expect(asked.missingOpinions == [samples.logistics])
    }

    @Test("K09 S06 An opinion that arrives after closing: both orders end in the same state", arguments: [true, false])
    func opinionAfterClosing(_ opinionFirst: Bool) throws {
        let order = try samples.order(.implemented)
        let opinion = WorkNotice.advised(samples.logistics, opinion: "包装完好")
        let closed = WorkNotice.closed(.satisfied, satisfaction: 5)
        let end = try (opinionFirst ? [opinion, closed] : [closed, opinion]).reduce(order) {
            try $0.decide($1, by: .staff("sun"), at: Samples.now).order
        }
        #expect(end.state == .closed)
        #expect(end.opinions.map(\.text) == ["包装完好"])
        #expect(end.satisfaction == 5)
        let again = try end.decide(opinion, by: .staff("sun"), at: Samples.now)
        #expect(again.isUnchanged)
    }

    @Test("K09 A department that assists: whether its opinion or the closing comes first, nothing is owed in the end")
    func assistingAfterClosing() throws {
        let done = WorkNotice.cancelled(assignment: 1, .closed)
        let late = try samples.order(.opinionDue).decide(done, by: .customer, at: Samples.now).order
        #expect(late.state == .cancelled && !late.state.isOpen)
        #expect(throws: Rejection.ended(.cancelled)) {
            try late.decide(.advise(opinion: "包装完好"), by: .staff("sun"), at: Samples.now)
        }
        let given = try samples.order(.opinionGiven).decide(done, by: .customer, at: Samples.now).order
        #expect(given.state == .cancelled && given.actions.isEmpty)
    }
}
