import Contracts
import Foundation
import Testing

@testable import DepartmentService

/// How far tests bring a complaint before the race begins.
enum Point: Int, CaseIterable, Sendable {
    case assigned, investigated, awaitingApproval, proposed, agreed, implemented, reworking, investigatedAgain
}

extension Company {
    /// A complaint that the quality department handles, with everything heard by everybody.
    func complaint(at point: Point) async throws -> TicketNumber {
        let number = try await intake.accept("收到的手机第二天就黑屏了")
        try await settle()
        guard point != .assigned else { return number }
        try await step(number, [.acknowledge, .found()])
        guard point != .investigated else { return number }
        if point == .awaitingApproval {
            try await step(number, [.solve("退货退款", "800.00", due: tomorrow)])
            return number
        }
        try await step(number, [.solve("更换同型号新机", due: tomorrow)])
        guard point != .proposed else { return number }
        #expect(try await callback.answer(number, 1, .accept) == nil)
        try await settle()
        guard point != .agreed else { return number }
        try await step(number, [.implement(outcome: "已更换", completedAt: clock.now())])
        guard point != .implemented else { return number }
        #expect(try await callback.survey(number, solved: false) == nil)
        try await settle()
        guard point != .reworking else { return number }
        try await step(number, [.found("再次检测")])
        return number
    }

    /// What the handler does, each step heard by everybody.
    func step(_ number: TicketNumber, _ commands: [WorkCommand], by name: String = "wang") async throws {
        for command in commands {
            #expect(try await quality.does(command, on: number, by: name) == nil)
            try await settle()
        }
    }

    var tomorrow: Date { clock.now().addingTimeInterval(86_400) }
}
