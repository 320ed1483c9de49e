import Contracts
import Hummingbird
import Procedure
import Web

/// The policy packs that Routing decides by, and decided by.
struct PolicyAPI: Sendable {
    let web: RoutingWeb

    func add(to routes: Router<WebContext>) {
        let readers = routes.staff("/routing/api/policies", roles: RoutingWeb.readers)
        readers.get { _, context in try list(context) }
        readers.get("{id}/{version}") { _, context in try await text(context) }
    }

    /// What is in use, and why a changed file is not.
    struct List: Encodable {
        /// For new complaints.
        var current: PolicyStamp
        /// Every version that complaints were judged under, the oldest first.
        var kept: [PolicyStamp]
        var refused: String?
    }

    /// A version as it was read.
    struct Text: Encodable {
        var policy: PolicyStamp
        var yaml: String
        /// Absent when the calendar is written in the pack.
        var calendar: String?
    }

    private func list(_ context: SignedInContext) throws -> Response {
        let shelf = web.desk.work.shelf
        return try context.json(List(current: shelf.current.stamp, kept: shelf.stamps, refused: shelf.refusal))
    }

    private func text(_ context: SignedInContext) async throws -> Response {
        guard let id = context.parameters.get("id"), let version = context.parameters.get("version", as: Int.self),
            let kept = try await web.store.policy(PolicyStamp(id: id, version: version))
        else { throw Problem.notFound() }
        return try context.json(Text(policy: kept.stamp, yaml: kept.yaml, calendar: kept.calendar))
    }
}
