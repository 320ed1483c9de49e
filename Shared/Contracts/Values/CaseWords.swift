/// What the policy pack calls what a case names by ids: whoever works on it reads no pack.
public struct CaseWords: Hashable, Sendable, Codable {
    /// The degrees of severity, by their ids: `major` is 特别重大投诉 in one organisation and 重大 in another.
    public var severities: [String: LocalizedText]
    /// The channel by which the complaint came; absent for one that the pack does not name.
    public var channel: LocalizedText?
    /// The clocks (时限), by their ids.
    public var clocks: [String: LocalizedText]
    /// Roles and members of staff, by role or sign-in name.
    public var people: [String: LocalizedText]

    public init(
        severities: [String: LocalizedText] = [:], channel: LocalizedText? = nil,
        clocks: [String: LocalizedText] = [:], people: [String: LocalizedText] = [:]
    ) {
        self.severities = severities
        self.channel = channel
        self.clocks = clocks
        self.people = people
    }
}
