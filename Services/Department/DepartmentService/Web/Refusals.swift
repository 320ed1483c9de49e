import Contracts
import Foundation
import Web

extension Rejection {
    /// What stands in the way, in the reader's language: 422 at the fields where something was typed that the case does
    /// not allow, and otherwise 409.
    func problem(_ context: SignedInContext, _ assignment: CaseAssigned) -> Problem {
        let language = context.language.tag
        let wording = CaseWording(context, assignment.words)
        func title(_ id: DepartmentID) -> String { assignment.title(of: id).text(for: language) }
        var values: [String: String] = [:]
        switch self {
        case .aboveStandard(let standard):
            let phrase = Phrase("department.wrong.aboveStandard", ["standard": context.money(standard)])
            return .invalid([FieldProblem(pointer: "/compensation", phrase: phrase)])
        case .signatureMissing:
            return .invalid([FieldProblem(pointer: "/signature", phrase: Phrase("department.wrong.signature"))])
        case .siteVisitMissing:
            return .invalid(
                ["place", "at", "people"].map {
                    FieldProblem(pointer: "/siteVisit/\($0)", phrase: Phrase("department.wrong.siteVisit"))
                })
        case .participantsMissing(let people):
            values["people"] = people.map(wording.person).joined(separator: context.text("department.case.comma"))
        case .approvedAlready(let person): values["person"] = wording.person(person)
        case .earlierLevelFirst(let level), .notYours(let level): values["level"] = level.text(for: language)
        case .otherVersion(let version): values["version"] = "\(version)"
        case .opinionsMissing(let departments):
            values["departments"] = departments.map(title).joined(separator: ", ")
        case .notAssisting(let department): values["department"] = title(department)
        case .notNow(let state), .ended(let state):
            values["state"] = context.text("department.state.\(state.rawValue)")
        case .notAcknowledged, .notInvestigated, .ownDraft, .nothingToApprove, .notAccepted, .ruled, .returnTooLate,
            .assistingOwesOpinion, .leadOwesSolution, .notNamed:
            break
        }
        return .conflict(Phrase("department.rejection.\(code)", values))
    }
}
