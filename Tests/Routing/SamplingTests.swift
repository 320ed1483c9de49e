import Contracts
import Foundation
import Persistence
import Procedure
import TestSupport
import Testing

@testable import RoutingService

@Suite("Sampling for inspection")
struct SamplingTests {
    static let china = TimeZone(identifier: "Asia/Shanghai") ?? .gmt

    private func numbers(_ range: ClosedRange<Int>) -> [TicketNumber] { range.map(Samples.number) }

    @Test("W20 A draw is found again from its seed and its population, in whatever order that comes")
    func repeatable() {
        let draw = SampleDraw(seed: "00c0ffee00c0ffee", size: 4)
        let drawn = draw.drawn(from: numbers(1...40))
        #expect(drawn.count == 4 && Set(drawn).count == 4)
        #expect(draw.drawn(from: numbers(1...40).reversed()) == drawn)
        #expect(SampleDraw(seed: "00c0ffee00c0fff0", size: 4).drawn(from: numbers(1...40)) != drawn)
        #expect(SampleDraw(seed: "a", size: 9).drawn(from: numbers(1...3)).count == 3)
        // As `printf '%s' '00c0ffee00c0ffee:C20261120-01-000001' | sha256sum` says it.
        #expect(draw.rank(of: Samples.number(1)).count == 64)
        let lowest = numbers(1...40).min { draw.rank(of: $0) < draw.rank(of: $1) }
        #expect(drawn.first == lowest)
    }

    @Test("W20 Every complaint is drawn equally often")
    func fair() {
        var times: [TicketNumber: Int] = [:]
        for seed in 1...400 {
            for number in SampleDraw(seed: "\(seed)", size: 5).drawn(from: numbers(1...50)) {
                times[number, default: 0] += 1
            }
        }
        // 40 each are expected; so far from that none comes by chance, and the seeds are always the same.
        #expect(times.count == 50 && times.values.allSatisfy { (15...70).contains($0) }, "\(times)")
    }

    @Test(
        "W20 The share is rounded up, so that few complaints are inspected too",
        arguments: [(0, 0), (1, 1), (9, 1), (10, 1), (11, 2), (100, 10), (101, 11)])
    func size(population: Int, size: Int) throws {
        let terms = try #require(try RoutingBench(pack: "wholesale-feedback").pack.supervision)
        #expect(terms.samplePercent == 10 && terms.sampleSize(of: population) == size)
    }

    @Test(
        "W20 Periods go by the pack's rhythm, from midnight to midnight where its people work",
        arguments: [
            (Period.month, "2026-11", "2026-10-31T16:00:00Z", "2026-11-30T16:00:00Z"),
            (.quarter, "2026-Q4", "2026-09-30T16:00:00Z", "2026-12-31T16:00:00Z"),
            (.halfYear, "2026-H2", "2026-06-30T16:00:00Z", "2026-12-31T16:00:00Z"),
            (.year, "2026", "2025-12-31T16:00:00Z", "2026-12-31T16:00:00Z"),
        ])
    func periods(every: Period, name: String, start: String, end: String) throws {
        let period = try #require(InspectionPeriod(name, every: every, in: Self.china))
        #expect(period.start == RFC3339.date(start) && period.end == RFC3339.date(end))
        let now = ManualClock().now()
        #expect(InspectionPeriod(containing: now, every: every, in: Self.china) == period)
        let latest = InspectionPeriod.latest(3, at: now, every: every, in: Self.china)
        #expect(latest.count == 3 && latest[0] == period && latest[1].end == period.start)
    }

    @Test(
        "W20 What names no period of the rhythm is none",
        arguments: [
            (Period.month, "2026-13"), (.month, "2026-Q1"), (.month, "2026"), (.quarter, "2026-Q5"),
            (.halfYear, "2026-H3"), (.year, "1999"), (.year, "2026-01"),
        ])
    func noPeriod(every: Period, name: String) {
        #expect(InspectionPeriod(name, every: every, in: Self.china) == nil)
    }
}

@Suite("Samples and inspections in the store")
struct InspectionTests {
    let bench: RoutingBench
    let desk: InspectionDesk
    let terms: SupervisionTerms

    init() throws {
        bench = try RoutingBench(pack: "wholesale-feedback")
        desk = InspectionDesk(store: bench.store, work: bench.desk.work)
        terms = try #require(bench.pack.supervision)
    }

    private func november() throws -> InspectionPeriod {
        try #require(InspectionPeriod("2026-11", every: .month, in: SamplingTests.china))
    }

    private func receive(_ range: ClosedRange<Int>) async throws {
        for counter in range {
            try await bench.receive(Samples.complaint("送货太慢了").by("hotline"), about: Samples.number(counter))
        }
    }

