import Contracts
import Testing

@testable import RoutingService

@Suite("Routing's state machine")
struct RoutingPolicyTests {
    static let quality = Samples.department("product-quality")
    static let logistics = Samples.department("logistics")

    static func handling(
        _ phase: Handling.Phase = .awaitingAcknowledgement, assisting: [DepartmentID] = [], isRuling: Bool = false
    ) -> RoutingState {
        .handling(
            Handling(assignment: 1, lead: quality, assisting: assisting, isRuling: isRuling, phase: phase))
    }

    static func file(
        _ state: RoutingState, returns: Int = 0, round: Int = 1, version: Int = 0, step: SolutionMark.Step = .none
    ) -> CaseFile {
        let assignments = if case .handling = state { 1 } else { 0 }
        return CaseFile(
            state: state, assignments: assignments, returns: returns, round: round, highestVersion: version,
            mark: SolutionMark(version: version, step: step))
    }

    /// A state, an event, and where it leads.
    struct Step: Sendable, CustomTestStringConvertible {
        var file: CaseFile
        var event: RoutingEvent
        var state: RoutingState
        var standing: RoutingDecision.Standing = .moved
        var effects: [RoutingEffect] = []

        var testDescription: String { "\(StateName(file.state)) + \(event)" }
    }

    static let desk: [Step] = [
        Step(
            file: file(.awaitingJudgement(round: 1)), event: .judgedValid, state: .awaitingAssignment,
            effects: [.accept(round: 1)]),
        Step(
            file: file(.awaitingJudgement(round: 2)), event: .judgedInvalid, state: .explaining(round: 2),
            effects: [.reject(round: 2)]),
        Step(file: file(.awaitingJudgement(round: 1)), event: .judgedEnquiry, state: .answered, effects: [.answer]),
        Step(file: file(.awaitingAnswer), event: .judgedEnquiry, state: .answered, effects: [.answer]),
        Step(
            file: file(.awaitingAnswer), event: .judgedValid, state: .awaitingAssignment, effects: [.accept(round: 1)]),
        Step(
            file: file(.explaining(round: 1)), event: .explanationDisputed(round: 1),
            state: .awaitingJudgement(round: 2)),
        Step(
            file: file(.explaining(round: 1)), event: .explanationAccepted(round: 1), state: .explaining(round: 1),
            standing: .noted),
        Step(
            file: file(.explaining(round: 2)), event: .explanationDisputed(round: 1), state: .explaining(round: 2),
            standing: .late),
        Step(
            file: file(.awaitingJudgement(round: 2)), event: .explanationDisputed(round: 1),
            state: .awaitingJudgement(round: 2), standing: .late),
        Step(
            file: file(.awaitingAssignment),
            event: .assigned(lead: quality, assisting: [logistics], bySupervisor: false),
            state: handling(assisting: [logistics]), effects: [.assign(assignment: 1, isRuling: false)]),
        Step(
            file: file(handling(.investigating)), event: .urged, state: handling(.investigating), standing: .noted,
            effects: [.urge(quality)]),
    ]

