import Contracts
import Foundation
import Testing

@testable import CommandLineTool

@Suite("The ticket in the document's own terms") struct TicketSheetTests {
    private static let ticket = """
        {"number": "C20260302-01-000001", "document": {"zh-Hans": "日常客户投诉处理流程", "en": "Daily complaint handling"},
         "timeZone": "Asia/Shanghai", "heading": "厨房漏水", "severity": "important",
         "severityTitle": {"zh-Hans": "重要投诉", "en": "Important"}, "outcome": "satisfied",
         "steps": [
          {"step": "1.0", "title": {"zh-Hans": "客户提出各类投诉", "en": "The customer complains"},
           "by": {"zh-Hans": "客户", "en": "Customer"},
           "happened": [{"event": "complaint.heard", "title": "客户提出投诉", "at": "2026-03-02T01:05:00.000Z"}]},
          {"step": "4.1", "title": {"zh-Hans": "是否同意", "en": "Does the customer agree?"},
           "happened": [{"event": "solution.declined", "title": "客户不同意方案", "at": "2026-03-04T02:00:00.000Z",
             "id": "0b0e9f6c-0000-4000-8000-000000000001"}]},
          {"step": "11.0", "title": {"zh-Hans": "投诉定期统计分析", "en": "Periodic statistics"}, "happened": []}],
         "besides": [{"event": "case.urged", "title": "督办", "at": "2026-03-05T10:00:00.000Z"}],
         "events": [{"id": "0b0e9f6c-0000-4000-8000-000000000001", "type": "redress.solution.declined.v1",
           "payload": {"objection": "只补一块墙\\n颜色不一样", "by": {"kind": "customer"}}}]}
        """

    private func sheet() throws -> TicketSheet {
        try TicketSheet(ContractJSON.decode(JSONTree.self, from: Data(Self.ticket.utf8)))
    }

    @Test func everyStepHasItsNumberAndWhatHappened() throws {
        let lines = try sheet().text("zh-Hans").split(separator: "\n").map(String.init)
        #expect(lines[0].contains("C20260302-01-000001") && lines[0].contains("日常客户投诉处理流程  厨房漏水  重要投诉"))
        #expect(lines.contains("1.0  客户提出各类投诉（客户）"))
        #expect(lines.contains("     2026-03-02 09:05  客户提出投诉"))
        #expect(lines.contains("     2026-03-04 10:00  客户不同意方案  只补一块墙 颜色不一样"))
        #expect(lines.suffix(3) == ["11.0  投诉定期统计分析", "其他记录（时限、督办）", "     2026-03-05 18:00  督办"])
        #expect(try sheet().text("en").contains("4.1  Does the customer agree?"))
    }

    @Test func onlyStepsWithEventsAreReached() throws {
        #expect(try sheet().reachedSteps == ["1.0", "4.1"])
    }

    @Test func anAnswerWithoutStepsIsNotUnderstood() throws {
        #expect(throws: CommandFailure.self) { try TicketSheet(.object([:])) }
    }
}
