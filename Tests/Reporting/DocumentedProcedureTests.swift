import Contracts
import Foundation
import Logging
import Persistence
import Procedure
import Runtime
import TestSupport
import Testing

@testable import ReportingService

/// The ticket in the document's own terms.
@Suite("The document's steps on a ticket")
struct DocumentedProcedureTests {
    private let folder: TemporaryFolder
    private let store: ReportingStore
    private let clock = ManualClock(Date(timeIntervalSince1970: 1_795_180_000))

    init() throws {
        folder = try TemporaryFolder()
        store = try ReportingStore.temporary(folder, clock: clock)
    }

    private func details(_ course: SampleCourse) async throws -> TicketDetails {
        let handler = TransactionalHandler(
            store.database, ReportingSubscriptions.all(store), logger: Logger(label: "test"))
        _ = try await handler.handle(try course.wire())
        return try #require(try await store.details(of: course.number))
    }

    private func procedure(_ policy: String = "sunshine-property") throws -> DocumentedProcedure {
        let file = BuildProducts.repository.appendingPathComponent("compose/policies/\(policy).yaml").path
        return DocumentedProcedure(try PolicyPack.load(file: file))
    }

    /// What happened at a step, as `noun.verb`.
    private func happened(_ number: String, _ course: [TakenStep]) -> [String] {
        course.first { $0.step.number == number }?.moments.map(\.event) ?? []
    }

    @Test func everyStepStandsInTheDocumentsOrderWithWhatHappened() async throws {
        let procedure = try procedure()
        let course = procedure.course(of: try await details(.eventful(1)))
        #expect(course.map(\.step.number).first == "1.0" && course.map(\.step.number).last == "12.0")
        #expect(course.count == procedure.steps.count)
        #expect(happened("1.0", course) == ["complaint.heard"])
        #expect(happened("4.1", course) == ["solution.declined", "solution.accepted", "solution.accepted"])
        #expect(happened("7.1", course) == ["callback.completed", "rework.ordered", "callback.completed"])
        #expect(happened("9.0", course) == ["complaint.closed"])
        #expect(happened("11.0", course).isEmpty)
    }

    @Test func whatTheDocumentHasNoStepForStandsBesides() async throws {
        let details = try await details(.eventful(1))
        #expect(try procedure().besides(of: details).isEmpty)
        #expect(try procedure("wholesale-feedback").besides(of: details).isEmpty)
        let besides = DocumentedProcedure(timeZone: .gmt).besides(of: details)
        #expect(besides.map(\.id) == details.course.map(\.envelope.id))
    }

    /// What happened, without its message.
    private func moment(_ event: String, about place: String? = nil) -> TakenStep.Moment {
        TakenStep.Moment(event: event, at: SampleCourse.start, id: UUID(), place: place)
    }

    @Test func anEventMayBelongToSeveralSteps() throws {
        let procedure = try procedure()
        #expect(procedure.numbers(of: moment("solution.accepted"), .general) == ["4.1", "5.0"])
        #expect(procedure.numbers(of: moment("measure.assigned"), .general).isEmpty)
    }

    @Test("Time limits and duties stand where the document speaks of them, unless it names their events")
    func places() throws {
        let procedure = try procedure()
        #expect(procedure.numbers(of: moment("deadline.missed", about: "clocks.solution"), .general) == ["3.0"])
        #expect(procedure.numbers(of: moment("duty.fulfilled", about: "raising.grave"), .major) == ["2.2"])
        #expect(procedure.numbers(of: moment("case.urged", about: "clocks.solution"), .general) == ["2.1"])
        #expect(procedure.numbers(of: moment("deadline.missed", about: "clocks.unknown"), .general).isEmpty)
    }

    @Test("K08 What the document says of major complaints is for these alone")
    func severities() throws {
        let procedure = try procedure("kangyu-medical")
        #expect(procedure.numbers(of: moment("case.assigned"), .general) == ["2.2"])
        #expect(procedure.numbers(of: moment("case.assigned"), .major) == ["3.1"])
        #expect(procedure.numbers(of: moment("solution.presented"), .important) == ["2.3"])
        #expect(procedure.numbers(of: moment("solution.presented"), .major) == ["3.3"])
        #expect(procedure.numbers(of: moment("deadline.missed", about: "clocks.solution"), .major) == ["3.2"])
    }

    /// What departs from a complaint's way, in procedures that have it.
    private static let elsewhere: Set = [
        "deadline.approaching", "deadline.missed", "deadline.moved", "duty.fulfilled", "case.urged", "case.escalated",
        "emergency.called",
        "emergency.attended", "part.ordered", "part.arrived", "case.joined", "case.nominated", "case.published",
        "case.distributed", "case.read",
        "measure.assigned", "rectification.ordered", "rectification.answered", "rectification.returned",
        "rectification.closed",
    ]

    @Test(
        "K16 S15 Whatever happens to a complaint has its step, in every document and for every severity",
        arguments: DocumentedPacks.names, Severity.allCases)
    func everything(policy: String, severity: Severity) throws {
        let procedure = try procedure(policy)
        for kind in TicketEvent.kinds where !Self.elsewhere.contains(kind.type.event) {
            #expect(!procedure.numbers(of: moment(kind.type.event), severity).isEmpty, "\(kind.type.event)")
        }
    }

