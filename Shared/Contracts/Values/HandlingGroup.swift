/// The group that handles a grave complaint together (处理小组). Rules K08, K09, K10.
public struct HandlingGroup: Hashable, Sendable, Codable {
    /// The group rule's id in the pack.
    public var rule: String
    public var title: LocalizedText
    /// Leads, and owes the solution.
    public var lead: DepartmentID
    /// The lead's head, who leads in person: a sign-in name.
    public var leader: String
    /// The other departments of the group; each owes an opinion when `opinionsOwed`.
    public var assisting: [DepartmentID]
    /// True when no solution is proposed before every assisting department gave its opinion (K09).
    public var opinionsOwed: Bool
    /// Who must confirm that they take part before a solution is proposed: sign-in names of heads (K08).
    public var confirmations: [String]
    /// Top management that takes part: sign-in names; empty when it need not (K08).
    public var management: [String]
    /// Presents the solution to the customer together with the leader (K10); absent: the leader alone.
    public var presentsWith: DepartmentID?
    /// True when the findings must record a verification on site (现场确认, K09).
    public var verifiesOnSite: Bool
    /// True when the findings must name the cause (原因分析, K09).
    public var analysesCause: Bool
    public var because: [Explanation]

    public init(
        rule: String, title: LocalizedText, lead: DepartmentID, leader: String, assisting: [DepartmentID],
        opinionsOwed: Bool, confirmations: [String], management: [String] = [], presentsWith: DepartmentID? = nil,
        verifiesOnSite: Bool = false, analysesCause: Bool = false, because: [Explanation] = []
    ) {
        self.rule = rule
        self.title = title
        self.lead = lead
        self.leader = leader
        self.assisting = assisting
        self.opinionsOwed = opinionsOwed
        self.confirmations = confirmations
        self.management = management
        self.presentsWith = presentsWith
        self.verifiesOnSite = verifiesOnSite
        self.analysesCause = analysesCause
        self.because = because
    }
}
