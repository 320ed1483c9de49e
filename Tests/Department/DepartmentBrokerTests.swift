import AMQP
import Contracts
import Foundation
import Logging
import Messaging
import Persistence
import Runtime
import ServiceLifecycle
import TestSupport
import Testing
import Web

@testable import DepartmentService

/// Two departments' workers, whole, on a real broker. The test plays Routing and Callback.
@Suite(.virtualHost, .tags(.broker), .serialized) struct DepartmentBrokerTests {
    private let folder: TemporaryFolder
    private let samples: Samples
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws {
        folder = try TemporaryFolder()
        samples = try Samples()
    }

    /// One department's worker, and the way to it as a program with a role.
    private struct Worker {
        let department: DepartmentID
        let port: Int
        let configuration: DepartmentConfiguration

        func client(_ role: Role) -> HTTPClient { HTTPClient(port: port).program(role) }

        func post(_ action: String, _ json: String, on number: TicketNumber, as role: Role = .handler) async throws {
            let path = "/departments/\(department)/api/cases/\(number)/\(action)"
            let answer = try await client(role).post(path, json: json)
            #expect(answer.status == 200, "\(action): \(answer.text)")
        }

        func state(of number: TicketNumber) async throws -> String? {
            try await client(.manager).get("/departments/\(department)/api/cases/\(number)").json["state"] as? String
        }
    }

    private func worker(_ department: DepartmentID) throws -> Worker {
        let staff = try TestStaff(folder: folder.url)
        let port = try #require(try FreePorts.choose(1).first)
        let common = CommonConfiguration(
            http: .init(port: port), dataFolder: folder.path("data"),
            broker: .init(url: Secret(try VirtualHost.required().url)),
            consumer: .init(prefetch: 100, retryTiers: [.milliseconds(200), .milliseconds(400)]),
            signIn: .init(usersFile: staff.usersFile, secretFile: staff.secretFile))
        return Worker(
            department: department, port: port,
            configuration: DepartmentConfiguration(common: common, department: department))
    }

    /// Runs workers until `work` is done, then stops them as SIGTERM would.
    private func running(_ workers: [Worker], _ work: () async throws -> Void) async throws {
        var groups: [ServiceGroup] = []
        var tasks: [Task<Void, any Error>] = []
        for worker in workers {
            let context = ServiceContext(
                identity: DepartmentConfiguration.identity, logger: logger, time: ServiceClock.real)
            let services = try await DepartmentService.build(worker.configuration, context)
            let group = ServiceRunner.group(services, logger: logger, end: { _ in })
            groups.append(group)
            tasks.append(Task { try await group.run() })
            try await poll("\(worker.department) is ready") {
                try await worker.client(.manager).get("/readyz").status == 200
            }
        }
        let result = await outcome(of: work)
        for group in groups { await group.triggerGracefulShutdown() }
        for task in tasks { try await task.value }
        try result.get()
    }

    private func outcome(of work: () async throws -> Void) async -> Result<Void, any Error> {
        do { return .success(try await work()) } catch { return .failure(error) }
    }

    /// The way in which Routing and Callback, which the test plays, say something.
    private func others() throws -> AMQPPublisher {
        try AMQPPublisher(
            to: try VirtualHost.required().address, declare: RedressTopology.foundation,
            options: ConnectionOptions(name: "others"), logger: logger)
    }

    private func say(_ event: some Event, _ others: AMQPPublisher) async throws {
        let key = type(of: event).type.routingKey(department: event.routedDepartment)
        let message = try TestMessages.wire(event, about: samples.number)
        let publication = Publication(message, to: Destination(exchange: RedressTopology.events, routingKey: key))
        #expect(await others.publish([publication]) == [.confirmed])
    }

    @Test(.timeLimit(.minutes(2))) func aCaseWithAnAssistingDepartmentIsHandledByBoth() async throws {
        let (lead, assisting) = (try worker(samples.quality), try worker(samples.logistics))
        let others = try others()
        let number = samples.number
        let toLead = samples.assigned(assisting: [samples.logistics])
        var toAssisting = toLead
        toAssisting.role = .assisting
        toAssisting.department = samples.logistics
        try await running([lead, assisting]) {
            try await say(toLead, others)
            try await say(toAssisting, others)
            for worker in [lead, assisting] {
                try await poll("\(worker.department) has the case") { try await worker.state(of: number) == "assigned" }
                try await worker.post("acknowledgement", "{}", on: number)
            }
            try await lead.post("investigation", CaseAPITests.investigation, on: number)
            try await lead.post(
                "opinion-request", #"{"department": "logistics", "question": "运输记录"}"#, on: number)
            try await poll("the question has come") {
                let path = "/departments/logistics/api/cases/\(number)"
                return try await assisting.client(.manager).get(path).json["opinionQuestion"] as? String == "运输记录"
            }
            try await assisting.post("opinion", #"{"opinion": "签收记录完好"}"#, on: number)
            let path = "/departments/quality/api/cases/\(number)"
            try await poll("the opinion has come") {
                let actions = try await lead.client(.manager).get(path).json["actions"] as? [String] ?? []
                return actions.contains("solution")
            }
            try await lead.post("solution", CaseAPITests.solution, on: number)
            try await lead.post("approval", #"{"decision": "approve"}"#, on: number, as: .head)
            try await say(SolutionAccepted(department: samples.quality, version: 1, by: .customer), others)
            try await poll("the customer's answer has come") { try await lead.state(of: number) == "carryingOut" }
            let state = try await assisting.state(of: number)
            #expect(state == "opinionGiven", "what is for the lead is for nobody else")
        }
        await others.close()
    }

    /// What is said while a worker is down waits for it; what came before its case waits too; and what was not
    /// published when the worker went is published when it comes back.
    @Test(.timeLimit(.minutes(2))) func aWorkerThatWasAwayCatchesUp() async throws {
        let worker = try worker(samples.quality)
        let others = try others()
        let number = samples.number
        try await running([worker]) {}
        let urged = CaseUrged(department: samples.quality, clock: "sign-off", comment: "请签收", by: .staff("gu"))
        try await say(urged, others)
        try await running([worker]) {
            try await say(samples.assigned(), others)
            let path = "/departments/quality/api/cases/\(number)"
            try await poll("the urging has found its case") {
                try await worker.client(.manager).get(path).json["urgings"] as? Int == 1
            }
        }
        try await running([worker]) {
            let state = try await worker.state(of: number)
            #expect(state == "assigned", "what was heard is kept")
        }
        await others.close()
    }
}
