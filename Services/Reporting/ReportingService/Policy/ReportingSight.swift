import Contracts
import Foundation
import Procedure

/// A complaint that is not for everybody's eyes (M18, W21).
enum Restriction: Hashable, Sendable {
    /// A report whose reporter is protected, and whom it is about: sign-in names.
    case protected(concerned: [String])
    /// What the pack keeps confidential.
    case confidential

    /// Absent when everybody who is signed in may see it.
    ///
    /// - Parameter summary: its category and severity, as far as they are known.
    static func of(_ complaint: Complaint, _ summary: TicketSummary, by pack: PolicyPack) -> Restriction? {
        if let report = complaint.protected { return .protected(concerned: report.concerned) }
        guard pack.privacy?.confidential != nil else { return nil }
        let graded = pack.graded(
            complaint, category: summary.category ?? pack.categorise(complaint)?.category.id,
            severity: summary.severity ?? .general)
        return pack.refusalToShow(graded, to: []) == nil ? nil : .confidential
    }
}

/// What a member of staff sees here: a report of misconduct by nobody whom it is about, and like every confidential case
/// only by the roles that the pack names (M18, W21).
struct ReportingSight: Hashable, Sendable {
    /// The sign-in name.
    var name: String
    var seesConfidential: Bool
    var seesProtected: Bool

    init(_ pack: PolicyPack?, name: String, roles: Set<StaffRole>) {
        self.name = name
        let confidential = pack?.privacy?.confidential?.roles ?? []
        let opens = pack?.privacy?.protected?.opens ?? []
        seesConfidential = !roles.isDisjoint(with: confidential)
        seesProtected = !roles.isDisjoint(with: opens.union(confidential))
    }

    func sees(_ restriction: Restriction) -> Bool {
        switch restriction {
        case .protected(let concerned): seesProtected && !concerned.contains(name)
        case .confidential: seesConfidential
        }
    }
}
