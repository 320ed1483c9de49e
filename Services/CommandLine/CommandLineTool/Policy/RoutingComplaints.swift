import Contracts
import Foundation
import Procedure
import Synchronization

/// Past complaints from Routing, which also keeps every version of a pack that it decided under.
struct RoutingComplaints: PastComplaints {
    let client: ServiceClient
    private let packs = KnownPacks()

    init(client: ServiceClient) { self.client = client }

    private struct Page: Decodable {
        struct Complaint: Decodable {
            var number: TicketNumber
            var registeredAt: Date
        }
        var complaints: [Complaint]
        var next: String?
    }

    private struct PackText: Decodable {
        var yaml: String
        var calendar: String?
    }

    /// Page by page, the oldest first.
    func visit(_ span: ReplaySpan, _ body: (String, PastComplaint) async throws -> Void) async throws {
        var cursor: String?
        repeat {
            let further = cursor.map { "&cursor=\($0)" } ?? ""
            let page = try await client.get(
                Page.self, "/routing/api/complaints?state=all&sort=oldest&limit=200\(further)")
            for complaint in page.complaints where span.contains(complaint.registeredAt) {
                let dossier = try await client.get(
                    ComplaintDossier.self, "/routing/api/complaints/\(complaint.number)")
                try await body(complaint.number.text, dossier.past(at: Date()))
            }
            // The list goes on with what was registered later.
            if let until = span.until, let last = page.complaints.last, last.registeredAt >= until { return }
            cursor = page.next
        } while cursor != nil
    }

    private struct Policies: Decodable {
        var current: PolicyStamp
    }

    /// One that Routing judged before it kept versions goes by the pack in force, in Routing as here.
    func pack(of past: PastComplaint) async throws -> PolicyPack {
        if let stamp = past.policy { return try await pack(stamp) }
        if let current = packs.inForce { return try await pack(current) }
        let current = try await client.get(Policies.self, "/routing/api/policies").current
        packs.inForce = current
        return try await pack(current)
    }

    private func pack(_ stamp: PolicyStamp) async throws -> PolicyPack {
        if let known = packs.pack(stamp) { return known }
        let text = try await client.get(PackText.self, "/routing/api/policies/\(stamp.id)/\(stamp.version)")
        do {
            let pack = try PolicySource(file: "\(stamp)", text: text.yaml, calendar: text.calendar).load()
            packs.keep(pack)
            return pack
        } catch {
            throw CommandFailure.refused("the pack \(stamp) that Routing keeps does not load any more\n\(error)")
        }
    }
}

/// The packs that were fetched.
private final class KnownPacks: Sendable {
    private let packs = Mutex<[PolicyStamp: PolicyPack]>([:])
    private let current = Mutex<PolicyStamp?>(nil)

    var inForce: PolicyStamp? {
        get { current.withLock(\.self) }
        set { current.withLock { $0 = newValue } }
    }

    func pack(_ stamp: PolicyStamp) -> PolicyPack? { packs.withLock { $0[stamp] } }
    func keep(_ pack: PolicyPack) { packs.withLock { $0[pack.stamp] = pack } }
}
