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
        let besides = DocumentedProcedure(timeZone: .gmt).besides(of: details)
        #expect(besides.map(\.id) == details.course.map(\.envelope.id))
    }

    @Test func anEventMayBelongToSeveralSteps() throws {
        #expect(try procedure().numbers(of: "solution.accepted") == ["4.1", "5.0"])
        #expect(try procedure().numbers(of: "complaint.grouped").isEmpty)
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
            ("kangyu-medical", "1.1"), ("service-standard", "一"), ("wholesale-feedback", "1"),
            ("sunshine-property", "1.0"),
            ("dealer-aftersales", "4.1"),
        ])
    func packs(policy: String, first: String) throws {
        let procedure = try procedure(policy)
        #expect(procedure.steps.first?.number == first && procedure.document != nil)
    }

    /// The steps of the paper form that were in force when it was judged, also after Reporting was started again.
    @Test func aTicketIsToldByTheVersionItsComplaintWasJudgedUnder() async throws {
        let pack = try EditedPack(in: folder)
        let title = "zh-Hans: 投诉调查与核实, en: Investigated"
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
            packs.procedure(details.record.policy).steps.first { $0.number == "三" }?.title.zhHans
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
