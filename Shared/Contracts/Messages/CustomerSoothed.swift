/// `redress.customer.soothed.v1`, from Callback. A dissatisfied customer was talked with before anything else (安抚). Rule K15.
public struct CustomerSoothed: Event {
    public static let type = MessageType("customer", "soothed")

    /// How often the complaint is being handled.
    public var round: Int
    /// Who talked with the customer, a sign-in name or a name.
    public var person: String
    /// What was said.
    public var note: String
    /// Who noted it.
    public var by: Actor

    public init(round: Int, person: String, note: String, by: Actor) {
        self.round = round
        self.person = person
        self.note = note
        self.by = by
    }
}
