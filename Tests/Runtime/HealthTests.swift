import Foundation
import Runtime
import Testing

@Suite struct HealthTests {
    @Test(arguments: [
        ([], HealthStatus.State.ok, true),
        ([HealthStatus.ok, .ok], .ok, true),
        ([.ok, .degraded("backlog of 5000")], .degraded, true),
        ([.degraded("x"), .failed("broker away"), .ok], .failed, false),
    ])
    func theWorstCheckDecides(statuses: [HealthStatus], state: HealthStatus.State, isReady: Bool) async {
        let registry = HealthRegistry()
        for (index, status) in statuses.enumerated() { registry.register("check \(index)") { status } }
        let report = await registry.report()
        #expect(report.state == state)
        #expect(report.isReady == isReady)
        #expect(report.checks.count == statuses.count)
    }

    @Test func aCheckThatThrowsHasFailed() async {
        struct Broken: Error, CustomStringConvertible { let description = "disk is gone" }
        let registry = HealthRegistry()
        registry.register("store") { throw Broken() }
        #expect(await registry.report().checks["store"] == .failed("disk is gone"))
    }

    @Test func aCheckThatHangsFailsWithoutHoldingUpTheOthers() async {
        let registry = HealthRegistry(limit: .milliseconds(20))
        let never = AsyncStream<Void>.makeStream()
        registry.register("broker") {
            for await _ in never.stream {}
            return .ok
        }
        registry.register("store") { .ok }
        let report = await registry.report()
        #expect(report.checks["broker"]?.state == .failed)
        #expect(report.checks["store"] == .ok)
        never.continuation.finish()
    }
}
