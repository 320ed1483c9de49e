import Contracts

/// A way by which complaints arrive (投诉渠道), with what the person who receives them says and asks. Rules M01, M02, W01.
package struct Channel: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    /// How to complain this way and how long it takes, for the customer (M01).
    package var instructions: LocalizedText?
    /// Within how long the customer hears first (M06).
    package var feedbackWithin: Allowance?
    /// The standard greeting (M02).
    package var greeting: LocalizedText
    /// The standard soothing words (M02).
    package var soothing: LocalizedText
    /// What must be on record before the complaint is accepted, beyond a way to reach the customer and a narrative.
    package var required: [RecordField]
    /// True when the record is read back to the customer and confirmed (M04).
    package var readBack: Bool
    /// True when spoken words are written down word for word (W02).
    package var verbatim: Bool
}

/// A field of the record that a channel may require. Rule M03.
package enum RecordField: String, Sendable, CaseIterable {
    case name, phone, email, address, product, orderNumber, reason, request, amount, affected, evidence

    /// True when the record has it.
    package func isGiven(in complaint: Complaint) -> Bool {
        let text: String? =
            switch self {
            case .name: complaint.complainant.name
            case .phone: complaint.complainant.phone
            case .email: complaint.complainant.email
            case .address: complaint.complainant.address
            case .product: complaint.about.product
            case .orderNumber: complaint.about.orderNumber
            case .reason: complaint.reason
            case .request: complaint.request
            case .amount: complaint.amount?.text
            case .affected: complaint.affected.map(String.init)
            case .evidence: complaint.evidence.first?.id
            }
        return !(text ?? "").allSatisfy(\.isWhitespace)
    }
}
