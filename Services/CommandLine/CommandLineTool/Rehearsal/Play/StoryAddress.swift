import Contracts
import Foundation

/// Where the request of an action goes: its path with everything in it that only the services know, such as the version
/// of the solution that waits or the id of a duty.
struct StoryAddress {
    let stage: Stage
    /// Of the complaint that is played.
    var number = ""
    /// The customer's key to it.
    var code = ""
    /// The part that was registered last.
    var part: String?
    /// The sample that was drawn last.
    var sample: Decimal?
    /// The rectification notice that was ordered last: its id, and which of the complaint's it is.
    var notice: (id: String, place: String)?

    func path(of act: StoryAct) async throws -> String {
        var path = act.action.path.replacing("{number}", with: number)
        if let department = act.department { path.replace("{id}", with: department.text) }
        switch act.action {
        case .proposalAnswer, .presentation, .ruling:
            let view = try await view(as: act.who, until: "a proposal waits for the customer") {
                $0["proposal"]?["isOpen"] == .bool(true) || act.action == .ruling && $0["proposal"] != nil
            }
            path.replace("{version}", with: view["proposal"]?["version"]?.numberText ?? "0")
        case .informationAnswer:
            let view = try await view(as: act.who, until: "a question waits for the customer") {
                $0["informationRequest"] != nil
            }
            path.replace("{request}", with: view["informationRequest"]?["request"]?.numberText ?? "0")
        case .fulfilment: path.replace("{id}", with: try await duty(act))
        case .inspection: path.replace("{id}", with: sample.map { "\($0)" } ?? "0")
        case .noticeDecision: path.replace("{id}", with: notice?.id ?? "0")
        case .rectification: path.replace("{notice}", with: notice?.place ?? "0")
        case .partArrival: path.replace("{id}", with: part ?? "0")
        case .caseText, .caseApproval: path.replace("{id}", with: try await caseFile(as: act.who))
        case .caseReading: path.replace("{caseFile}", with: try await lesson(act))
        default: break
        }
        return act.who == RehearsalStory.customer && act.action != .complaint ? "\(path)?code=\(code)" : path
    }

    /// The complaint as somebody sees it: the customer with the code, staff with a token.
    private func view(as who: String, until what: String, _ holds: (JSONTree) -> Bool) async throws -> JSONTree {
        let key = who == RehearsalStory.customer ? "?code=\(code)" : ""
        return try await stage.read(
            "/callback/api/complaints/\(number)\(key)", of: "callback", as: who, until: what, holds)
    }

    /// The id of the case that the complaint was nominated for.
    private func caseFile(as who: String) async throws -> String {
        let answer = try await stage.read(
            "/reporting/api/cases?view=work", of: "reporting", as: who, until: "\(number) is nominated as a case"
        ) { $0["cases"]?.members.contains { $0["ticket"] == .text(number) } == true }
        return answer["cases"]?.members.first { $0["ticket"] == .text(number) }?["id"]?.numberText ?? "0"
    }

    /// Which case of the library a department was sent about the complaint.
    private func lesson(_ act: StoryAct) async throws -> String {
        let path = "/departments/\(act.department?.text ?? "")/api/lessons"
        let answer = try await stage.read(
            path, of: "departments/\(act.department?.text ?? "")", as: act.who, until: "the case of \(number) came"
        ) { $0["lessons"]?.members.contains { $0["number"] == .text(number) } == true }
        return answer["lessons"]?.members.first { $0["number"] == .text(number) }?["caseFile"]?.numberText ?? "0"
    }

    /// The id of the duty that is still owed.
    private func duty(_ act: StoryAct) async throws -> String {
        let (rule, recipient) = (act.duty ?? "", act.recipient)
        func isMeant(_ duty: JSONTree) -> Bool {
            duty["number"] == .text(number) && duty["rule"] == .text(rule) && duty["doneAt"] == nil
                && (recipient == nil || duty["recipient"] == recipient.map { .text($0) })
        }
        let what = "\(rule) is owed\(recipient.map { " to \($0)" } ?? "")"
        let duties = try await stage.read("/routing/api/duties", of: "routing", as: act.who, until: what) {
            $0.members.contains(where: isMeant)
        }
        return duties.members.first(where: isMeant)?["id"]?.numberText ?? "0"
    }
}
