/// What of a complaint tells who the customer is, and can be kept from somebody's sight (M18).
public enum PersonalField: String, Hashable, Sendable, Codable, CaseIterable {
    case name, phone, email, address, orderNumber

    /// What somebody with several roles sees masked: the role that sees most decides. A role of which nothing is said sees
    /// everything masked.
    ///
    /// - Parameter roles: what each of the roles of which something is said sees masked.
    public static func masked(forRoles roles: [Set<PersonalField>]) -> Set<PersonalField> {
        guard let first = roles.first else { return Set(allCases) }
        return roles.dropFirst().reduce(first) { $0.intersection($1) }
    }
}
