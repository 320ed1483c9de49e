import Contracts
import Foundation
import Procedure
import Testing

@testable import ReportingService

@Suite("A rectification notice over all services")
struct RectificationRaceTests {
    private static let supervision = """
        supervision:
          group: {zh-Hans: 监督小组, en: Supervision group}
          inspectors: [supervisor]
          samplePercent: 10
          every: month
          rectifyWithin: 2 working days
        """

    @Test(
        "W20 A notice about a closed complaint is missed, answered, sent back, answered again and accepted, on the record"
    )
    func course() async throws {
        let company = try Company(sections: ["supervision": Self.supervision])
        let number = try await company.complaint(at: .implemented)
        try await company.callback.survey(number, solved: true)
        try await company.settle()
        let notice = try await company.routing.rectify(number, by: Company.quality)
        try await company.settle()
        let quality = try company.quality
        company.pass(6 * 86_400)
        try await company.look()
        try await quality.answer(number, "已补记", by: "wang")
        try await company.settle()
        try await company.routing.sendBack(notice)
        try await company.settle()
        try await quality.answer(number, "已培训", by: "zhao")
        try await company.settle()
        try await company.routing.accept(notice)
        try await company.settle()
        #expect(try await company.routing.standing(notice) == "closed")
        #expect(try await quality.rectification(number) == "closed 2 已培训")
        let record = try #require(try await company.reporting.details(number)).record
        let remarks = record.remarks.filter { [.rectification, .rectified, .settled].contains($0.kind) }
        #expect(remarks.map(\.kind) == [.rectification, .rectified, .rectification, .rectified, .settled])
        #expect(record.remarks.contains { $0.kind == .missed && $0.text == "整改" })
        #expect(try await company.routing.view(number)?.stands == [.closed])
    }
}
