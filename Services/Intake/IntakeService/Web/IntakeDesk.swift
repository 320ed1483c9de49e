import Contracts
import Foundation
import Hummingbird
import Procedure
import Web

/// What the pages and the API of Intake work with.
package struct IntakeDesk: Sendable {
    package let shelf: PolicyShelf
    package let store: IntakeStore
    package let evidence: EvidenceStore
    package let limits: EvidenceLimits
    /// Complaints by people who have not signed in, for each address.
    package let publicLimiter: AttemptLimiter
    /// Wrong tracking codes, for each address and for each complaint.
    let codeLimiter = AttemptLimiter(capacity: 10, refillEvery: 30)

    /// The channels and their words as they are now.
    package var pack: PolicyPack { shelf.current }

    package init(
        shelf: PolicyShelf, store: IntakeStore, evidence: EvidenceStore, limits: EvidenceLimits,
        publicLimiter: AttemptLimiter
    ) {
        self.shelf = shelf
        self.store = store
        self.evidence = evidence
        self.limits = limits
        self.publicLimiter = publicLimiter
    }

    /// - Throws: `Problem` with 429 when this address has sent too much without signing in.
    func limitPublic(_ context: some PageContext) throws {
        if let wait = publicLimiter.take(context.visit.remoteAddress, now: context.site.realNow()) {
            throw Problem.tooMany(retryAfter: wait)
        }
    }

    /// The complaint, when the tracking code in the address's query is its own.
    /// - Throws: `Problem` with 404 for a wrong number or code alike, and 429 after too many wrong ones.
    func complaint(_ number: TicketNumber, for context: some PageContext) async throws -> ComplaintRow {
        let now = context.site.realNow()
        let keys = ["from \(context.visit.remoteAddress)", "about \(number)"]
        for key in keys {
            if let wait = codeLimiter.take(key, now: now) { throw Problem.tooMany(retryAfter: wait) }
        }
        guard let row = try await store.complaint(number), let code = context.query("code"),
            TrackingCode.matches(code, of: number, hash: row.trackingHash)
        else { throw Problem.notFound(Phrase("intake.problem.code")) }
        for key in keys { codeLimiter.giveBack(key, now: now) }
        return row
    }

    /// What the pack says of drafts that do not take the usual course.
    var courses: SpecialCourses { SpecialCourses(pack: pack) }

    /// What a member of staff sees (M18, W21).
    func sight(of identity: Identity) -> Sight {
        Sight(
            courses: courses, name: identity.name,
            roles: Set(identity.roles.compactMap { StaffRole(rawValue: $0.rawValue) }))
    }

    /// The record, for somebody who may see it.
    /// - Throws: `Problem` with 404: what is confidential does not exist for others.
    func record(_ number: TicketNumber, for identity: Identity) async throws -> ComplaintRow {
        guard let row = try await store.complaint(number), sight(of: identity).sees(row.complaint) else {
            throw Problem.notFound(Phrase("problem.notFound.ticket"))
        }
        return row
    }

    /// Who records early warnings (V02); nobody when the pack knows none.
    var warningRoles: Set<Role> {
        Set((pack.warnings?.recordedBy ?? []).compactMap { Role(rawValue: $0.rawValue) })
    }

    /// Where the customer follows the complaint.
    func trackingURL(_ number: TicketNumber, code: String, _ site: Site) -> String {
        "\(site.settings.sites.callback.absoluteString)/callback/track/\(number)?code=\(URLEncodedForm.encode(code))"
    }
}

/// The routes of Intake.
package struct IntakeRoutes {
    private let desk: IntakeDesk

    package init(_ desk: IntakeDesk) { self.desk = desk }

    package func add(to routes: Router<WebContext>) {
        PublicPages(desk).add(to: routes)
        DeskPages(desk).add(to: routes)
        ComplaintAPI(desk).add(to: routes)
        RemarkAPI(desk).add(to: routes)
        EvidencePages(desk).add(to: routes)
        WarningPages(desk).add(to: routes)
        ReportPages(desk).add(to: routes)
        ReporterPages(desk).add(to: routes)
    }
}
