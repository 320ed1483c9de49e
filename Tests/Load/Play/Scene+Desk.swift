import Foundation

/// The desk's part: what the pack does not decide, a coordinator does.
extension Scene {
    private struct Dossier: Decodable {
        struct Complaint: Decodable {
            var state: String
            var department: String?
            var assisting: [String]
        }
        var complaint: Complaint
    }

    /// States that somebody at the desk, or the customer, has to act on, or in which a department has the complaint.
    private static let decisive: Set<String> = [
        "awaitingJudgement", "awaitingAnswer", "awaitingAssignment", "awaitingAcknowledgement", "explaining",
    ]

    private var routing: String { "/routing/api/complaints/\(number)" }

    /// Judges and assigns where that was left to people. False when the complaint ended on the way: not upheld.
    mutating func reachDepartment() async throws -> Bool {
        let isInvalid = chance(player.habits.invalid)
        while true {
            let complaint = try await standing(.judgement)
            switch complaint.state {
            case "awaitingJudgement", "awaitingAnswer":
                try await judge(isInvalid ? "invalid" : "valid")
                if isInvalid {
                    try await acceptExplanation()
                    return false
                }
                department = try await standing(.assignment, after: complaint.state).department ?? ""
            case "awaitingAssignment": try await assign(complaint.department)
            default:
                department = complaint.department ?? ""
                assisting = complaint.assisting
                return true
            }
        }
    }

    private func standing(_ stage: Measurements.Stage, after state: String? = nil) async throws -> Dossier.Complaint {
        try await act(stage, .GET, "routing", routing, as: .coordinator, answering: Dossier.self) { dossier in
            dossier.complaint.state != state && Self.decisive.contains(dossier.complaint.state)
        }.complaint
    }

    private func judge(_ verdict: String) async throws {
        _ = try await act(
            .judgement, .POST, "routing", "\(routing)/judgement", as: .coordinator,
            ["verdict": verdict, "reason": verdict == "valid" ? "经核实属实" : "超出服务范围，已说明"], answering: Ignored.self)
    }

    private func assign(_ department: String?) async throws {
        _ = try await act(
            .assignment, .POST, "routing", "\(routing)/assignment", as: .coordinator,
            ["department": department ?? player.fallback(for: number), "reason": "按类别派单"], answering: Ignored.self)
    }

    private func acceptExplanation() async throws {
        _ = try await act(
            .answer, .POST, "callback", customer("/explanation/answer"), as: .customer, ["answer": "accept"],
            answering: Ignored.self)
        try await expectClosed()
    }
}
