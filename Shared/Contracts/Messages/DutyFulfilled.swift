/// `redress.duty.fulfilled.v1`, from Routing. What was owed to others because of a complaint is done: it was reported, told, published, answered or done. Rules V01, V05–V08, S16, W24.
public struct DutyFulfilled: Event {
    public static let type = MessageType("duty", "fulfilled")

    /// Who handles the complaint; absent before it is assigned.
    public var department: DepartmentID?
    /// The pack's rule, for example `raising.grave-quality`.
    public var rule: String
    public var title: LocalizedText
    /// A department, an escalation target, a party outside, or `public`.
    public var recipient: String
    public var recipientTitle: LocalizedText
    /// `told`, `written`, `published` or `done`.
    public var form: String
    /// The heading of the document (书面报告) that was sent.
    public var subject: String?
    /// How it was sent or told, in the words of whoever did.
    public var way: String?
    public var note: String?
    public var by: Actor

    public init(
        department: DepartmentID? = nil, rule: String, title: LocalizedText, recipient: String,
        recipientTitle: LocalizedText, form: String, subject: String? = nil, way: String? = nil, note: String? = nil,
        by: Actor
    ) {
        self.department = department
        self.rule = rule
        self.title = title
        self.recipient = recipient
        self.recipientTitle = recipientTitle
        self.form = form
        self.subject = subject
        self.way = way
        self.note = note
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
