import Contracts
import Testing

@testable import CallbackService

@Suite("Where a complaint stands with its customer")
struct CasePolicyTests {
    private let policy: CasePolicy

    init() throws { policy = CasePolicy(try .example()) }

    private func standing(_ state: CustomerCase, _ event: CaseEvent) throws -> Standing {
        try policy.decide(state, event).state.standing
    }

    /// Message by message through a life without trouble.
    @Test func goesFromReceivedToClosed() throws {
        var state = CustomerCase()
        let events: [(CaseEvent, Standing)] = [
            (.accepted(round: 1), .inProgress),
            (.assigned(.first), .inProgress),
            (.proposed(version: 1, round: 1, department: .logistics), .proposed(version: 1)),
            (.proposalAnswered(version: 1, .accept, .customer), .agreed(version: 1)),
            (.implemented(version: 1), .callbackDue(version: 1)),
            (.called(.content, call: nil, .customer), .closed(.satisfied)),
        ]
        for (event, expected) in events {
            state = try policy.decide(state, event).state
            #expect(state.standing == expected, "after \(event)")
        }
    }

    static let messageSteps: [(Standing, CaseEvent, Standing)] = [
        (.received, .settled(by: .staff("chen")), .closed(.settledAtFirstContact)),
        (.received, .answered(by: .staff("lin")), .closed(.answered)),
        (.explaining(round: 1), .answered(by: .staff("lin")), .closed(.answered)),
        (.disputed(round: 1), .answered(by: .staff("lin")), .closed(.answered)),
        (.received, .rejected(round: 2), .explaining(round: 2)),
        (.disputed(round: 1), .rejected(round: 2), .explaining(round: 2)),
        (.disputed(round: 1), .accepted(round: 2), .inProgress),
        (.disputed(round: 1), .assigned(.first), .inProgress),
        (.received, .assigned(.first), .inProgress),
        (.received, .proposed(version: 2, round: 1, department: .logistics), .proposed(version: 2)),
        (.inProgress, .withdrawn, .withdrawn),
        (.callbackDue(version: 1), .withdrawn, .withdrawn),
        (.proposed(version: 1), .merged(into: .other), .merged(into: .other)),
        (.reworking, .proposed(version: 2, round: 2, department: .logistics), .proposed(version: 2)),
    ]

    @Test(arguments: messageSteps)
    func messagesMoveIt(_ before: Standing, _ event: CaseEvent, _ after: Standing) throws {
        let state = CustomerCase(standing: before, judgementRound: 1, solutionVersion: 1)
        #expect(try standing(state, event) == after)
    }

    static let lateSteps: [(Standing, CaseEvent)] = [
        (.explaining(round: 2), .accepted(round: 1)),
        (.explaining(round: 2), .rejected(round: 2)),
        (.inProgress, .rejected(round: 1)),
        (.agreed(version: 2), .rejected(round: 1)),
        (.agreed(version: 2), .implemented(version: 1)),
        (.inProgress, .proposed(version: 2, round: 1, department: .logistics)),
        (.callbackDue(version: 2), .proposed(version: 2, round: 1, department: .logistics)),
        (.explaining(round: 2), .proposed(version: 1, round: 1, department: .logistics)),
        (.explaining(round: 2), .assigned(Assignment(number: 1, lead: .logistics, nextSolutionVersion: 1, round: 1))),
        (.closed(.satisfied), .proposed(version: 9, round: 9, department: .logistics)),
        (.closed(.satisfied), .withdrawn),
        (.withdrawn, .accepted(round: 9)),
        (.merged(into: .other), .settled(by: .staff("chen"))),
    ]

    @Test(arguments: lateSteps)
    func whatIsLateChangesNothing(_ standing: Standing, _ event: CaseEvent) throws {
        let state = CustomerCase(standing: standing, judgementRound: 2, assignment: 1, solutionVersion: 2)
        #expect(try policy.decide(state, event) == CaseDecision(state))
    }

    static let illegalSteps: [(Standing, CaseEvent)] = [
        (.inProgress, .settled(by: .staff("chen"))),
        (.agreed(version: 1), .rejected(round: 2)),
        (.agreed(version: 1), .answered(by: .staff("lin"))),
        (.callbackDue(version: 1), .proposed(version: 2, round: 1, department: .logistics)),
        (.proposed(version: 1), .implemented(version: 1)),
        (.agreed(version: 1), .implemented(version: 2)),
    ]

    @Test(arguments: illegalSteps)
    func whatTheProcedureDoesNotAllowIsNamed(_ standing: Standing, _ event: CaseEvent) throws {
        let state = CustomerCase(standing: standing, judgementRound: 1, solutionVersion: 1)
        let rejection = #expect(throws: Rejection.self) { try policy.decide(state, event) }
        guard case .notAllowed = rejection else {
            Issue.record("\(String(describing: rejection)) instead of notAllowed")
            return
        }
    }

    @Test func whatIsAheadOfAJudgementComesAgain() throws {
        let state = CustomerCase(standing: .explaining(round: 1), judgementRound: 1)
        for event in [CaseEvent.assigned(.first), .proposed(version: 1, round: 1, department: .logistics)] {
            let rejection = #expect(throws: Rejection.self) { try policy.decide(state, event) }
            guard case .premature = rejection else {
                Issue.record("\(String(describing: rejection)) instead of premature")
                return
            }
        }
    }