    static let following: [Step] = [
        Step(file: file(handling()), event: .acknowledged(quality, assignment: 1), state: handling(.investigating)),
        Step(
            file: file(handling(.proposed)), event: .acknowledged(quality, assignment: 1), state: handling(.proposed),
            standing: .late),
        Step(
            file: file(handling(assisting: [logistics])), event: .acknowledged(logistics, assignment: 1),
            state: handling(assisting: [logistics]), standing: .aside),
        Step(file: file(handling()), event: .investigated(quality, round: 1), state: handling(), standing: .noted),
        Step(
            file: file(handling(.investigating)), event: .drafted(quality, version: 1),
            state: handling(.awaitingApproval)),
        Step(
            file: file(handling(.awaitingApproval), version: 1, step: .drafted), event: .refused(quality, version: 1),
            state: handling(.investigating)),
        Step(file: file(handling()), event: .proposed(quality, version: 1, round: 1), state: handling(.proposed)),
        Step(
            file: file(handling(.proposed), version: 1, step: .proposed), event: .drafted(quality, version: 1),
            state: handling(.proposed), standing: .late),
        Step(
            file: file(handling(.proposed), version: 1, step: .proposed), event: .declined(version: 1),
            state: handling(.revising)),
        Step(
            file: file(handling(.proposed), version: 1, step: .proposed), event: .accepted(version: 1),
            state: handling(.implementing)),
        Step(
            file: file(handling(.implementing), version: 1, step: .answered),
            event: .implemented(quality, version: 1, round: 1), state: handling(.callback)),
        // The customer's yes is still on its way when the department reports.
        Step(
            file: file(handling(.proposed), version: 1, step: .proposed),
            event: .implemented(quality, version: 1, round: 1), state: handling(.callback)),
        Step(
            file: file(handling(.callback), version: 1, step: .implemented), event: .accepted(version: 1),
            state: handling(.callback), standing: .late),
        Step(
            file: file(handling(.callback), version: 1, step: .implemented), event: .calledBack,
            state: handling(.callback), standing: .noted),
        Step(
            file: file(handling(.callback), version: 1, step: .implemented), event: .reworkOrdered(round: 2),
            state: handling(.investigating)),
        // After the rework began, what is said of the first round is late.
        Step(
            file: file(handling(.investigating), round: 2, version: 1, step: .reworked),
            event: .implemented(quality, version: 1, round: 1), state: handling(.investigating), standing: .late),
        Step(
            file: file(handling(.investigating), round: 2, version: 1, step: .reworked), event: .accepted(version: 1),
            state: handling(.investigating), standing: .late),
        Step(
            file: file(handling(.investigating), round: 2, version: 1, step: .reworked),
            event: .reworkOrdered(round: 2), state: handling(.investigating), standing: .late),
        Step(
            file: file(handling(.investigating), round: 2, version: 1, step: .reworked),
            event: .proposed(quality, version: 2, round: 2), state: handling(.proposed)),
        Step(file: file(handling()), event: .returned(quality, assignment: 1), state: .awaitingAssignment),
        Step(
            file: file(handling(assisting: [logistics])), event: .returned(quality, assignment: 1),
            state: .awaitingAssignment,
            effects: [.cancel(logistics, as: .assisting, assignment: 1, .reassigned)]),
        Step(
            file: file(handling(assisting: [logistics])), event: .returned(logistics, assignment: 1), state: handling(),
            standing: .aside),
        Step(file: file(handling()), event: .returned(quality, assignment: 0), state: handling(), standing: .late),
    ]

    static let ends: [Step] = [
        Step(
            file: file(handling(.callback)), event: .closed(.satisfied), state: .closed(.satisfied),
            effects: [.count(.open, by: -1)]),
        Step(
            file: file(.settled), event: .closed(.settledAtFirstContact), state: .closed(.settledAtFirstContact),
            effects: [.count(.open, by: -1)]),
        Step(
            file: file(.withdrawn), event: .closed(.satisfied), state: .closed(.satisfied),
            effects: [.count(.withdrawn, by: -1)]),
        Step(file: file(.closed(.satisfied)), event: .closed(.satisfied), state: .closed(.satisfied), standing: .late),
        Step(file: file(.closed(.satisfied)), event: .withdrawn, state: .closed(.satisfied), standing: .late),
        Step(
            file: file(handling(assisting: [logistics])), event: .withdrawn, state: .withdrawn,
            effects: [
                .cancel(quality, as: .lead, assignment: 1, .withdrawn),
                .cancel(logistics, as: .assisting, assignment: 1, .withdrawn), .count(.open, by: -1),
                .count(.withdrawn, by: 1),
            ]),
        Step(
            file: file(.awaitingJudgement(round: 1)), event: .withdrawn, state: .withdrawn,
            effects: [.count(.open, by: -1), .count(.withdrawn, by: 1)]),
    ]

    @Test("leads from each state by each event to the next", arguments: desk + following + ends)
    func steps(step: Step) throws {
        let decision = try RoutingPolicy.decide(step.file, step.event, rulingAfter: 2)
        #expect(decision.file.state == step.state)
        #expect(decision.standing == step.standing)
        #expect(decision.effects == step.effects)
    }

