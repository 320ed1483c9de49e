import Contracts
import Foundation
import TestSupport
import Testing

/// Whole complaints over the real executables and a private broker, through the public HTTP API alone. One after the
/// other on one system: the last ones look at what all of them left.
@Suite("A complaint, all the way", .serialized, .tags(.journey, .broker), .timeLimit(.minutes(5)))
struct JourneyTests {
    private static let running = Task { try await RunningSystem.start() }
    private static let quality = "product-quality"

    private func system() async throws -> RunningSystem { try await Self.running.value }

    /// The number that Intake gives after this one.
    private static func following(_ number: String) -> TicketNumber? {
        let parts = number.split(separator: "-")
        guard parts.count == 3, let counter = Int(parts[2]) else { return nil }
        return TicketNumber("\(parts[0])-\(parts[1])-\(String(format: "%06d", counter + 1))")
    }

    /// The kinds of the steps that the customer sees.
    private func steps(_ view: [String: Any]) -> [String] {
        (view["timeline"] as? [[String: Any]] ?? []).compactMap { $0["kind"] as? String }
    }

    private func count(_ kind: String, in view: [String: Any]) -> Int { steps(view).filter { $0 == kind }.count }

    @Test func satisfied() async throws {
        let story = try await Story.submit(to: system())
        try await story.investigate(at: Self.quality)
        try await story.propose("更换同型号新机", at: Self.quality)
        try await story.answerProposal(1, "accept", comment: "好")
        try await story.implement(at: Self.quality)
        try await story.survey(solved: true, satisfaction: 5, comment: "很满意")
        let view = try await story.wait(for: "closed")
        #expect(view["outcome"] as? String == "satisfied")
        let expected = [
            "received", "accepted", "assigned", "acknowledged", "investigated", "proposed", "solutionAccepted",
            "implemented", "surveyed", "closed",
        ]
        #expect(steps(view).sorted() == expected.sorted())
        let ticket = try await story.ticket(until: "is closed") { "\($0)".contains("satisfied") }
        #expect(!ticket.isEmpty)
    }

    @Test func declinedThenAccepted() async throws {
        let story = try await Story.submit(to: system())
        try await story.investigate(at: Self.quality)
        try await story.propose("免费维修", at: Self.quality)
        try await story.answerProposal(1, "decline", comment: "不要再修，要换新的")
        try await story.propose("更换同型号新机", at: Self.quality)
        // The old version no longer holds, whichever page was still open.
        try await story.answerProposal(2, "accept")
        try await story.customer("proposals/1/answer", ["answer": "accept"], expecting: 409)
        try await story.implement(at: Self.quality)
        try await story.call(solved: true, satisfaction: 4, comment: "可以")
        let view = try await story.wait(for: "closed")
        #expect(count("proposed", in: view) == 2 && count("closed", in: view) == 1)
    }

    @Test func aSolutionBeyondTheHandlersLimitIsApprovedFirst() async throws {
        let story = try await Story.submit(to: system())
        try await story.investigate(at: Self.quality)
        try await story.propose("退货退款", at: Self.quality, compensation: "800.00")
        let waiting = try await story.wait(until: "under review") { count("review", in: $0) == 1 }
        #expect(waiting["proposal"] == nil)
        try await story.department(Self.quality, "approval", ["decision": "approve"], as: "head")
        try await story.answerProposal(1, "accept")
        try await story.implement(at: Self.quality)
        try await story.survey(solved: true, satisfaction: 5, comment: "好")
        try await story.wait(for: "closed")
    }

    @Test func dissatisfiedReworkedSatisfied() async throws {
        let system = try await system()
        let story = try await Story.submit(to: system)
        try await story.investigate(at: Self.quality)
        try await story.propose("免费更换密封圈", at: Self.quality)
        try await story.answerProposal(1, "accept")
        try await story.implement(at: Self.quality)
        // Where the pack says so, the handler talks with the customer first, and the next call decides.
        for _ in 0..<(system.pack.callback.sootheFirst ? 2 : 1) {
            try await story.call(solved: false, satisfaction: 2, comment: "用了两天又漏水")
        }
        try await story.wait(for: "reworking")
        try await story.findCause(at: Self.quality)
        try await story.propose("更换新机", at: Self.quality)
        try await story.answerProposal(2, "accept")
        try await story.implement(at: Self.quality)
        try await story.call(solved: true, satisfaction: 5, comment: "新的很好")
        let view = try await story.wait(for: "closed")
        #expect(view["round"] as? Int == 2)
        #expect(count("rework", in: view) == 1 && count("closed", in: view) == 1)
    }

    @Test func invalidDisputedJudgedValid() async throws {
        // What touches the media is judged and assigned by a person.
        let story = try await Story.submit(to: system(), Story.complaint(["flags": ["media"]]), as: "agent")
        try await story.decide("judgement", ["verdict": "invalid", "reason": "已超过保修期限"])
        try await story.answerExplanation("dispute", comment: "购买才两个月")
        try await story.decide("judgement", ["verdict": "valid", "reason": "核对订单，仍在保修期内"])
        try await story.decide("assignment", ["department": "logistics", "assisting": [], "reason": "运输破损"])
        try await story.investigate(at: "logistics")
        let view = try await story.wait(until: "investigated") { count("investigated", in: $0) == 1 }
        #expect(count("explained", in: view) == 1 && count("explanationDisputed", in: view) == 1)
        #expect(view["status"] as? String == "inProgress")
    }

    @Test func invalidAndExplained() async throws {
        let story = try await Story.submit(to: system(), Story.complaint(["flags": ["media"]]), as: "agent")
        try await story.decide("judgement", ["verdict": "invalid", "reason": "非本公司产品"])
        try await story.answerExplanation("accept", comment: "明白了")
        let view = try await story.wait(for: "closed")
        #expect(view["outcome"] as? String == "explained")
    }