    @Test("Every time limit and every duty of a pack has its step", arguments: DocumentedPacks.names)
    func limits(policy: String) throws {
        let file = BuildProducts.repository.appendingPathComponent("compose/policies/\(policy).yaml").path
        let pack = try PolicyPack.load(file: file)
        let procedure = DocumentedProcedure(pack)
        for clock in pack.clocks {
            let missed = moment("deadline.missed", about: "clocks.\(clock.id)")
            let severities = Severity.allCases.filter { !procedure.numbers(of: missed, $0).isEmpty }
            #expect(!severities.isEmpty, "\(clock.id)")
        }
        for rule in pack.raising {
            #expect(
                !procedure.numbers(of: moment("duty.fulfilled", about: "raising.\(rule.id)"), .major).isEmpty,
                "\(rule.id)")
        }
    }

    @Test("A ticket is archived when the complaint has ended, and its case is written if it is to be one")
    func archived() async throws {
        let procedure = try procedure()
        var open = try SampleCourse(3)
        open.then("intake/01", Sample.received())
        #expect(happened("12.0", procedure.course(of: try await details(open))).isEmpty)

        let ended = try await details(.explained(2))
        let archive = procedure.course(of: ended).first { $0.step.number == "12.0" }?.moments
        #expect(archive?.map(\.event) == ["complaint.archived"])
        let endedAt = try #require(ended.summary.endedAt)
        #expect(archive?.map(\.at) == [endedAt])

        var nominated = ended
        nominated.summary.moments["case.nominated"] = ended.summary.endedAt
        #expect(happened("12.0", procedure.course(of: nominated)).isEmpty)
        let published = endedAt.addingTimeInterval(86_400)
        nominated.summary.moments["case.published"] = published
        let later = procedure.course(of: nominated).first { $0.step.number == "12.0" }?.moments
        #expect(later?.map(\.at) == [published])
    }

    @Test(
        "Every pack of a document names its steps",
        arguments: [
            ("kangyu-medical", "1.1"), ("service-standard", "（一）1"), ("wholesale-feedback", "三.3"),
            ("sunshine-property", "1.0"),
            ("dealer-aftersales", "4.1.3"),
        ])
    func packs(policy: String, first: String) throws {
        let procedure = try procedure(policy)
        #expect(procedure.steps.first?.number == first && procedure.document != nil)
    }

    /// The steps of the paper form that were in force when it was judged, also after Reporting was started again.
    @Test func aTicketIsToldByTheVersionItsComplaintWasJudgedUnder() async throws {
        let pack = try EditedPack(in: folder)
        let title = "zh-Hans: 启动调查, en: Investigation begins"
        let logger = Logger(label: "test")
        for (version, other) in [(1, "zh-Hans: 第一版, en: First"), (2, "zh-Hans: 第二版, en: Second")] {
            let source = try PolicySource.read(file: pack.write(version: version, [title: other]).file)
            let adopted = PolicyAdopted(
                policy: PolicyStamp(id: "service-standard", version: version), yaml: source.text,
                calendar: source.calendar)
            let keeper = try await PolicyKeeper.open(pack.file, .hears, store.database, logger: logger)
            let handler = TransactionalHandler(
                store.database, ReportingSubscriptions.all(store, packs: keeper), logger: logger)
            #expect(try await handler.handle([TestMessages.wire(adopted, about: nil)]) == [.handled])
        }
        let judged = try await details(.eventful(1))
        var course = try SampleCourse(2)
        course.then("intake/01", Sample.received())
        let open = try await details(course)
        let packs = try await TicketPacks(
            PolicyKeeper.open(pack.file, .hears, store.database, logger: logger).shelf)
        func third(_ details: TicketDetails) -> String? {
            packs.procedure(details.record.policy).steps.first { $0.number == "（三）1" }?.title.zhHans
        }
        #expect(judged.record.policy?.version == 1 && third(judged) == "第一版")
        #expect(open.record.policy == nil && third(open) == "第二版")
    }

    @Test func idsKeepTheirNamesWhenAPackDropsThem() throws {
        let pack = try EditedPack(in: folder)
        let old = try pack.write(version: 2).load()
        let new = try pack.write(
            version: 3,
            ["id: social": "id: kiosk", "channels.social.": "channels.kiosk.", "zh-Hans: 官方网站": "zh-Hans: 官网"]
        ).load()
        let shelf = PolicyShelf(new, earlier: [old])
        let titles = TicketPacks(shelf).titles()
        #expect(titles.channel("social").zhHans == "社交媒体" && titles.channel("kiosk").zhHans == "社交媒体")
        #expect(titles.channel("web").zhHans == "官网")
    }
}

private enum DocumentedPacks {
    static let names = [
        "kangyu-medical", "service-standard", "wholesale-feedback", "sunshine-property", "dealer-aftersales",
    ]
}
