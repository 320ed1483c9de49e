import Contracts
import Foundation
import Testing

@testable import Procedure

@Suite("sunshine-property")
struct SunshinePropertyTests {
    let trial: PackTrial
    var pack: PolicyPack { trial.pack }

    init() throws {
        trial = try PackTrial("sunshine-property")
    }

    @Test("S01 phone, letter, e-mail, web and visits; one window for the developer and the property company")
    func channels() {
        #expect(Set(pack.channels.map(\.id)) == ["phone", "letter", "email", "web", "visit"])
        #expect(pack.channels.allSatisfy { $0.greeting.zhHans.contains("呼叫中心") })
        #expect(pack.departments.map(\.id.text).contains("property"))
    }

    @Test("S02 step 2.3: valid, or back to the customer with an explanation")
    func judgement() throws {
        #expect(pack.steps(of: "complaint.rejected").map(\.number) == ["2.3"])
        guard case .undecided = pack.judge(try trial.graded("全体业主联名投诉", flags: ["group"]).complaint) else {
            Issue.record("a group complaint was judged without a person")
            return
        }
    }

    @Test("S03 a person names the first responsible person, one of the call centre's, whichever department handles")
    func firstResponsible() throws {
        let assignment = try trial.assigned(trial.graded("卫生间漏水，墙皮脱落"))
        #expect(assignment.department.text == "engineering")
        #expect(["call-centre.handler", "call-centre.handler2"].contains(assignment.owner))
        #expect(!assignment.isAutomatic)
        let engineering = try #require(DepartmentID("engineering"))
        #expect(
            try pack.owner(in: engineering, for: Samples.number(1))
                != pack.owner(in: engineering, for: Samples.number(2)))
        #expect(
            pack.possibleOwners(in: engineering) == [
                "call-centre.head", "call-centre.handler", "call-centre.handler2", "engineering.head",
                "engineering.handler",
            ])
        let service = try Samples.pack("service-standard")
        let logistics = try #require(DepartmentID("logistics"))
        #expect(service.possibleOwners(in: logistics) == ["logistics.head", "logistics.handler"])
    }

    @Test(
        "S04 an emergency goes to the emergency team at once",
        arguments: ["电梯困人，老人在里面", "水管爆裂，家里被淹", "A gas leak in the kitchen"])
    func emergency(text: String) throws {
        let graded = try trial.graded(text)
        #expect(graded.urgency == .emergency)
        let call = try #require(pack.emergency(for: graded))
        #expect(call.team.text == "emergency-team" && call.measures.zhHans.contains("按正常流程"))
        #expect(try trial.assigned(graded).department.text != "emergency-team")
    }

    @Test("S05 enquiries are answered on the spot or later")
    func enquiries() {
        #expect(pack.enquiries?.onTheSpot == true && pack.enquiries?.department?.text == "call-centre")
        #expect(pack.steps(of: "complaint.answered").map(\.number) == ["3.0"])
    }

    @Test("S06 the departments give professional support to the solution")
    func support() throws {
        let graded = try trial.graded("物业管道堵塞，多次报修", amount: "20000")
        #expect(try trial.assigned(graded).assisting.map(\.text) == ["engineering"])
        #expect(pack.steps(of: "opinion.given").map(\.number) == ["3.1"])
    }

    @Test("S07 beyond the head of the call centre the deputy general manager approves and signs, the same day")
    func approval() throws {
        let general = try trial.graded("卫生间漏水")
        #expect(trial.levels(general, compensation: "500") == [])
        #expect(trial.levels(general, compensation: "501") == ["call-centre"])
        let important = try trial.graded("卫生间漏水", amount: "20000")
        #expect(trial.levels(important, compensation: "5001") == ["call-centre", "deputy-general-manager"])
        #expect(trial.levels(important, remedies: [.return]) == ["call-centre", "deputy-general-manager"])
        guard case .needed(let needs) = pack.authority(for: important).decide(compensation: Money("6000")) else {
            Issue.record("free")
            return
        }
        #expect(needs.map(\.approver) == ["call-centre.head", "deputy-general-manager"])
        #expect(needs.map(\.signature) == [false, true])
        #expect(try trial.due("approval") == "2026-11-17 18:00")
        #expect(!pack.isChosen("clocks.approval.within"))
    }

    @Test("S08 the customer is told on the day on which solution and time limit are settled")
    func tellCustomer() throws {
        #expect(try trial.due("tell-customer") == "2026-11-17 18:00")
        let clock = try #require(pack.clock("tell-customer"))
        #expect(clock.starts == "solution.proposed" && clock.stops.contains("solution.presented"))
        #expect(pack.consent.presentedBy?.text == "call-centre")
    }

    @Test("S09 not agreed: back to 3.0, and asked again")
    func declined() throws {
        #expect(pack.steps(of: "solution.declined").map(\.number) == ["4.1"])
        #expect(try #require(pack.clock("revision")).title.zhHans.hasPrefix("3.0"))
    }

    @Test("S10 the department is instructed, carries out, and reports the result")
    func carryingOut() {
        #expect(pack.steps(of: "solution.accepted").map(\.number) == ["4.1", "5.0"])
        #expect(pack.steps(of: "solution.implemented").map(\.number) == ["6.0", "7.0"])
    }

    @Test("S11 S12 completion is followed up, the result recorded, the customer called back, the complaint closed")
    func callback() throws {
        #expect(pack.steps(of: "callback.completed").map(\.number) == ["7.1", "8.0"])
        #expect(pack.steps(of: "complaint.closed").map(\.number) == ["9.0"])
        #expect(pack.callback.by?.text == "call-centre")
    }

    @Test("S13 a complaint with case value goes to the group's case library")
    func cases() throws {
        let reworked = try trial.graded(course: CourseSoFar(reworks: 1, outcome: .satisfied))
        #expect(pack.nominations(for: reworked).map(\.recipients) == [["headquarters"]])
        #expect(try pack.nominations(for: trial.graded(course: CourseSoFar(reworks: 0))).isEmpty)
    }

    @Test("S14 periodic statistics for the group's headquarters")
    func report() {
        #expect(pack.reports.first?.to.contains("headquarters") == true)
        #expect(pack.title(ofRecipient: "headquarters")?.zhHans == "集团总部")
    }

    @Test("S15 the file is archived in step 12.0")
    func archive() {
        #expect(pack.steps(of: ProcedureStep.archived).map(\.number) == ["12.0"])
    }

    @Test("S16 the deputy general manager supervises, headquarters follows group complaints")
    func supervision() throws {
        #expect(pack.supervision?.inspectors.contains("deputy-general-manager") == true)
        let group = try trial.graded("小区停水三天", course: CourseSoFar(groupSize: 3))
        #expect(group.severity == .major)
        #expect(pack.followers(of: group)?.by == ["headquarters"])
        #expect(try pack.raisings(for: group, at: Samples.local("2026-11-17 10:00")).map(\.rule) == ["grave"])
        #expect(try pack.followers(of: trial.graded("卫生间漏水")) == nil)
    }

    @Test("S17 surveyed at least once a year, developer and property company separately")
    func surveys() throws {
        let survey = try #require(pack.surveys.first)
        #expect(survey.every == .year && survey.subjects.count == 2)
        #expect(!pack.isChosen("surveys.satisfaction.every"))
    }

    @Test("S01 S15 every step of the document, 1.0 to 12.0, in its order")
    func steps() {
        #expect(
            pack.steps.map(\.number) == [
                "1.0", "2.0", "2.1", "2.2", "2.3", "3.0", "3.1", "3.2", "4.0", "4.1", "5.0", "6.0", "7.0", "7.1", "8.0",
                "9.0", "9.1", "10.0", "10.1", "11.0", "11.1", "12.0",
            ])
        #expect(pack.steps.filter(\.isStanding).map(\.number) == ["11.0", "11.1"])
    }
}
