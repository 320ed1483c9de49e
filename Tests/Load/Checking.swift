import Contracts
import Foundation

/// Looks afterwards whether everything that was accepted has arrived.
struct Checking: Sendable {
    let clients: ServiceClients
    let patience: Double

    /// Reads every ticket in Reporting. A complaint whose ticket is not there, or not at an end, is lost.
    func tickets(_ numbers: [String]) async -> (spans: [String: Distribution], lost: [String]) {
        await withTaskGroup(of: (String, TicketTimes?).self) { group in
            var spans: [String: Distribution] = [:]
            var lost: [String] = []
            var waiting = numbers[...]
            for number in waiting.prefix(16) { group.addTask { (number, await ticket(number)) } }
            waiting = waiting.dropFirst(16)
            while let (number, ticket) = await group.next() {
                if let ticket, ticket.isEnded { ticket.add(to: &spans) } else { lost.append(number) }
                if let next = waiting.popFirst() { group.addTask { (next, await self.ticket(next)) } }
            }
            return (spans, lost.sorted())
        }
    }

    /// Waits until the complaint's last event has come.
    private func ticket(_ number: String) async -> TicketTimes? {
        await repeated { () async throws -> TicketTimes? in
            let answer = try await clients.send(.GET, "reporting", "/reporting/api/tickets/\(number)", as: .manager)
            guard answer.status == 200 else { return nil }
            let ticket = try ContractJSON.decode(TicketTimes.self, from: answer.body)
            return ticket.isEnded ? ticket : nil
        }
    }

    /// Waits until the books balance; what they say in the end when they never do.
    func reconciliation() async -> LoadReport.Reconciliation? {
        let balanced = await repeated { () async throws -> LoadReport.Reconciliation? in
            try await currentReconciliation().flatMap { $0.isSound ? $0 : nil }
        }
        if let balanced { return balanced }
        return try? await currentReconciliation()
    }

    private func currentReconciliation() async throws -> LoadReport.Reconciliation? {
        let answer = try await clients.send(
            .GET, "operations", "/operations/api/reconciliation", as: .operator)
        guard answer.status == 200 else { return nil }
        return try JSONDecoder().decode(LoadReport.Reconciliation.self, from: answer.body)
    }

    private func repeated<Value>(_ attempt: () async throws -> Value?) async -> Value? {
        let end = monotonicSeconds() + patience
        repeat {
            if let value = try? await attempt() { return value }
            try? await Task.sleep(for: .milliseconds(250))
        } while monotonicSeconds() < end
        return nil
    }
}
