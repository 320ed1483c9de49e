import Contracts
import Foundation
import Logging
import Messaging
import Persistence
import Procedure
import Runtime
import TestSupport
import Testing

@testable import CallbackService

/// Packs that change while customers are spoken with: each complaint is treated by the version it was judged under.
@Suite struct PackVersionTests {
    private static let five = "{validity: 5 working days,"
    private static let two = "{validity: 2 working days,"
    private static let other = PolicyStamp(id: "service-standard", version: 3)

    private let folder: TemporaryFolder
    private let clock = ManualClock()
    private let pack: EditedPack

    init() throws {
        folder = try TemporaryFolder()
        pack = try EditedPack(in: folder)
        try pack.write(version: 2)
    }

    /// Callback as it starts: whatever it knows is in its store.
    private struct Running {
        let database: ServiceDatabase
        let rules: CallbackRules
        let handler: TransactionalHandler
        let clock: ManualClock

        @discardableResult
        func hear(_ event: some Event, about number: TicketNumber?) async throws -> Outcome {
            try await handler.handle([try TestMessages.wire(event, about: number, at: clock.now())])[0]
        }

        func record(_ number: TicketNumber) async throws -> ComplaintRecord {
            try #require(try await database.read { try ComplaintRecord.fetchOne($0, key: number.text) })
        }
    }

    private func start() async throws -> Running {
        let database = try ServiceDatabase(
            path: folder.path("callback.sqlite"), source: "redress/callback", clock: clock
        ) { CallbackMigrations.register(in: &$0) }
        let logger = Logger(label: "test")
        let packs = try await PolicyKeeper.open(pack.file, .hears, database, logger: logger)
        let rules = CallbackRules(packs.shelf)
        let subscriptions = CallbackSubscriptions(rules: rules, packs: packs).all
        return Running(
            database: database, rules: rules,
            handler: TransactionalHandler(database, subscriptions, logger: logger), clock: clock)
    }

    /// What Routing says of a version, whatever Callback's own file is.
    private func adopted(_ version: Int, _ edits: KeyValuePairs<String, String> = [:]) throws -> PolicyAdopted {
        let source = try PolicySource.read(file: pack.write(version: version, edits).file)
        try pack.write(version: 2)
        return PolicyAdopted(
            policy: PolicyStamp(id: "service-standard", version: version), yaml: source.text, calendar: source.calendar)
    }

    private func accepted(under stamp: PolicyStamp) -> ComplaintAccepted {
        var event = ExampleMessages.accepted()
        event.policy = stamp
        return event
    }

    private func validity(_ running: Running, of number: TicketNumber) async throws -> TimeInterval {
        try await running.hear(ExampleMessages.proposed(), about: number)
        let deadline = try #require(try await running.record(number).deadline)
        return deadline.dueAt.timeIntervalSince(deadline.startedAt) / 86_400
    }

    @Test("A complaint that is judged keeps its version, a new one has the newest, also after a restart")
    func kept() async throws {
        var running = try await start()
        try await running.hear(adopted(2), about: nil)
        try await running.hear(ExampleMessages.received(), about: .this)
        try await running.hear(ExampleMessages.accepted(), about: .this)
        try await running.hear(adopted(3, [Self.five: Self.two]), about: nil)
        try await running.hear(ExampleMessages.received(), about: .other)
        try await running.hear(accepted(under: Self.other), about: .other)
        running = try await start()
        #expect(try await running.record(.this).policy?.version == 2)
        #expect(try await running.record(.other).policy?.version == 3)
        let (long, short) = (try await validity(running, of: .this), try await validity(running, of: .other))
        #expect(long > short + 2, "\(long) days and \(short) days")
    }

    @Test("A version that is not here yet is waited for, and nothing is half done")
    func early() async throws {
        let running = try await start()
        try await running.hear(ExampleMessages.received(), about: .this)
        guard case .retry(let reason) = try await running.hear(accepted(under: Self.other), about: .this) else {
            Issue.record("not waited for")
            return
        }
        #expect(reason.kind == .premature && reason.message.contains("service-standard@3"))
        #expect(try await running.record(.this).standing == .received)
        try await running.hear(adopted(3, [Self.five: Self.two]), about: nil)
        #expect(try await running.hear(accepted(under: Self.other), about: .this) == .handled)
        #expect(try await running.record(.this).policy == Self.other)
    }

    @Test("A version comes in one batch with what was judged under it")
    func oneBatch() async throws {
        let running = try await start()
        let batch = [
            try TestMessages.wire(adopted(3, [Self.five: Self.two]), about: nil),
            try TestMessages.wire(ExampleMessages.received(), about: .this),
            try TestMessages.wire(accepted(under: Self.other), about: .this),
        ]
        #expect(try await running.handler.handle(batch) == [.handled, .handled, .handled])
    }

    @Test("What is asked in the survey, and how often nobody answers, is of the complaint's own version")
    func calls() async throws {
        let running = try await start()
        let edits: KeyValuePairs = [
            "  attempts: 3\n": "  attempts: 1\n", "{id: attitude, title": "{id: politeness, title",
        ]
        try await running.hear(adopted(3, edits), about: nil)
        for (number, stamp) in [(TicketNumber.this, ExampleMessages.policy), (.other, Self.other)] {
            try await running.hear(ExampleMessages.received(), about: number)
            try await running.hear(accepted(under: stamp), about: number)
            var assigned = ExampleMessages.assigned()
            assigned.policy = stamp
            try await running.hear(assigned, about: number)
            try await running.hear(ExampleMessages.proposed(), about: number)
            try await ProposalAnswers(running.database, rules: running.rules)
                .answer(1, of: number, .accept, .customer)
            try await running.hear(ExampleMessages.implemented(), about: number)
        }
        let web = CallbackWeb(database: running.database, rules: running.rules)
        #expect(try await web.about(.this).pack.callback.questions.map(\.id) == ["promptness", "attitude"])
        #expect(try await web.about(.other).pack.callback.questions.map(\.id) == ["promptness", "politeness"])
        let callbacks = Callbacks(running.database, rules: running.rules)
        for number in [TicketNumber.this, .other] {
            try await callbacks.record(about: number, .notReached, call: 1, .caller)
        }
        #expect(try await running.record(.this).standing == .callbackDue)
        #expect(try await running.record(.other).standing == .closed)
    }

    @Test("Answers and explanations say what they were judged under, too")
    func answered() async throws {
        let running = try await start()
        try await running.hear(adopted(3), about: nil)
        try await running.hear(ExampleMessages.received(), about: .this)
        var rejected = ExampleMessages.rejected()
        rejected.policy = Self.other
        try await running.hear(rejected, about: .this)
        #expect(try await running.record(.this).policy == Self.other)
        try await running.hear(ExampleMessages.received(), about: .other)
        let answer = ComplaintAnswered(answer: "保修期为一年。", by: .staff("lin"), policy: Self.other)
        try await running.hear(answer, about: .other)
        #expect(try await running.record(.other).policy == Self.other)
    }
}
