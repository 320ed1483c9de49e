import Contracts
import Foundation
import Messaging
import Testing

@testable import CallbackService
@testable import DepartmentService
@testable import ReportingService
@testable import RoutingService

/// What must be true when nothing is on the wire any more, whatever order things happened in.
extension Company {
    /// All services say the same of a complaint, and nothing was parked.
    ///
    /// - Returns: where it stands.
    @discardableResult
    func agreement(
        on number: TicketNumber, _ location: SourceLocation = #_sourceLocation
    ) async throws -> Stand {
        let dead = stations.flatMap(\.deadLetters)
        #expect(dead.isEmpty, "nothing may be parked", sourceLocation: location)
        #expect(stations.allSatisfy { $0.onTheWire.isEmpty }, sourceLocation: location)
        let routing = try #require(try await routing.view(number), sourceLocation: location)
        let callback = try #require(try await callback.view(number), sourceLocation: location)
        let reporting = try #require(try await reporting.view(number), sourceLocation: location)
        let stand = try #require(routing.stands.first, sourceLocation: location)
        for other in [callback, reporting] {
            #expect(other.stands.contains(stand), "\(routing) — \(other)", sourceLocation: location)
            #expect(other.outcome == routing.outcome, "\(routing) — \(other)", sourceLocation: location)
            #expect(other.survivor == routing.survivor, "\(routing) — \(other)", sourceLocation: location)
            #expect(other.round == routing.round, "\(routing) — \(other)", sourceLocation: location)
            if !stand.isEnd, let lead = routing.lead {
                #expect(other.lead == lead, "\(routing) — \(other)", sourceLocation: location)
            }
        }
        if [.withCustomer, .carryingOut, .calling].contains(stand) {
            #expect(callback.version == routing.version, "\(callback) — \(routing)", sourceLocation: location)
            #expect(reporting.version == routing.version, "\(reporting) — \(routing)", sourceLocation: location)
        }
        try await expectIntake(routing, on: number, location)
        try await expectDepartments(routing, on: number, location)
        try await expectNumbers(on: number, location)
        try await expectClocks(on: number, stand, location)
        try await expectLedger(location)
        return stand
    }

    /// What was withdrawn has ended, and nothing else is taken for withdrawn.
    private func expectIntake(_ routing: View, on number: TicketNumber, _ location: SourceLocation) async throws {
        let isWithdrawn = try await intake.isWithdrawn(number)
        let stand = try #require(routing.stands.first, sourceLocation: location)
        #expect(isWithdrawn ? stand.isEnd : stand != .withdrawn, "\(routing)", sourceLocation: location)
    }

    /// The leading department stands where the complaint stands; to every other there is nothing left to do.
    private func expectDepartments(
        _ routing: View, on number: TicketNumber, _ location: SourceLocation
    ) async throws {
        for (id, house) in departments.sorted(by: { $0.key.text < $1.key.text }) {
            guard let order = try await house.order(number) else { continue }
            if let stand = routing.stands.first, !stand.isEnd, routing.lead == id {
                let view = try #require(try await house.view(number), sourceLocation: location)
                #expect(view.stands.contains(stand), "\(routing) — \(view)", sourceLocation: location)
                #expect(view.round == routing.round, "\(routing) — \(view)", sourceLocation: location)
            } else if order.role == .lead {
                #expect(!order.state.isOpen, "\(id) \(order.state) — \(routing)", sourceLocation: location)
                guard let view = try await house.view(number), !view.stands.isEmpty else { continue }
                #expect(view.stands == routing.stands, "\(routing) — \(view)", sourceLocation: location)
                #expect(view.outcome == routing.outcome, "\(routing) — \(view)", sourceLocation: location)
            } else if routing.stands.first?.isEnd == true {
                #expect(!order.state.isOpen, "\(id) \(order.state) — \(routing)", sourceLocation: location)
            }
        }
    }

    /// What people call solutions counts from 1 and leaves none out, and everybody calls a version the same.
    private func expectNumbers(on number: TicketNumber, _ location: SourceLocation) async throws {
        let details = try #require(try await reporting.details(number), sourceLocation: location)
        let called = details.record.numbers
        let numbers = Set(called.values)
        #expect(numbers.sorted() == Array(1..<(numbers.count + 1)), sourceLocation: location)
        for proposal in try await callback.proposals(number) {
            #expect(called[proposal.version] == proposal.solution.shownNumber, sourceLocation: location)
        }
    }

    /// Both know the same runs of the same clocks, and what ran out and what was kept; nothing runs after the end.
    private func expectClocks(
        on number: TicketNumber, _ stand: Stand, _ location: SourceLocation
    ) async throws {
        let now = clock.now()
        let judged = Set(try await routing.runs(number, at: now))
        let reported = Set(try await reporting.runs(number, at: now))
        #expect(reported.subtracting(judged).isEmpty, "\(judged.subtracting(reported))", sourceLocation: location)
        #expect(judged.subtracting(reported).isEmpty, "\(reported.subtracting(judged))", sourceLocation: location)
        try await expectDepartmentClocks(on: number, location)
        guard stand.isEnd else { return }
        #expect(!judged.contains { $0.verdict == .running }, sourceLocation: location)
        #expect(try await routing.pressing(number).isEmpty, sourceLocation: location)
    }

    /// The leading department works by exactly those of its clocks that run.
    private func expectDepartmentClocks(on number: TicketNumber, _ location: SourceLocation) async throws {
        guard let dossier = try await routing.dossier(number), let lead = dossier.record.handling?.lead else { return }
        guard let order = try await departments[lead]?.order(number) else { return }
        let kept = OpenClocks.of(order).filter { $0.clock != "promise" && $0.isDepartments }
        let running = dossier.clocks.filter { $0.stoppedAt == nil }.map(\.deadline).filter(\.isDepartments)
        #expect(Set(kept.map(\.run)) == Set(running.map(\.run)), "\(order.state)", sourceLocation: location)
        for deadline in kept where !order.isWaitingForCustomer {
            let due = running.first { $0.run == deadline.run }?.dueAt.milliseconds
            #expect(due == deadline.dueAt.milliseconds, "\(deadline.clock)", sourceLocation: location)
        }
    }

    /// Received = open + closed + withdrawn + merged.
    private func expectLedger(_ location: SourceLocation) async throws {
        let received = try await intake.station.ledger()["received"] ?? 0
        let counted = try await routing.ledger()
        let closed = try await callback.station.ledger()["closed"] ?? 0
        let sum = ["open", "withdrawn", "merged"].reduce(closed) { $0 + (counted[$1] ?? 0) }
        #expect(received == sum, "\(counted), closed \(closed)", sourceLocation: location)
        #expect(counted["registered"] == received, sourceLocation: location)
    }
}

extension Deadline {
    /// True when a department's own work stops it.
    fileprivate var isDepartments: Bool {
        let said = Set(MessageFlow.said(by: .department).map { "\($0.noun).\($0.verb)" })
        return !said.isDisjoint(with: stops ?? [])
    }

    /// Which run of which clock.
    fileprivate var run: String { "\(clock) \(startedAt.milliseconds)" }
}
