import Contracts
import Procedure

// What a department is told of the pack, which it does not read.

extension PolicyPack {
    /// What the pack calls what a case names by ids.
    func words(for complaint: Complaint) -> CaseWords {
        CaseWords(
            severities: Dictionary(Severity.allCases.map { ($0.rawValue, title(of: $0)) }) { first, _ in first },
            channel: channel(complaint.channel)?.title,
            clocks: Dictionary(clocks.map { ($0.id, $0.title) }) { first, _ in first }, people: people)
    }

    /// By role, what of the customer's data it sees masked (M18); nil where the pack says nothing.
    var masksByRole: [String: [String]]? {
        guard privacy != nil else { return nil }
        return StaffRole.allCases.reduce(into: [:]) { masks, role in
            masks[role.rawValue] = self.masks(for: [role]).map(\.rawValue).sorted()
        }
    }
}
