import Contracts
import Foundation
import Testing

@testable import CommandLineTool

@Suite("The ticket in the document's own terms") struct TicketSheetTests {
    private static let ticket = """
        {"number": "C20260302-01-000001", "document": {"zh-Hans": "日常客户投诉处理流程", "en": "Daily complaint handling"},
         "form": {"zh-Hans": "客户投诉单", "en": "Complaint sheet"},
         "timeZone": "Asia/Shanghai", "heading": "厨房漏水", "severity": "important",
         "severityTitle": {"zh-Hans": "重要投诉", "en": "Important"},
         "outcome": "satisfied", "outcomeTitle": {"zh-Hans": "客户满意", "en": "customer satisfied"},
         "steps": [
          {"step": "1.0", "title": {"zh-Hans": "客户提出各类投诉", "en": "The customer complains"}, "applies": true,
           "by": {"zh-Hans": "客户", "en": "Customer"},
           "happened": [{"event": "complaint.heard", "title": "客户提出投诉", "at": "2026-03-02T01:05:00.000Z", "lines": []}]},
          {"step": "3.1", "title": {"zh-Hans": "成立处理小组", "en": "The group"}, "applies": false, "happened": []},
          {"step": "4.1", "title": {"zh-Hans": "是否同意", "en": "Does the customer agree?"}, "applies": true,
           "form": {"zh-Hans": "回访记录表", "en": "Callback record"},
           "happened": [{"event": "solution.declined", "title": "客户不同意方案", "at": "2026-03-04T02:00:00.000Z",
             "by": "客户", "lines": ["方案 1；客户意见：只补一块墙", "客户诉求：四面墙"],
             "id": "0b0e9f6c-0000-4000-8000-000000000001"}]},
          {"step": "11.0", "title": {"zh-Hans": "投诉定期统计分析", "en": "Periodic statistics"}, "applies": true, "happened": []}],
         "besides": [{"event": "case.urged", "title": "督办", "at": "2026-03-05T10:00:00.000Z", "lines": []}]}
        """

    private func sheet() throws -> TicketSheet {
        try TicketSheet(ContractJSON.decode(JSONTree.self, from: Data(Self.ticket.utf8)))
    }

    @Test func everyStepHasItsNumberAndWhatHappened() throws {
        let lines = try sheet().text("zh-Hans").split(separator: "\n").map(String.init)
        #expect(lines[0] == "客户投诉单  C20260302-01-000001")
        #expect(lines[1] == "《日常客户投诉处理流程》  厨房漏水  重要投诉  客户满意")
        #expect(lines.contains("1.0  客户提出各类投诉（客户）"))
        #expect(lines.contains("     2026-03-02 09:05  客户提出投诉"))
        #expect(lines.contains("3.1  成立处理小组  本投诉不适用"))
        #expect(lines.contains("4.1  是否同意  《回访记录表》"))
        let declined = try #require(lines.firstIndex(of: "     2026-03-04 10:00  客户不同意方案  客户"))
        #expect(lines[declined + 1] == "                       方案 1；客户意见：只补一块墙")
        #expect(lines[declined + 2] == "                       客户诉求：四面墙")
        #expect(lines.suffix(3) == ["11.0  投诉定期统计分析", "其他记录", "     2026-03-05 18:00  督办"])
    }

    @Test func itIsThereInEnglish() throws {
        let text = try sheet().text("en")
        #expect(text.hasPrefix("Complaint sheet  C20260302-01-000001\n“Daily complaint handling”"))
        #expect(text.contains("1.0  The customer complains (Customer)"))
        #expect(text.contains("3.1  The group  not for this complaint"))
        #expect(text.contains("4.1  Does the customer agree?  “Callback record”"))
    }

    @Test func onlyStepsWithEventsAreReached() throws {
        #expect(try sheet().reachedSteps == ["1.0", "4.1"])
    }

    @Test func anAnswerWithoutStepsIsNotUnderstood() throws {
        #expect(throws: CommandFailure.self) { try TicketSheet(.object([:])) }
    }
}