    @Test func anotherDepartmentVoidsTheProposalBeforeIt() throws {
        let state = CustomerCase(standing: .proposed(version: 1), assignment: 1, lead: .logistics, solutionVersion: 1)
        let second = Assignment(number: 2, lead: .quality, nextSolutionVersion: 2, round: 1)
        let decision = try policy.decide(state, .assigned(second))
        #expect(decision.state.standing == .inProgress)
        #expect(decision.state.lead == .quality)
        #expect(
            try policy.decide(decision.state, .proposed(version: 1, round: 1, department: .logistics)).state
                == decision.state)
    }

    @Test func anAssignmentThatComesAfterItsProposalKeepsIt() throws {
        let early = try policy.decide(CustomerCase(), .proposed(version: 1, round: 1, department: .logistics)).state
        #expect(try standing(early, .assigned(.first)) == .proposed(version: 1))
    }

    // MARK: What the customer says

    @Test func acceptingTheExplanationClosesIt() throws {
        let state = CustomerCase(standing: .explaining(round: 2), judgementRound: 2)
        let decision = try policy.decide(state, .explanationAnswered(.accept, .customer))
        #expect(decision.state.standing == .closed(.explained))
        #expect(
            decision.messages == [
                .explanationAccepted(ExplanationAccepted(round: 2, by: .customer)),
                .complaintClosed(ComplaintClosed(outcome: .explained, by: .customer)),
            ])
    }

    @Test func disputingItHasItJudgedAgain() throws {
        let state = CustomerCase(standing: .explaining(round: 1), judgementRound: 1)
        let decision = try policy.decide(
            state, .explanationAnswered(.dispute, Statement(comment: "不对", by: .customer)))
        #expect(decision.state.standing == .disputed(round: 1))
        #expect(
            decision.messages == [
                .explanationDisputed(ExplanationDisputed(round: 1, comment: "不对", by: .customer))
            ])
    }

    @Test func decliningNeedsAnObjectionThatGoesToTheDepartment() throws {
        let state = CustomerCase(standing: .proposed(version: 3), lead: .logistics, solutionVersion: 3)
        #expect(throws: Rejection.objectionRequired) {
            try policy.decide(state, .proposalAnswered(version: 3, .decline, .customer))
        }
        let decision = try policy.decide(
            state, .proposalAnswered(version: 3, .decline, Statement(comment: "赔偿太少", by: .customer)))
        #expect(decision.state.standing == .inProgress)
        #expect(
            decision.messages == [
                .solutionDeclined(
                    SolutionDeclined(department: .logistics, version: 3, objection: "赔偿太少", by: .customer))
            ])
    }

    @Test func aStaleVersionNamesTheCurrentOne() throws {
        let state = CustomerCase(standing: .proposed(version: 3), lead: .logistics, solutionVersion: 3)
        #expect(throws: Rejection.staleProposal(current: 3)) {
            try policy.decide(state, .proposalAnswered(version: 2, .accept, .customer))
        }
        let declined = CustomerCase(standing: .inProgress, lead: .logistics, solutionVersion: 3)
        #expect(throws: Rejection.staleProposal(current: nil)) {
            try policy.decide(declined, .proposalAnswered(version: 3, .accept, .customer))
        }
    }

    @Test func aVersionThatDoesNotExistYetIsNotExpired() throws {
        let state = CustomerCase(standing: .proposed(version: 3), lead: .logistics, solutionVersion: 3)
        #expect(throws: Rejection.unknownProposal(version: 4)) {
            try policy.decide(state, .proposalAnswered(version: 4, .accept, .customer))
        }
        #expect(throws: Rejection.unknownProposal(version: 4)) {
            try policy.decide(state, .ruled(version: 4, .carryOut, .customer))
        }
        #expect(throws: Rejection.unknownProposal(version: 1)) {
            try policy.decide(CustomerCase(), .proposalAnswered(version: 1, .accept, .customer))
        }
    }

    @Test(arguments: [Standing.agreed(version: 1), .callbackDue(version: 1), .closed(.satisfied), .withdrawn])
    func theSameAnswerTwiceSaysNothingNew(_ standing: Standing) throws {
        let state = CustomerCase(
            standing: standing, lead: .logistics, solutionVersion: 1, proposals: [1: ProposalCourse(answer: .accept)])
        let again = try policy.decide(state, .proposalAnswered(version: 1, .accept, .customer))
        #expect(again == CaseDecision(state, isRepetition: true))
        #expect(throws: Rejection.answeredOtherwise) {
            try policy.decide(
                state, .proposalAnswered(version: 1, .decline, Statement(comment: "反悔", by: .customer)))
        }
    }

    @Test(arguments: [Standing.received, .inProgress, .proposed(version: 1), .agreed(version: 1), .reworking])
    func nothingIsAskedBeforeItIsDue(_ standing: Standing) {
        let state = CustomerCase(standing: standing, solutionVersion: 1)
        #expect(throws: Rejection.noCallbackDue) { try policy.decide(state, .called(.content, call: nil, .customer)) }
        #expect(throws: Rejection.noExplanation) {
            try policy.decide(state, .explanationAnswered(.accept, .customer))
        }
    }

    @Test(arguments: [Standing.closed(.satisfied), .withdrawn, .merged(into: .other)])
    func nothingIsAnsweredAfterTheEnd(_ standing: Standing) {
        let state = CustomerCase(standing: standing, judgementRound: 1, solutionVersion: 1)
        for event in [
            CaseEvent.called(.content, call: nil, .customer), .explanationAnswered(.accept, .customer),
            .proposalAnswered(version: 1, .accept, .customer),
        ] {
            #expect(throws: Rejection.ended(standing.name)) { try policy.decide(state, event) }
        }
    }
}
