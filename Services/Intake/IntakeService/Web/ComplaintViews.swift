import Contracts
import Foundation
import Procedure
import Web

/// How complaints are shown to staff.
extension IntakeDesk {
    /// A line of a list: the person is masked here (M18), and in full only on the complaint's own page.
    func line(_ row: ComplaintRow, _ context: some PageContext) -> [String: Any] {
        let complaint = row.complaint
        var data: [String: Any] = [
            "number": row.number.text, "time": context.time(complaint.registeredAt),
            "channel": channelTitle(complaint.channel, context),
            "kind": context.text("intake.kind.\(complaint.kind.rawValue)"),
            "summary": complaint.reason ?? String(complaint.narrative.prefix(60)),
        ]
        let person = complaint.complainant
        data["name"] = person.name.map(Masking.name)
        data["contact"] = person.phone.map(Masking.phone) ?? person.email.map(Masking.email)
        data["upstreamNumber"] = complaint.upstreamNumber
        if complaint.protected != nil { data["mark"] = context.badge(context.text("intake.mark.protected"), .bad) }
        if row.withdrawnAt != nil { data["mark"] = context.badge(context.text("intake.mark.withdrawn"), .warn) }
        if row.settledOutcome != nil { data["mark"] = context.badge(context.text("intake.mark.settled"), .good) }
        return data
    }

    /// Everything that was heard, as far as the reader's roles see it (M18).
    func details(_ row: ComplaintRow, _ context: SignedInContext) -> [String: Any] {
        let complaint = row.complaint.masked(sight(of: context.identity).masks)
        let person = complaint.complainant
        var data = line(row, context)
        data["person"] = facts(
            [
                ("name", person.name), ("phone", person.phone), ("email", person.email), ("address", person.address),
            ], context)
        let about = facts(
            [
                ("product", complaint.about.product), ("orderNumber", complaint.about.orderNumber),
                ("amount", complaint.amount.map { context.money($0) }),
                ("affected", complaint.affected.map(String.init)),
                (
                    "flags",
                    complaint.flags.isEmpty
                        ? nil : complaint.flags.map { flagTitle($0, context) }.joined(separator: " · ")
                ),
            ], context)
        data["about"] = about
        data["record"] = facts(
            [
                ("upstreamNumber", complaint.upstreamNumber),
                (
                    "concerned",
                    complaint.protected.map { $0.concerned.joined(separator: "、") }.flatMap { $0.isEmpty ? nil : $0 }
                ),
                ("heardAt", context.timeText(complaint.heardAt)),
                ("registeredAt", context.timeText(complaint.registeredAt)),
                ("recordedBy", complaint.recordedBy.map { staffName($0, context) } ?? context.text("intake.customer")),
                (
                    "confirmed",
                    complaint.recordedBy == nil
                        ? nil : context.text(complaint.confirmed ? "intake.yes" : "intake.no")
                ),
            ], context)
        data["isProtected"] = complaint.protected != nil
        data["isAboutSomething"] = !about.isEmpty
        data["ticket"] = "\(context.site.settings.sites.reporting.absoluteString)/reporting/tickets/\(row.number)"
        data["reason"] = complaint.reason
        data["narrative"] = complaint.narrative
        data["request"] = complaint.request
        data["settledOutcome"] = row.settledOutcome
        return data
    }

    /// Complaints of the last 30 days by the same person, those that tell the same story first and marked.
    func possibleDuplicates(
        of row: ComplaintRow, _ context: some PageContext, for identity: Identity
    ) async throws -> [[String: Any]] {
        let sight = sight(of: identity)
        let since = row.complaint.registeredAt.addingTimeInterval(-30 * 86_400)
        let others = try await store.others(like: row.number, since: since).filter { sight.sees($0.complaint) }
        let likeness = others.map { ($0, Likeness.of($0.complaint.narrative, row.complaint.narrative)) }
        return likeness.sorted { $0.1 > $1.1 }.map { other, likeness in
            var data = line(other, context)
            if likeness >= Likeness.alike { data["alike"] = context.badge(context.text("intake.mark.alike"), .warn) }
            return data
        }
    }

    /// The page of a list.
    func lines(_ rows: some Sequence<ComplaintRow>, _ context: SignedInContext) -> [[String: Any]] {
        let sight = sight(of: context.identity)
        return rows.filter { sight.sees($0.complaint) }.map { line($0, context) }
    }

    private func facts(_ facts: [(String, String?)], _ context: some PageContext) -> [[String: String]] {
        facts.compactMap { key, value in value.map { ["title": context.text("intake.form.\(key)"), "value": $0] } }
    }

    private func channelTitle(_ id: String, _ context: some PageContext) -> String {
        pack.channel(id)?.title.text(for: context.language.tag) ?? id
    }

    /// Somebody by the name that the pack gives them; the account's own where it gives none.
    func staffName(_ account: String, _ context: some PageContext) -> String {
        pack.people[account]?.text(for: context.language.tag) ?? account
    }

    private func flagTitle(_ flag: String, _ context: some PageContext) -> String {
        ComplaintForm.title(ofFlag: flag, context)
    }
}
