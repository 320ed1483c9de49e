import Contracts
import Foundation
import Testing

@testable import Procedure

@Suite("service-standard")
struct ServiceStandardTests {
    let trial: PackTrial
    var pack: PolicyPack { trial.pack }

    init() throws {
        trial = try PackTrial("service-standard")
    }

    @Test("M01 six channels, each says how to complain and how long it takes")
    func channels() {
        #expect(Set(pack.channels.map(\.id)) == ["hotline", "web", "app", "email", "social", "outlet"])
        #expect(pack.channels.allSatisfy { $0.instructions != nil && $0.feedbackWithin != nil })
    }

    @Test("M02 the standard greeting and soothing words")
    func script() {
        #expect(pack.channels.allSatisfy { $0.greeting.zhHans.hasPrefix("您好，很抱歉给您带来不便") })
        #expect(pack.channels.allSatisfy { $0.soothing.zhHans.contains("非常理解您此刻的心情") })
    }

    @Test("M03 M04 what is spoken must hold name, subject, reason and request, and is read back")
    func record() {
        for channel in pack.channels where channel.readBack {
            #expect(channel.required == [.name, .product, .reason, .request])
        }
        #expect(pack.channels.filter(\.readBack).map(\.id) == ["hotline", "outlet"])
    }

    @Test("M05 a general complaint may be settled on the spot, within a limit")
    func firstContact() throws {
        let general = try trial.graded("快递送到时包装破损")
        #expect(pack.refusalOfFirstContact(general, compensation: Money("100")) == nil)
        #expect(pack.refusalOfFirstContact(general, compensation: Money("101")) != nil)
        let major = try trial.graded("充电器起火，手被烧伤")
        #expect(pack.refusalOfFirstContact(major, compensation: nil) != nil)
    }

    @Test("M06 first feedback within a set time from when the customer was heard")
    func feedback() throws {
        #expect(try trial.due("first-feedback") == "2026-11-18 18:00")
        #expect(pack.clock("first-feedback")?.starts == "complaint.heard")
    }

    @Test("M07 M08 nature, severity, urgency and importance by preset criteria")
    func grading() throws {
        let large = try trial.graded(amount: "10000")
        #expect(large.severity == .major && large.urgency == .urgent && large.importance == .important)
        let ordinary = try trial.graded()
        #expect(ordinary.severity == .general && ordinary.importance == .ordinary)
        #expect(pack.isChosen("grading.large-amount"))
    }

    @Test("M09 product quality, service attitude, process efficiency, charges, and more")
    func categories() {
        let ids = Set(pack.categories.map(\.id))
        #expect(ids.isSuperset(of: ["product-quality", "service-attitude", "process-efficiency", "charge-dispute"]))
    }

    @Test("M10 transferred within a set time")
    func transfer() throws {
        #expect(try trial.path("assignment") == "complaint.accepted → case.assigned")
        #expect(try trial.due("assignment") == "2026-11-17 12:00")
    }

    @Test("M14 compensation follows the company's standard")
    func standard() throws {
        #expect(try trial.levels(trial.graded(), compensation: "5000") == ["head"])
        #expect(try trial.levels(trial.graded(), compensation: "5000.01") == nil)
    }

    @Test("M15 beyond routine limits the head approves, and management above that")
    func approval() throws {
        #expect(try trial.levels(trial.graded(), compensation: "500") == [])
        #expect(try trial.levels(trial.graded(amount: "10000")) == ["head"])
        #expect(try trial.levels(trial.graded(amount: "10000"), compensation: "6000") == ["head", "management"])
        #expect(try trial.path("approval") == "solution.drafted → case.cancelled, solution.approved, solution.refused")
    }

    @Test("M16 M17 a proposal may be answered for a time, and negotiated for some rounds")
    func consent() throws {
        #expect(pack.consent.validity == .workingDays(5) && pack.consent.rounds == 3)
        #expect(try trial.due("revision") == "2026-11-19 18:00")
    }

    @Test("M18 what is confidential is shown to few, and addresses to nobody who does not need them")
    func confidentiality() throws {
        #expect(pack.masks(for: [.handler]) == [.address])
        let secret = try trial.graded(flags: ["confidential"])
        #expect(pack.refusalToShow(secret, to: [.handler]) != nil)
        #expect(pack.refusalToShow(secret, to: [.manager]) == nil)
    }

    @Test("M19 grave or reworked complaints lead to an improvement measure")
    func improvement() throws {
        #expect(try pack.improvementNeeded(for: trial.graded(amount: "10000")) != nil)
        #expect(try pack.improvementNeeded(for: trial.graded(course: CourseSoFar(reworks: 1))) != nil)
        #expect(try pack.improvementNeeded(for: trial.graded(course: CourseSoFar(reworks: 0))) == nil)
    }
}
