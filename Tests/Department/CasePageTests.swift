import Contracts
import Foundation
import TestSupport
import Testing
import Web

@testable import DepartmentService

/// What people see. Pages are strict about translations here: a missing one fails.
@Suite struct CasePageTests {
    @Test(arguments: WorkState.allCases) func everyStateHasItsPageInBothLanguages(_ state: WorkState) async throws {
        let test = try TestDesk()
        try await test.department.bring(to: state)
        try await test.serve { client in
            for name in ["wang", "zhao", "gu"] {
                let person = try await client.named(name)
                for language in ["zh-Hans", "en"] {
                    let page = try await person.get("\(test.page())?lang=\(language)")
                    #expect(page.status == 200)
                    #expect(page.text.contains("电饭煲 &lt;RC-200&gt;"))
                    #expect(page.text.contains("13800138000") == (name != "gu"), "contacts are for those who act")
                    let list = try await person.get("/departments/quality/?state=\(state.rawValue)&lang=\(language)")
                    #expect(list.status == 200)
                    #expect(list.text.contains(test.department.samples.number.text))
                }
            }
        }
    }

    /// The forms on the page are what the API says may be done, and each has elements of its own.
    @Test(arguments: WorkState.allCases) func formsAreExactlyTheActions(_ state: WorkState) async throws {
        let test = try TestDesk()
        let order = try await test.department.bring(to: state)
        let page = try await test.serve { try await $0.named("wang").get(test.page()).text }
        let allowed = order.actions.filter { $0.roles.contains(.handler) }
        for action in WorkAction.allCases {
            let isShown = page.contains("action=\"\(test.page(action.rawValue))\"")
            #expect(isShown == allowed.contains(action), "\(action)")
        }
        let ids = page.split(separator: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(Set(ids).count == ids.count, "ids are unique")
    }

    /// What a page offers, the decision allows; what it does not offer, the decision refuses or ignores.
    @Test(arguments: WorkState.allCases) func actionsAgreeWithDecisions(_ state: WorkState) throws {
        let samples = try Samples()
        let order = try samples.order(state)
        let commands: [WorkAction: WorkCommand] = [
            .acknowledgement: .acknowledge, .giveBack: .giveBack(reason: "归口有误"),
            .investigation: .investigate(
                .init(findings: "f", directCause: "d", rootCause: "r", responsibility: "w")),
            .solution: .draft(Samples.dearDraft), .approval: .approve(.head), .opinion: .advise(opinion: "新意见"),
            .plan: .plan(Samples.plan), .evidence: .collect(Samples.evidence), .participation: .join,
            .progress: .report(note: "进展", expectedBy: nil), .informationRequest: .ask(question: "票据"),
            .implementation: .implement(outcome: "完成", completedAt: Samples.now.addingTimeInterval(-60)),
        ]
        for (action, command) in commands {
            let isAllowed = (try? order.decide(command, by: Samples.head, at: Samples.now))?.isUnchanged == false
            #expect(isAllowed == order.actions.contains(action), "\(state) \(action)")
        }
    }

    @Test func aRefusedFormKeepsWhatWasTyped() async throws {
        let test = try TestDesk()
        try await test.department.bring(to: .investigated)
        try await test.serve { client in
            let person = try await client.named("wang")
            let token = try #require(try await person.get(test.page()).hidden("csrf"))
            let form = [("csrf", token), ("measures", "换新机 & 道歉"), ("compensation", "很多"), ("grounds", "")]
            let answer = try await person.post(test.page("solution"), form: form)
            #expect(answer.status == 422)
            #expect(answer.text.contains("换新机 &amp; 道歉"))
            #expect(answer.text.contains("aria-invalid=\"true\""))
            #expect(answer.text.contains("href=\"#solution-compensation\""))
        }
    }

    @Test func aFormLeadsBackToTheCaseAndATwiceSentOneSaysNothingTwice() async throws {
        let test = try TestDesk()
        try await test.department.bring(to: .assigned)
        try await test.serve { client in
            let person = try await client.named("wang")
            let token = try #require(try await person.get(test.page()).hidden("csrf"))
            for _ in 1...2 {
                let answer = try await person.post(test.page("acknowledgement"), form: [("csrf", token)])
                #expect(answer.status == 303)
                #expect(answer["location"] == test.page())
            }
            let without = try await person.post(test.page("progress"), form: [("note", "x")])
            #expect(without.status == 403)
        }
        #expect(try await test.department.said() == ["case.acknowledged.quality"])
    }

    @Test func aCommandThatCameTooLateIsShownOnThePage() async throws {
        let test = try TestDesk()
        try await test.department.bring(to: .investigated)
        try await test.serve { client in
            let person = try await client.named("wang")
            let token = try #require(try await person.get(test.page()).hidden("csrf"))
            _ = try await test.department.hear(
                CaseCancelled(department: test.department.samples.quality, assignment: 1, reason: .withdrawn))
            let answer = try await person.post(
                test.page("investigation"),
                form: [
                    ("csrf", token), ("findings", "a"), ("directCause", "b"), ("rootCause", "c"),
                    ("responsibility", "d"),
                ])
            #expect(answer.status == 409)
            #expect(answer.text.contains("已取消"))
        }
    }
}

extension TestDepartment {
    /// Leads the test case to a state, by the steps that lead there.
    @discardableResult
    func bring(to state: WorkState) async throws -> WorkOrder {
        let isAssisting = [.opinionDue, .opinionGiven].contains(state)
        _ = try await hear(samples.assigned(role: isAssisting ? .assisting : .lead))
        for move in Samples.steps(to: state) {
            switch move {
            case .does(let command): _ = try await does(command)
            case .heads(let command): _ = try await does(command, by: Samples.head)
            case .hears(let notice): #expect(try await hear(samples.event(notice)) == [.handled])
            }
        }
        let order = try #require(try await order())
        #expect(order.state == state)
        return order
    }
}
