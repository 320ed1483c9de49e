import Contracts
import Hummingbird
import Procedure
import Web

/// Routing's pages and JSON API.
package struct RoutingWeb: Sendable {
    let store: RoutingStore
    let desk: TriageDesk

    init(store: RoutingStore, work: CaseWork) {
        self.store = store
        desk = TriageDesk(store: store, work: work)
    }

    /// For new complaints.
    var pack: PolicyPack { desk.work.pack }

    /// What a complaint is decided under.
    func pack(of record: ComplaintRecord) -> PolicyPack { desk.work.following(record.policy).pack }

    func add(to routes: Router<WebContext>) {
        DeskPages(web: self).add(to: routes)
        ComplaintPages(web: self).add(to: routes)
        DeskAPI(web: self).add(to: routes)
        DutyPages(web: self).add(to: routes)
        WarningPages(web: self).add(to: routes)
        DutyAPI(web: self).add(to: routes)
        SupervisionPages(web: self).add(to: routes)
        SamplePages(web: self).add(to: routes)
        RectificationPages(web: self).add(to: routes)
        InspectionAPI(web: self).add(to: routes)
        ExtensionPages(web: self).add(to: routes)
    }

    /// Who may look at the desk.
    static let readers: Set<Role> = [.agent, .coordinator, .supervisor, .manager]
    /// Who judges and assigns.
    static let deciders: Set<Role> = [.agent, .coordinator, .supervisor]
    /// Who merges.
    static let mergers: Set<Role> = [.coordinator, .supervisor]
    /// Who rules after too many returns.
    static let supervisors: Set<Role> = [.supervisor]
    /// Who urges (督办).
    static let urgers: Set<Role> = [.coordinator, .supervisor]
    /// Who watches over what is overdue.
    static let watchers: Set<Role> = [.coordinator, .supervisor, .manager]
    /// Who asks for extensions or decides on them (延期); what each may is decided by `Extending`.
    static let extenders: Set<Role> = [.handler, .head, .coordinator, .supervisor, .manager]

    /// Who writes and sends what is owed to others.
    static let dutiful: Set<Role> = [.agent, .coordinator, .supervisor, .manager]

    /// Everything about a complaint.
    /// - Throws: `Problem` with 404.
    func dossier(_ number: TicketNumber) async throws -> ComplaintDossier {
        guard let dossier = try await store.dossier(number) else {
            throw Problem.notFound(Phrase("problem.notFound.ticket"))
        }
        return dossier
    }
}
