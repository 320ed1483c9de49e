import Contracts

/// The course of an early warning (抱怨预警). Rules V02–V04.
package struct WarningTerms: Sendable, Hashable {
    /// Who may record one: any employee whom a customer tells of something.
    package var recordedBy: [StaffRole]
    /// What is said and explained before it becomes a complaint.
    package var soothing: LocalizedText
    /// For settling it without the department's manager.
    package var settleWithin: Allowance
    /// Warnings for want of parts (缺件).
    package var parts: Parts?

    package struct Parts: Sendable, Hashable {
        package var when: Condition
        /// The department that transfers or orders, registers and tracks until the part is there.
        package var department: DepartmentID
        /// The ways to get one: transfer from elsewhere (借调), urgent order (紧急订货).
        package var ways: [LocalizedText]
        /// A wait this long is long.
        package var longAfter: Allowance
        /// Who is turned to for a grave or long wait: parties outside or escalation targets.
        package var raisedTo: [String]
    }
}

/// How enquiries are answered (咨询; S05).
package struct EnquiryTerms: Sendable, Hashable {
    /// True when the agent who hears it may answer on the spot.
    package var onTheSpot: Bool
    package var within: Allowance
    /// Who answers what cannot be answered on the spot; absent: the category's department.
    package var department: DepartmentID?
}

/// What may be settled at first contact (当场解决; M05).
package struct FirstContactTerms: Sendable, Hashable {
    /// Asks about the graded complaint.
    package var when: Condition
    /// The most that may be offered on the spot; absent: nothing.
    package var compensationLimit: Money?
}

/// Work orders that come from above with a number of their own, and are answered back (投诉工单; V01).
package struct UpstreamRule: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    package var channel: String
    /// The party outside that sends them and gets the answer.
    package var party: String
    /// True when their number must be on record.
    package var numberRequired: Bool
    package var answerWithin: Allowance
}

/// Customers are told where they stand, unasked (W17).
package struct UpdateTerms: Sendable, Hashable {
    package var every: Allowance

    package init(every: Allowance) { self.every = every }
}

/// Results that are made public (W24).
package struct PublicationTerms: Sendable, Hashable {
    package var when: Condition
    /// After closing.
    package var within: Allowance
    package var place: LocalizedText
}