    static let refusals: [(CaseFile, RoutingEvent, RoutingRejection)] = [
        (file(.awaitingAssignment), .judgedValid, .notAwaitingJudgement),
        (file(.explaining(round: 1)), .judgedInvalid, .notAwaitingJudgement),
        (file(.settled), .judgedEnquiry, .notAwaitingJudgement),
        (file(.closed(.satisfied)), .judgedValid, .ended), (file(.withdrawn), .urged, .ended),
        (file(.withdrawn), .assigned(lead: quality, assisting: [], bySupervisor: true), .ended),
        (
            file(.awaitingJudgement(round: 1)), .assigned(lead: quality, assisting: [], bySupervisor: true),
            .notAssignable
        ),
        (
            file(.awaitingAssignment, returns: 2), .assigned(lead: quality, assisting: [], bySupervisor: false),
            .needsSupervisor
        ),
        (file(.awaitingAssignment), .assigned(lead: quality, assisting: [quality], bySupervisor: false), .leadAssists),
        (file(handling()), .assigned(lead: quality, assisting: [], bySupervisor: false), .alreadyAssigned),
        (file(handling(.proposed)), .assigned(lead: logistics, assisting: [], bySupervisor: false), .withCustomer),
        (file(.awaitingAssignment), .urged, .nobodyToUrge),
        (file(handling(.investigating)), .drafted(quality, version: Int.max), .impossibleVersion(Int.max)),
        (file(handling(.investigating)), .proposed(quality, version: 0, round: 1), .impossibleVersion(0)),
        (file(handling(isRuling: true)), .returned(quality, assignment: 1), .returnOfRuling),
        (file(.awaitingJudgement(round: 1)), .acknowledged(quality, assignment: 1), .neverAssigned),
        (file(.merged(into: Samples.number(2))), .mergedInto(Samples.number(3)), .ended),
        (file(handling(.investigating)), .accepted(version: 1), .premature("solution 1 has not been proposed yet")),
        (
            file(handling(.investigating)), .implemented(quality, version: 1, round: 1),
            .premature("solution 1 has not been proposed yet")
        ),
        (
            file(handling(.investigating)), .proposed(quality, version: 2, round: 2),
            .premature("round 2 has not begun yet")
        ),
    ]

    @Test("refuses what a state does not allow, by name", arguments: refusals)
    func refusal(file: CaseFile, event: RoutingEvent, expected: RoutingRejection) {
        #expect(throws: expected) { try RoutingPolicy.decide(file, event, rulingAfter: 2) }
    }

    @Test("takes the case from its holders when it is assigned anew, and the second return makes the next a ruling")
    func reassignment() throws {
        let again = try RoutingPolicy.decide(
            Self.file(Self.handling(.investigating, assisting: [Self.logistics])),
            .assigned(lead: Self.logistics, assisting: [], bySupervisor: false), rulingAfter: 2)
        #expect(
            again.effects == [
                .cancel(Self.quality, as: .lead, assignment: 1, .reassigned),
                .cancel(Self.logistics, as: .assisting, assignment: 1, .reassigned),
                .assign(assignment: 2, isRuling: false),
            ])
        let ruling = try RoutingPolicy.decide(
            Self.file(.awaitingAssignment, returns: 2),
            .assigned(lead: Self.quality, assisting: [], bySupervisor: true), rulingAfter: 2)
        #expect(ruling.effects == [.assign(assignment: 1, isRuling: true)])
    }

    /// The events of a complaint that is declined once, reworked once and closed, in their natural order.
    static let life: [RoutingEvent] = [
        .acknowledged(quality, assignment: 1), .investigated(quality, round: 1),
        .proposed(quality, version: 1, round: 1),
        .declined(version: 1), .drafted(quality, version: 2), .proposed(quality, version: 2, round: 1),
        .accepted(version: 2),
        .implemented(quality, version: 2, round: 1), .calledBack, .reworkOrdered(round: 2),
        .proposed(quality, version: 3, round: 2), .accepted(version: 3), .implemented(quality, version: 3, round: 2),
        .calledBack, .closed(.satisfied),
    ]

    @Test(
        "comes to the same end in whatever order events arrive, when what is premature is tried again",
        arguments: 0..<200)
    func anyOrder(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        // Every event twice, as at-least-once delivery may do it; the closing comes at the end of a ticket.
        var pending = (Self.life.dropLast() + Self.life.dropLast()).shuffled(using: &generator)
        var file = Self.file(Self.handling())
        var attempts = 0
        while !pending.isEmpty, attempts < 2000 {
            attempts += 1
            let event = pending.removeFirst()
            do {
                file = try RoutingPolicy.decide(file, event, rulingAfter: 2).file
            } catch RoutingRejection.premature {
                pending.append(event)
            }
        }
        #expect(pending.isEmpty)
        #expect(file.state == Self.handling(.callback))
        #expect(file.round == 2)
        #expect(file.highestVersion == 3)
        let end = try RoutingPolicy.decide(file, .closed(.satisfied), rulingAfter: 2)
        #expect(end.file.state == .closed(.satisfied))
        for event in Self.life {
            #expect(try RoutingPolicy.decide(end.file, event, rulingAfter: 2).standing == .late)
        }
    }

    @Test("State names and phases agree", arguments: Handling.Phase.allCases)
    func names(phase: Handling.Phase) {
        #expect(StateName(phase).phase == phase)
    }
}

/// The same numbers every time, so that a failing order can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
