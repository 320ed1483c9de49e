import Contracts
import Testing

@testable import CallbackService
@testable import DepartmentService
@testable import ReportingService
@testable import RoutingService

/// A complaint is merged into another, or handled together with others, while it is being handled again (返工, K15). It ends
/// once, the same way on every service.
@Suite("A merger and a rework")
struct MergeRaceTests {
    /// Whose word is put on the wire first.
    enum Order: CaseIterable, Sendable {
        case callbackFirst, routingFirst
    }

    /// The rework is ordered while the desk merges the complaint; neither has heard the other.
    @Test(arguments: Order.allCases)
    func reworkOrderedWhileMerging(_ order: Order) async throws {
        let company = try Company()
        let number = try await company.complaint(at: .implemented)
        let survivor = try await company.complaint(at: .investigated)
        #expect(try await company.callback.survey(number, solved: false) == nil)
        try await company.routing.merge(number, into: survivor)
        try await run(order, company)
        #expect(try await company.agreement(on: number) == .merged)
        #expect(try await company.agreement(on: survivor) == .working)
        #expect(try await company.quality.order(number)?.stage == .cancelled(.merged))
        // Whoever says more afterwards is sent to the survivor.
        #expect(try await company.callback.survey(number, solved: true) == .ended(.merged))
    }

    /// The department works on the rework, and says so, while the desk merges.
    @Test(arguments: Order.allCases, [Point.reworking, .investigatedAgain])
    func workingWhileMerging(_ order: Order, _ point: Point) async throws {
        let company = try Company()
        let number = try await company.complaint(at: point)
        let survivor = try await company.complaint(at: .assigned)
        let command = point == .reworking ? WorkCommand.found("又查") : .solve("换新", due: company.tomorrow)
        #expect(try await company.quality.does(command, on: number) == nil)
        try await company.routing.merge(number, into: survivor)
        let (quality, routing) = (try company.quality.station, company.routing.station)
        for station in order == .routingFirst ? [routing, quality] : [quality, routing] { try await station.speak() }
        try await company.settle()
        #expect(try await company.agreement(on: number) == .merged)
        #expect(try await company.quality.does(.acknowledge, on: number) == "ended")
        try await company.agreement(on: survivor)
    }

    /// The customer is satisfied, and so it is closed, while the desk merges it: what Callback has closed is closed.
    @Test(arguments: Order.allCases)
    func closedWhileMerging(_ order: Order) async throws {
        let company = try Company()
        let number = try await company.complaint(at: .implemented)
        let survivor = try await company.complaint(at: .investigated)
        // Whichever happened first by the clock.
        if order == .callbackFirst {
            #expect(try await company.callback.survey(number, solved: true) == nil)
            company.pass(1)
            try await company.routing.merge(number, into: survivor)
        } else {
            try await company.routing.merge(number, into: survivor)
            company.pass(1)
            #expect(try await company.callback.survey(number, solved: true) == nil)
        }
        try await run(order, company)
        #expect(try await company.agreement(on: number) == .closed)
        #expect(try await company.quality.order(number)?.stage == .closed(.satisfied))
    }

    /// The customer withdraws at Intake what the desk merges: its work went to the survivor, and so that stands, whoever
    /// hears of what first.
    @Test(arguments: [true, false], [Point.assigned, .implemented, .reworking])
    func withdrawnWhileMerging(withdrawnFirst: Bool, _ point: Point) async throws {
        let company = try Company()
        let number = try await company.complaint(at: point)
        let survivor = try await company.complaint(at: .investigated)
        if withdrawnFirst { try await company.intake.withdraw(number) }
        company.pass(1)
        try await company.routing.merge(number, into: survivor)
        company.pass(1)
        if !withdrawnFirst { try await company.intake.withdraw(number) }
        // Callback hears of the withdrawal first, or of the merger.
        let (intake, routing) = (company.intake.station, company.routing.station)
        for station in withdrawnFirst ? [intake, routing] : [routing, intake] { try await station.speak() }
        try await company.settle()
        #expect(try await company.agreement(on: number) == .merged)
        #expect(try await company.quality.order(number)?.stage == .cancelled(.merged))
        #expect(try await company.agreement(on: survivor) == .working)
    }

    /// The customer withdraws at Intake while Callback closes.
    @Test(arguments: Order.allCases)
    func closedWhileWithdrawn(_ order: Order) async throws {
        let company = try Company()
        let number = try await company.complaint(at: .implemented)
        if order == .callbackFirst {
            #expect(try await company.callback.survey(number, solved: true) == nil)
            company.pass(1)
            try await company.intake.withdraw(number)
        } else {
            try await company.intake.withdraw(number)
            company.pass(1)
            #expect(try await company.callback.survey(number, solved: true) == nil)
        }
        let (callback, intake) = (company.callback.station, company.intake.station)
        for station in order == .callbackFirst ? [callback, intake] : [intake, callback] {
            try await station.speak()
            while try await company.routing.station.hear() {}
            try await company.routing.station.speak()
        }
        try await company.settle()
        #expect(try await company.agreement(on: number) == .closed)
        #expect(try await company.quality.order(number)?.stage == .closed(.satisfied))
    }

    /// While the rework is on its way the desk cannot group the complaint, because it believes it done; afterwards it can.
    @Test func groupedBeforeAndAfterTheReworkIsHeard() async throws {
        let company = try Company()
        let number = try await company.complaint(at: .implemented)
        let lead = try await company.complaint(at: .investigated)
        #expect(try await company.callback.survey(number, solved: false) == nil)
        await #expect(throws: GroupRules.Rejection.notOpen(number)) {
            try await company.routing.group(lead, with: [number])
        }
        try await company.settle()
        try await company.routing.group(lead, with: [number])
        try await company.settle()
        #expect(try await company.agreement(on: number) == .working)
        try await company.step(lead, [.solve("都换新", due: company.tomorrow)])
        #expect(try await company.agreement(on: lead) == .withCustomer)
        #expect(try await company.agreement(on: number) == .withCustomer)
    }

    /// Another department leads the group: it takes the rework over, whatever the first department says meanwhile.
    @Test(arguments: Order.allCases, [Point.reworking, .investigatedAgain])
    func groupedUnderAnotherDepartment(_ order: Order, _ point: Point) async throws {
        let company = try Company()
        let number = try await company.complaint(at: point)
        let lead = try await company.intake.accept("快递送货太慢，送错了地方")
        try await company.settle()
        let command = point == .reworking ? WorkCommand.found("又查") : .solve("换新", due: company.tomorrow)
        #expect(try await company.quality.does(command, on: number) == nil)
        try await company.routing.group(lead, with: [number])
        let (quality, routing) = (try company.quality.station, company.routing.station)
        for station in order == .routingFirst ? [routing, quality] : [quality, routing] { try await station.speak() }
        try await company.settle()
        #expect(try await company.agreement(on: number) == .signing)
        let logistics = try company.department(Company.logistics)
        for command in [WorkCommand.acknowledge, .found(), .solve("重新配送", due: company.tomorrow)] {
            #expect(try await logistics.does(command, on: lead) == nil)
            try await company.settle()
        }
        #expect(try await company.agreement(on: number) == .withCustomer)
    }

    /// Routing and Callback have both spoken; `order` says whose words the others hear first.
    private func run(_ order: Order, _ company: Company) async throws {
        let (callback, routing) = (company.callback.station, company.routing.station)
        for station in order == .callbackFirst ? [callback, routing] : [routing, callback] { try await station.speak() }
        try await company.settle()
    }
}
