import Contracts
import Foundation
import Procedure

/// What the pack says of drafts that do not take the usual course: reports of misconduct, early warnings, work orders
/// from above, what is settled or answered on the spot. Rules W21, V01, V02, M05, S05.
package struct SpecialCourses: Sendable {
    package let pack: PolicyPack

    package init(pack: PolicyPack) { self.pack = pack }

    /// Why the reporter of this draft is protected; nil for the usual complaint.
    package func protection(of draft: ComplaintDraft) -> PrivacyTerms.Protected? {
        pack.protection(of: record(of: draft))?.terms
    }

    /// A report of misconduct (举报) as the reporting page makes it: with the marker or by the channel that the pack asks
    /// for. Nil when the pack protects no reports.
    package func report(_ draft: ComplaintDraft) -> ComplaintDraft? {
        var marked = draft
        if !marked.flags.contains(Self.reportFlag) { marked.flags.append(Self.reportFlag) }
        let channels = [draft.channel] + pack.channels.map(\.id)
        return channels.lazy.map { channel in
            var draft = marked
            draft.channel = channel
            return draft
        }.first { protection(of: $0) != nil }
    }

    /// True when the pack has a way to report misconduct.
    package var takesReports: Bool {
        report(
            ComplaintDraft(
                channel: pack.channels.first?.id ?? "", heardAt: .distantPast, complainant: Complainant(), narrative: ""
            )
        ) != nil
    }

    /// The accounts of the colleagues whom a report names: by sign-in name, by what the pack calls them, or by their
    /// department, whose people are all meant then. A name that fits nobody stays as it was written.
    package func accounts(of names: [String]) -> [String] {
        let words = names.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
        return words.flatMap { word in
            let meant = colleagues(called: word.lowercased())
            return meant.isEmpty ? [word] : meant
        }.reduce(into: []) { accounts, name in
            if !accounts.contains(name) { accounts.append(name) }
        }
    }

    private func colleagues(called word: String) -> [String] {
        func isCalled(_ title: LocalizedText) -> Bool { [title.zhHans, title.en].contains { $0.lowercased() == word } }
        let people = pack.people.filter { $0.key.lowercased() == word || isCalled($0.value) }.keys.sorted()
        let departments = pack.departments.filter { $0.id.text.lowercased() == word || isCalled($0.title) }
        return people + departments.flatMap { [$0.head] + $0.owners }
    }

    /// The marker of a report of misconduct.
    package static let reportFlag = "whistleblowing"

    /// Markers that have pages of their own, or restrict who sees a complaint: no box of the usual form sets them.
    static let ownMarkers = ["confidential", reportFlag]

    /// Whether the draft needs no way to reach the customer.
    package func mayBeAnonymous(_ draft: ComplaintDraft) -> Bool {
        protection(of: draft) != nil
            || (draft.kind == .warning && draft.recordedBy != nil && pack.warnings != nil)
    }

    /// What stands against settling it on the spot; nil when nothing does, or nobody did.
    ///
    /// - Parameter compensation: what was given on the spot, if anything.
    package func refusalOfSettling(_ draft: ComplaintDraft, compensation: Money?) -> LocalizedText? {
        guard draft.settledOutcome != nil else { return nil }
        switch draft.kind {
        case .enquiry:
            guard let enquiries = pack.enquiries, !enquiries.onTheSpot else { return nil }
            return LocalizedText(zhHans: "咨询不得当场答复", en: "Enquiries are not answered on the spot")
        case .warning:
            // Soothed and explained, as the warning's own course asks for (V02).
            return pack.warnings == nil ? firstContact(draft, compensation) : nil
        case .complaint, .suggestion:
            return firstContact(draft, compensation)
        }
    }

    private func firstContact(_ draft: ComplaintDraft, _ compensation: Money?) -> LocalizedText? {
        guard pack.firstContact != nil else { return nil }
        return pack.refusalOfFirstContact(graded(record(of: draft)), compensation: compensation)
    }

    /// Whether a work order from above lacks its number (V01).
    package func lacksUpstreamNumber(_ draft: ComplaintDraft) -> Bool {
        guard let rule = pack.upstream(channel: draft.channel), rule.numberRequired else { return false }
        return (draft.upstreamNumber ?? "").isEmpty
    }

    /// The record with what the pack decides about it.
    package func graded(_ complaint: Complaint) -> GradedComplaint {
        let category = pack.categorise(complaint)?.category.id
        let grading = pack.grade(complaint, category: category)
        return pack.graded(complaint, category: category, severity: grading.severity)
    }

    private func record(of draft: ComplaintDraft) -> Complaint {
        draft.complaint(registeredAt: draft.heardAt, evidence: [])
    }
}
