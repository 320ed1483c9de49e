import Contracts
import Foundation
import Testing

@testable import Procedure

/// A shipped pack on trial: what it decides about a complaint, from judgement to assignment.
struct PackTrial {
    let pack: PolicyPack

    init(_ name: String) throws {
        pack = try Samples.pack(name)
    }

    /// What the pack says of a complaint, as routing asks it.
    func graded(
        _ narrative: String = "反映的问题一直没有得到解决", amount: String? = nil, affected: Int? = nil, flags: [String] = [],
        kind: ComplaintKind = .complaint, channel: String? = nil, course: CourseSoFar = CourseSoFar()
    ) throws -> GradedComplaint {
        let complaint = try Samples.complaint(
            narrative, kind: kind, amount: amount, affected: affected, flags: flags,
            channel: channel ?? pack.channels[0].id)
        let category = pack.categorise(complaint)?.category.id ?? pack.otherCategory.id
        let grading = pack.grade(complaint, category: category, course: course)
        return GradedComplaint(
            complaint, category: category, severity: grading.severity, urgency: grading.urgency,
            importance: grading.importance, course: course)
    }

    func assigned(_ graded: GradedComplaint) throws -> PolicyAssignment {
        try #require(pack.assign(graded, number: Samples.number(), at: Samples.local("2026-11-17 10:00")))
    }

    /// The levels that must approve; nil when nobody may offer it.
    func levels(_ graded: GradedComplaint, compensation: String? = nil, remedies: [Remedy] = []) -> [String]? {
        let authority = pack.authority(for: graded)
        return switch authority.decide(compensation: compensation.flatMap(Money.init), remedies: remedies) {
        case .notAllowed: nil
        case .free: []
        case .needed(let needs): needs.map(\.level)
        }
    }

    /// When a clock that starts on Tuesday, 17 November 2026 at 10:00 in Shanghai has run out.
    func due(_ clock: String, _ severity: Severity? = nil) throws -> String {
        let clock = try #require(pack.clock(clock))
        let deadline = try #require(
            pack.deadline(of: clock, from: Samples.local("2026-11-17 10:00"), severity: severity))
        return pack.calendar.text(deadline.dueAt)
    }

    func path(_ clock: String) throws -> String {
        let clock = try #require(pack.clock(clock))
        return "\(clock.starts) → \(clock.stops.sorted().joined(separator: ", "))"
    }
}

@Suite("All five packs")
struct FivePacksTests {
    @Test("load, and every event of a complaint's main course has a step of the document", arguments: Samples.packs)
    func loads(name: String) throws {
        let pack = try Samples.pack(name)
        #expect(pack.stamp.id == name)
        #expect(pack.document != nil)
        for event in [
            "complaint.heard", "complaint.accepted", "complaint.rejected", "case.assigned", "solution.proposed",
            "solution.accepted", "solution.declined", "solution.implemented", "callback.completed", "complaint.closed",
        ] {
            #expect(!pack.steps(of: event).isEmpty, "\(event)")
        }
    }

    @Test("answer in both languages everywhere, and never the same words", arguments: Samples.packs)
    func languages(name: String) throws {
        let pack = try Samples.pack(name)
        let titles =
            pack.channels.flatMap { [$0.title, $0.greeting, $0.soothing] } + pack.categories.map(\.title)
            + pack.departments.map(\.title) + pack.clocks.map(\.title) + pack.steps.map(\.title)
            + pack.grading.map(\.title) + pack.raising.map(\.title) + pack.groups.map(\.title)
        for title in titles {
            #expect(title.zhHans.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(title)")
            #expect(!title.en.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(title)")
        }
    }

    @Test("give every clock a deadline after its start, by every severity", arguments: Samples.packs)
    func clocks(name: String) throws {
        let pack = try Samples.pack(name)
        let start = try Samples.local("2026-09-30 17:59")
        for clock in pack.clocks {
            for severity in Severity.allCases {
                let deadline = try #require(pack.deadline(of: clock, from: start, severity: severity), "\(clock.id)")
                #expect(deadline.dueAt > start, "\(clock.id)")
            }
        }
    }

    @Test("start and stop no clock but by the document's course", arguments: Samples.packs)
    func coverage(name: String) throws {
        let pack = try Samples.pack(name)
        for start in [
            "complaint.received", "case.assigned", "solution.drafted", "solution.proposed", "solution.declined",
            "solution.implemented", "rework.ordered",
        ] {
            #expect(pack.clocks.contains { $0.starts == start }, "\(start)")
        }
    }

    @Test("stop at nothing that a person must look at", arguments: Samples.packs)
    func sensitive(name: String) throws {
        let pack = try Samples.pack(name)
        for flag in ["media", "authority", "whistleblowing"] {
            guard case .undecided = pack.judge(try Samples.complaint(flags: [flag], channel: pack.channels[0].id))
            else {
                Issue.record("\(flag) was judged without a person")
                continue
            }
        }
    }

    @Test("keep every person's data for a time, and mask them from who need not know", arguments: Samples.packs)
    func privacy(name: String) throws {
        let pack = try Samples.pack(name)
        let closed = try Samples.local("2026-11-17 10:00")
        #expect(try #require(pack.erasure(closedAt: closed)).personalData > closed)
        #expect(pack.masks(for: [.operator]) == Set(PersonalField.allCases))
        #expect(pack.masks(for: [.agent]).isEmpty)
    }

    @Test("let no handler offer more than the company's standard", arguments: Samples.packs)
    func standards(name: String) throws {
        let trial = try PackTrial(name)
        for severity in Severity.allCases {
            let complaint = try Samples.complaint(channel: trial.pack.channels[0].id)
            let graded = trial.pack.graded(complaint, category: nil, severity: severity)
            let standard = try #require(trial.pack.authority(for: graded).compensationStandard)
            #expect(trial.levels(graded, compensation: standard.text) != nil)
            #expect(trial.levels(graded, compensation: "999999999.00") == nil)
        }
    }
}
