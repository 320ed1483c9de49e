/// How a person rules when customer and departments do not come to an agreement (裁定).
public enum RulingVerdict: String, Sendable, Codable, CaseIterable {
    /// The solution holds and is carried out.
    case carryOut
    /// It does not: the department makes another.
    case revise
    /// Nothing more is offered; the complaint is closed.
    case close
}

/// What a proposal's validity passing in silence means.
public enum SilenceMeaning: String, Sendable, Codable, CaseIterable {
    /// A person rules how to go on.
    case ruling
    /// It counts as agreed.
    case agreed
    /// It counts as declined.
    case declined
}
