import Foundation

/// `redress.policy.adopted.v1`, from Routing. A version of the policy pack is in force: complaints that are registered from now on are judged under it.
/// About no single complaint. Whoever works by the pack keeps it with its version, for as long as there are complaints that were judged under it.
public struct PolicyAdopted: Event {
    public static let type = MessageType("policy", "adopted")

    public var policy: PolicyStamp
    /// The pack as it was read.
    public var yaml: String
    /// The calendar that the pack names, as it was read; absent when the calendar is written in the pack.
    public var calendar: String?

    public init(
        policy: PolicyStamp, yaml: String, calendar: String? = nil
    ) {
        self.policy = policy
        self.yaml = yaml
        self.calendar = calendar
    }
}