    @Test("W20 A sample is drawn of what was closed or in progress, recorded so that the draw can be repeated")
    func draw() async throws {
        try await receive(1...21)
        let sample = try await desk.draw(november(), terms, draw: 1, by: "supervision.head", seed: "1234567890abcdef")
        #expect(sample.population == (1...21).map(Samples.number))
        #expect(sample.percent == 10 && sample.seed == "1234567890abcdef" && sample.until == bench.clock.now())
        let drawn = try #require(try await bench.store.sample(sample.id, at: bench.clock.now())).drawn
        let again = SampleDraw(seed: sample.seed, size: 3).drawn(from: sample.population)
        #expect(drawn.map(\.record.number) == again)
        // A form that is sent twice draws once; somebody else's is told.
        #expect(try await desk.draw(november(), terms, draw: 1, by: "supervision.head").id == sample.id)
        await #expect(throws: InspectionRejection.drawnMeanwhile) {
            try await desk.draw(november(), terms, draw: 1, by: "supervisor")
        }
        #expect(try await bench.store.samples().count == 1)
    }

    @Test("W20 Another sample of the same period is drawn from what is left, until nothing is")
    func drawMore() async throws {
        try await receive(1...3)
        var seen: [TicketNumber] = []
        for draw in 1...3 {
            let sample = try await desk.draw(november(), terms, draw: draw, by: "supervisor")
            #expect(sample.draw == draw && sample.population.count == 4 - draw)
            seen += try #require(try await bench.store.sample(sample.id, at: bench.clock.now())).drawn
                .map(\.record.number)
        }
        #expect(Set(seen) == Set((1...3).map(Samples.number)))
        await #expect(throws: InspectionRejection.nothingToDraw) {
            try await desk.draw(november(), terms, draw: nil, by: "supervisor")
        }
    }

    @Test("W20 W21 Enquiries, merged and confidential complaints, and what ended before the period are not drawn")
    func leftOut() async throws {
        try await receive(1...3)
        try await bench.receive(Samples.complaint(kind: .enquiry).by("hotline"), about: Samples.number(4))
        var report = Samples.complaint("经办人篡改处理记录", flags: ["whistleblowing"]).by("internal")
        report.protected = ProtectedReport(concerned: ["sales.handler"])
        try await bench.receive(report, about: Samples.number(5))
        _ = try await bench.desk.merge(Samples.number(2), into: Samples.number(1), reason: "重复", by: "c")
        try await bench.hear(ComplaintWithdrawn(reason: "算了", by: .customer), about: Samples.number(3))
        let sample = try await desk.draw(november(), terms, draw: nil, by: "supervisor")
        #expect(sample.population == [Samples.number(1), Samples.number(3)])
        // In December the withdrawn one is of the past, and what goes on is still in progress.
        bench.clock.advance(by: 15 * 86_400)
        let december = try #require(InspectionPeriod("2026-12", every: .month, in: SamplingTests.china))
        let later = try await desk.draw(december, terms, draw: nil, by: "supervisor")
        #expect(later.population == [Samples.number(1)])
        let next = try #require(InspectionPeriod("2027-01", every: .month, in: SamplingTests.china))
        await #expect(throws: InspectionRejection.notBegun) {
            try await desk.draw(next, terms, draw: nil, by: "supervisor")
        }
    }

    @Test("W20 A result is written down for each, can be corrected until a notice rests on it, and outlives a restart")
    func results() async throws {
        try await receive(1...1)
        let number = Samples.number(1)
        let sample = try await desk.draw(november(), terms, draw: nil, by: "supervisor")
        let finding = InspectionResult(verdict: .finding, finding: "没有回访记录")
        try await desk.record(InspectionResult(verdict: .inOrder), of: number, in: sample.id, by: "supervisor")
        try await desk.record(finding, of: number, in: sample.id, by: "supervision.head")
        await #expect(throws: InspectionRejection.notDrawn) {
            try await desk.record(finding, of: Samples.number(9), in: sample.id, by: "supervisor")
        }
        await #expect(throws: InspectionRejection.unknownSample) {
            try await desk.record(finding, of: number, in: 77, by: "supervisor")
        }
        let rectifications = RectificationDesk(store: bench.store, work: bench.desk.work)
        let order = RectificationOrder(
            number: number, department: Samples.department("logistics"), finding: "没有回访记录", sample: sample.id)
        let notice = try await rectifications.order(order, by: "supervision.head")
        await #expect(throws: InspectionRejection.alreadyOrdered) {
            try await desk.record(InspectionResult(verdict: .inOrder), of: number, in: sample.id, by: "supervisor")
        }
        let reopened = RoutingStore(
            try ServiceDatabase(
                path: bench.folder.path("routing.sqlite"), source: RoutingStore.source, clock: bench.clock,
                migrate: RoutingMigrations.register))
        let entry = try #require(try await reopened.sample(sample.id, at: bench.clock.now())?.drawn.first)
        #expect(entry.result == finding && entry.inspectedBy == "supervision.head")
        #expect(entry.rectification == notice.id && entry.department?.text == "logistics")
        let events = try await bench.store.dossier(number)?.history.map(\.event) ?? []
        #expect(events.filter { $0.hasPrefix("inspection.") } == ["inspection.inOrder", "inspection.finding"])
    }
}
