import Contracts
import Foundation
import Procedure

extension PolicyPack {
    /// Absent when everybody who is signed in may see the complaint (M18, W21).
    ///
    /// - Parameter summary: its category and severity, as far as they are known.
    func restriction(of complaint: Complaint, _ summary: TicketSummary) -> Restriction? {
        restriction(
            of: graded(
                complaint, category: summary.category ?? categorise(complaint)?.category.id,
                severity: summary.severity ?? .general))
    }
}

/// What a member of staff sees here: a report of misconduct by nobody whom it is about, and like every confidential case
/// only by those whom the pack names (M18, W21).
struct ReportingSight: Hashable, Sendable {
    /// The sign-in name.
    var name: String
    var seesConfidential: Bool
    var seesProtected: Bool

    init(_ pack: PolicyPack?, _ viewer: Viewer) {
        func sees(_ restriction: Restriction) -> Bool { pack?.audience(for: restriction).admits(viewer) ?? false }
        name = viewer.name
        seesConfidential = sees(.confidential)
        seesProtected = sees(.protected(concerned: []))
    }

    func sees(_ restriction: Restriction) -> Bool {
        switch restriction {
        case .protected(let concerned): seesProtected && !concerned.contains(name)
        case .confidential: seesConfidential
        }
    }
}