    @Test func anEnquiryIsAnswered() async throws {
        let enquiry = Story.complaint([
            "kind": "enquiry", "reason": "保修期", "narrative": "请问电热水壶的保修期是多久？",
        ])
        let story = try await Story.submit(to: system(), enquiry)
        try await story.decide("judgement", ["verdict": "enquiry", "reason": "整机保修一年。"])
        let view = try await story.wait(for: "closed")
        #expect(view["outcome"] as? String == "answered")
        let texts = (view["timeline"] as? [[String: Any]] ?? []).compactMap { $0["text"] as? String }
        #expect(texts.contains("整机保修一年。"))
    }

    @Test func returnedThenReassigned() async throws {
        let story = try await Story.submit(to: system())
        try await story.department(Self.quality, "return", ["reason": "属运输破损"])
        try await story.decide("assignment", ["department": "logistics", "assisting": [], "reason": "运输破损"])
        try await story.investigate(at: "logistics")
        try await story.propose("更换新机", at: "logistics")
        // Versions are left out when the case was taken before Routing had heard that it was given back.
        let proposed = try await story.wait(for: "proposed")["proposal"] as? [String: Any]
        try await story.answerProposal(try #require(proposed?["version"] as? Int), "accept")
        let view = try await story.view()
        #expect(count("returned", in: view) == 1 && count("assigned", in: view) == 2)
        #expect(!"\(view)".contains("属运输破损"))
    }

    @Test func askedSupplementedAndChased() async throws {
        let story = try await Story.submit(to: system())
        try await story.department(Self.quality, "acknowledgement")
        try await story.department(Self.quality, "information-request", ["question": "壶底编号是多少？"])
        let view = try await story.wait(until: "asked") { $0["informationRequest"] != nil }
        let request = try #require((view["informationRequest"] as? [String: Any])?["request"] as? Int)
        try await story.customer("information/\(request)/answer", ["answer": "KX-2209"])
        try await story.tellIntake("supplements", ["narrative": "另外电源线也发热"])
        try await story.tellIntake("chases", ["comment": "请尽快"])
        let later = try await story.wait(until: "chased") { count("chased", in: $0) == 1 }
        #expect(count("supplemented", in: later) == 1 && count("replied", in: later) == 1)
    }

    @Test func withdrawn() async throws {
        let story = try await Story.submit(to: system())
        try await story.department(Self.quality, "acknowledgement")
        try await story.tellIntake("withdrawal", ["reason": "已自行解决"])
        let view = try await story.wait(for: "withdrawn")
        #expect(count("withdrawn", in: view) == 1 && count("closed", in: view) == 0)
    }

    @Test func settledAtFirstContact() async throws {
        let settled = Story.complaint([
            "channel": "hotline", "settledOutcome": "当场补发配件", "confirmed": true,
        ])
        let story = try await Story.submit(to: system(), settled, as: "agent")
        let view = try await story.wait(for: "closed")
        #expect(view["outcome"] as? String == "settledAtFirstContact")
    }

    @Test func complaintsAreTakenWhileTheBrokerIsDown() async throws {
        let system = try await system()
        try await system.waitUntilQueuesAreDurable()
        try system.broker.kill()
        let story = try await Story.submit(to: system)
        let page = try await system.client(.callback).get("/callback/track/\(story.number)?code=\(story.code)")
        #expect(page.status == 404 && page["refresh"] != nil)
        try await system.broker.start()
        try await story.wait(until: "known to the customer's page", within: .seconds(60)) { !$0.isEmpty }
        try await story.investigate(at: Self.quality)
    }

    @Test func aMessageAboutAnUnknownComplaintIsParkedAndReplayedOnce() async throws {
        let system = try await system()
        let last = try await Story.submit(to: system)
        let next = try #require(Self.following(last.number))
        let chased = ComplaintChased(comment: "插队的催单", by: .customer)
        try await system.publish(chased, about: next, source: "redress/intake/01")
        let letter = try await system.deadLetter(about: next, of: "callback")

        let story = try await Story.submit(to: system)
        #expect(story.number == next.text)
        try await story.wait(until: "known") { !$0.isEmpty }
        let operations = system.client(.operations, as: "operator")
        let path = "/operations/api/dead-letters/\(letter)/replay"
        _ = try await Story.post(operations, path, ["reason": "投诉已登记"], expecting: 202)
        let view = try await story.wait(until: "chased") { count("chased", in: $0) > 0 }
        #expect(count("chased", in: view) == 1)
        // It has come home: another replay is refused.
        try await poll("the letter is resolved", within: .seconds(90)) {
            try await operations.get("/operations/api/dead-letters/\(letter)").text.contains("\"resolved\"")
        }
        _ = try await Story.post(operations, path, [:], expecting: 409)
        #expect(count("chased", in: try await story.view()) == 1)
    }

    @Test func nothingIsLost() async throws {
        let operations = try await system().client(.operations, as: "operator")
        var seen = ""
        do {
            try await poll("the books balance", within: .seconds(90), every: .milliseconds(200)) {
                let answer = try await operations.get("/operations/api/reconciliation")
                seen = answer.text
                return answer.json["balanced"] as? Bool == true && answer.json["settled"] as? Bool == true
            }
        } catch {
            Issue.record("\(error): \(seen)")
        }
    }

    @Test func everyServiceStopsInOrder() async throws {
        let codes = try await system().stop()
        #expect(codes.count == 9)
        for (service, code) in codes { #expect(code == 0, "\(service)") }
    }
}
