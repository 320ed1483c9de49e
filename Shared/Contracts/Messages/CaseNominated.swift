import Foundation

/// `redress.case.nominated.v1`, from Reporting. A closed complaint is worth a case (案例). Rules K17, S13.
public struct CaseNominated: Event {
    public static let type = MessageType("case", "nominated")

    public var reason: String
    public var by: Actor

    public init(
        reason: String, by: Actor
    ) {
        self.reason = reason
        self.by = by
    }
}
