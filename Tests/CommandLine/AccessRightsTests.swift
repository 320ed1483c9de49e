import Contracts
import Messaging
import Testing

@testable import CommandLineTool

/// Each department's credentials read only its own queues and publish only what departments say.
@Suite struct AccessRightsTests {
    static let logistics = DepartmentID("logistics")

    private func matches(_ pattern: String, _ name: String) throws -> Bool {
        try Regex(pattern).firstMatch(in: name) != nil
    }

    @Test(
        "A department reads its own queues and nobody else's",
        arguments: [
            ("redress.department.logistics", true), ("redress.dead.department.logistics", true),
            ("redress.retry.department.logistics.5s", true), ("redress.retry.department.logistics.10m", true),
            ("redress.department.logistics.3", true), ("redress.events", true),
            ("redress.department.logistics-north", false), ("redress.department.finance", false),
            ("redress.retry.department.finance.5s", false), ("redress.routing", false), ("redress.journal", false),
            ("redress.dead.routing", false), ("amq.default", false), ("xredress.department.logistics", false),
        ])
    func reads(queue: String, isAllowed: Bool) throws {
        let rights = AccessRights(service: .department, department: Self.logistics)
        #expect(try matches(rights.read, queue) == isAllowed)
    }

    @Test(
        "A department declares its own things only, and writes past nobody",
        arguments: [
            ("redress.department.logistics", true, true), ("redress.retry.department.logistics.30s", true, true),
            ("redress.events", false, true), ("redress.journal", false, false), ("redress.callback", false, false),
            ("amq.default", false, false), ("redress.department.finance", false, false),
        ])
    func writes(name: String, declares: Bool, writes: Bool) throws {
        let rights = AccessRights(service: .department, department: Self.logistics)
        #expect(try matches(rights.configure, name) == declares)
        #expect(try matches(rights.write, name) == writes)
    }

    @Test(
        "A department publishes what departments say, in its own name",
        arguments: [
            ("case.acknowledged.logistics", true), ("solution.proposed.logistics", true),
            ("opinion.requested.finance", true), ("deadline.missed.logistics", true), ("ledger.counted.-", false),
            ("case.acknowledged.finance", false), ("complaint.closed.-", false), ("case.assigned.logistics", false),
            ("solution.accepted.logistics", false), ("complaint.received.-", false),
        ])
    func publishes(key: String, isAllowed: Bool) throws {
        let rights = AccessRights(service: .department, department: Self.logistics)
        #expect(try matches(rights.publishes, key) == isAllowed)
    }

    @Test(
        "A department hears only what is for it",
        arguments: [
            ("case.assigned.logistics", true), ("solution.accepted.logistics", true), ("case.assigned.finance", false),
            ("case.assigned.*", false), ("#", false), ("complaint.received.-", false),
        ])
    func hears(key: String, isAllowed: Bool) throws {
        let rights = AccessRights(service: .department, department: Self.logistics)
        #expect(try matches(rights.hears, key) == isAllowed)
    }

    @Test("Operations empties every dead queue and sends back to every consumer")
    func operations() throws {
        let rights = AccessRights(service: .operations)
        for consumer in ["routing", "callback", "reporting", "operations", "department.finance"] {
            #expect(try matches(rights.read, "redress.dead.\(consumer)"))
            #expect(try matches(rights.write, "redress.\(consumer)"))
        }
        #expect(try !matches(rights.read, "redress.routing"))
        #expect(try !matches(rights.configure, "redress.dead.routing"))
    }

    @Test(
        "Every message is said by somebody, and each service may publish what it says", arguments: ServiceKind.allCases)
    func everybodySpeaks(service: ServiceKind) throws {
        let department = service == .department ? Self.logistics : nil
        let rights = AccessRights(service: service, department: department)
        for type in MessageFlow.said(by: service) {
            #expect(try matches(rights.publishes, type.routingKey(department: department)), "\(type)")
        }
        let said = Set(ServiceKind.allCases.flatMap(MessageFlow.said))
        #expect(said == Set(MessageCatalogue.all.map { $0.type }))
    }

    @Test("A service may bind its queue to all that it listens to", arguments: ServiceKind.allCases)
    func everybodyListens(service: ServiceKind) throws {
        let department = service == .department ? Self.logistics : nil
        let rights = AccessRights(service: service, department: department)
        for key in MessageFlow.bindingKeys(of: service, department: department) {
            #expect(try matches(rights.hears, key), "\(key)")
        }
    }
}
