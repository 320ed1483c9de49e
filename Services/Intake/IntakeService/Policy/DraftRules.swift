import Contracts
import Foundation
import Procedure

/// Something that keeps a draft from being accepted: which field, and the key of the sentence that says why.
package struct DraftObjection: Hashable, Sendable {
    /// With dots, as in forms: `complainant.phone`.
    package var field: String
    package var key: String

    package init(_ field: String, _ key: String) {
        self.field = field
        self.key = key
    }
}

/// When a draft is a complaint that can be accepted. Rules M03, M04, W02.
package enum DraftRules {
    /// How far a clock that heard the complaint may be ahead of ours, in seconds.
    package static let clockTolerance: Double = 5 * 60

    /// How long ago a complaint may have been heard, in seconds: five years. What is older is a mistake in the date, and
    /// would spoil every average that it got into.
    package static let longestAgo: Double = 5 * 365.25 * 86_400

    /// What holds for everybody: there is a way to reach the complainant, and what is given makes sense.
    ///
    /// - Parameter mayBeAnonymous: True for a report whose reporter is protected (W21), and for an early warning, whose
    ///   customer may still be standing there (V02).
    package static func objections(
        to draft: ComplaintDraft, now: Date, mayBeAnonymous: Bool = false
    ) -> [DraftObjection] {
        var objections: [DraftObjection] = []
        let person = draft.complainant
        if !mayBeAnonymous, person.phone == nil, person.email == nil {
            objections.append(DraftObjection("complainant.phone", "intake.wrong.unreachable"))
        }
        if let phone = person.phone, !isPhone(phone) {
            objections.append(DraftObjection("complainant.phone", "intake.wrong.phone"))
        }
        if let email = person.email, !isEmail(email) {
            objections.append(DraftObjection("complainant.email", "intake.wrong.email"))
        }
        if draft.heardAt > now.addingTimeInterval(clockTolerance) {
            objections.append(DraftObjection("heardAt", "intake.wrong.future"))
        } else if draft.heardAt < now.addingTimeInterval(-longestAgo) {
            objections.append(DraftObjection("heardAt", "intake.wrong.longAgo"))
        }
        return objections
    }

    /// How long ago somebody unknown may say that they were heard, in seconds: a day. Anything earlier somebody of the staff
    /// heard, and says so.
    package static let longestAgoInPublic: Double = 86_400

    /// What holds when somebody unknown complains: time before they came here is charged to nobody on their word alone.
    package static func publicObjections(to draft: ComplaintDraft, now: Date) -> [DraftObjection] {
        draft.heardAt < now.addingTimeInterval(-longestAgoInPublic)
            ? [DraftObjection("heardAt", "intake.wrong.staffOnly")] : []
    }

    /// What holds when a member of staff takes the complaint down: the channel's own fields (M03), and reading the
    /// record back where the channel asks for it (M04).
    package static func deskObjections(
        to draft: ComplaintDraft, channel: Procedure.Channel, hasEvidence: Bool
    ) -> [DraftObjection] {
        let record = draft.complaint(registeredAt: draft.heardAt, evidence: [])
        var objections = channel.required
            .filter { $0 == .evidence ? !hasEvidence : !$0.isGiven(in: record) }
            .map { DraftObjection(fieldName($0), "validation.required") }
        if channel.readBack, !draft.confirmed {
            objections.append(DraftObjection("confirmed", "intake.wrong.notReadBack"))
        }
        return objections
    }

    /// The form field of a field of the record.
    package static func fieldName(_ field: RecordField) -> String {
        switch field {
        case .name, .phone, .email, .address: "complainant.\(field.rawValue)"
        case .product, .orderNumber: "about.\(field.rawValue)"
        case .reason, .request, .amount, .affected, .evidence: field.rawValue
        }
    }

    /// 5 to 20 digits, with the marks that people write between them.
    package static func isPhone(_ text: String) -> Bool {
        let marks = Set("+-() ·#*转,")
        let digits = text.filter { ("0"..."9").contains($0) }
        return (5...20).contains(digits.count)
            && text.allSatisfy { ("0"..."9").contains($0) || marks.contains($0) }
    }

    /// One `@` with something before it and a domain with a dot after it. Whether it exists, only a letter can tell.
    package static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !text.contains(where: \.isWhitespace) else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
    }
}

/// How much evidence may come at once.
package struct EvidenceLimits: Hashable, Sendable {
    package var files: Int
    /// In bytes, of each.
    package var size: Int

    package init(files: Int = 10, size: Int = 5 * 1024 * 1024) {
        self.files = files
        self.size = size
    }

    /// What customers bring: pictures, recordings, films, documents. Nothing that a browser would run.
    package static let mediaTypes: Set<String> = [
        "image/jpeg", "image/png", "image/gif", "image/webp", "image/heic", "image/heif", "application/pdf",
        "text/plain", "audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/wav", "audio/x-wav", "audio/amr", "audio/aac",
        "video/mp4", "video/quicktime", "video/webm", "application/msword", "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
}
