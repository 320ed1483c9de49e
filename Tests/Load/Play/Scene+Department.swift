import Contracts
import Foundation

/// The departments' part.
extension Scene {
    private struct Case: Decodable {
        var state: String
    }

    private func cases(_ department: String) -> String { "/departments/\(department)/api/cases/\(number)" }

    private func act(
        _ stage: Measurements.Stage, _ action: String, in department: String, as person: Person = .handler,
        _ body: [String: Any] = [:]
    ) async throws -> String {
        try await act(
            stage, .POST, "departments/\(department)", "\(cases(department))/\(action)", as: person, body,
            answering: Case.self
        ).state
    }

    /// The lead signs (签收); departments that assist sign and give their opinions.
    func acknowledge() async throws {
        _ = try await act(.acknowledgement, "acknowledgement", in: department)
        for other in assisting {
            _ = try await act(.acknowledgement, "acknowledgement", in: other)
            _ = try await act(.opinion, "opinion", in: other, ["opinion": "同意主办部门意见"])
        }
    }

    func investigate() async throws {
        _ = try await act(
            .investigation, "investigation", in: department,
            [
                "findings": "核对订单与出库记录，情况属实", "directCause": "拣货漏件", "rootCause": "复核环节缺失",
                "responsibility": "仓库",
            ])
    }

    /// Proposes until the customer agrees; the head approves where the handler's authority ends.
    mutating func agree() async throws {
        var isAccepted = false
        while !isAccepted {
            let due = RFC3339.text(Date().addingTimeInterval(5 * 86_400))
            let state = try await act(
                .solution, "solution", in: department,
                ["measures": "补发并致歉", "compensation": "20.00", "completionDue": due, "grounds": "按服务规范补偿"])
            if state == "awaitingApproval" {
                _ = try await act(.approval, "approval", in: department, as: .head, ["decision": "approve"])
            }
            isAccepted = !chance(player.habits.declines) || version >= 3
            try await answer(isAccepted)
            version += 1
        }
    }

    private func answer(_ isAccepted: Bool) async throws {
        _ = try await act(
            .answer, .POST, "callback", customer("/proposals/\(version)/answer"), as: .customer,
            ["answer": isAccepted ? "accept" : "decline", "comment": isAccepted ? "可以" : "补偿太少"],
            answering: Ignored.self)
    }

    func implement() async throws {
        _ = try await act(
            .implementation, "implementation", in: department,
            ["outcome": "已补发，客户已签收", "completedAt": RFC3339.text(Date().addingTimeInterval(-1))])
    }
}

/// The caller's part, and the customer's.
extension Scene {
    private struct CustomerCase: Decodable {
        var status: String
        var round: Int
    }

    func customer(_ path: String) -> String { "/callback/api/complaints/\(number)\(path)?code=\(code)" }

    /// Calls the customer back. False when the case goes back to the department (返工).
    mutating func callBack() async throws -> Bool {
        let isSatisfied = round >= 2 || !chance(player.habits.dissatisfied)
        try await call(isSatisfied)
        if isSatisfied { return true }
        // A pack may want the handler to talk with the customer first; the next call decides.
        let standing = try await customerCase { $0.status != "callbackDue" }
        if standing.status == "soothing" { try await call(false) }
        round += 1
        return false
    }

    private func call(_ isSatisfied: Bool) async throws {
        _ = try await act(
            .callback, .POST, "callback", "/callback/api/complaints/\(number)/callbacks", as: .caller,
            [
                "solved": isSatisfied, "satisfaction": isSatisfied ? 5 : 2,
                "comment": isSatisfied ? "已解决" : "问题还在",
            ], answering: Ignored.self)
    }

    func expectClosed() async throws { _ = try await customerCase { $0.status == "closed" } }

    private func customerCase(_ isWanted: (CustomerCase) -> Bool) async throws -> CustomerCase {
        try await act(
            .closing, .GET, "callback", customer(""), as: .customer, answering: CustomerCase.self, until: isWanted)
    }
}
