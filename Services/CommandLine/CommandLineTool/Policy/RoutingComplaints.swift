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
        }
        var complaints: [Complaint]
        var next: String?
    }

    private struct PackText: Decodable {
        var yaml: String
        var calendar: String?
    }

    /// Page by page, the oldest first.
    func visit(_ body: (String, PastComplaint) async throws -> Void) async throws {
        var cursor: String?
        repeat {
            let further = cursor.map { "&cursor=\($0)" } ?? ""
            let page = try await client.get(
                Page.self, "/routing/api/complaints?state=all&sort=oldest&limit=200\(further)")
            for complaint in page.complaints {
                let dossier = try await client.get(
                    ComplaintDossier.self, "/routing/api/complaints/\(complaint.number)")
                try await body(complaint.number.text, dossier.past(at: Date()))
            }
            cursor = page.next
        } while cursor != nil
    }

    func pack(of past: PastComplaint) async throws -> PolicyPack {
        guard let stamp = past.policy else {
            throw CommandFailure.refused(
                "Routing does not say which pack \(past.number?.text ?? "a complaint") was judged under",
                advice: "Name the pack to compare with by --against.")
        }
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

    func pack(_ stamp: PolicyStamp) -> PolicyPack? { packs.withLock { $0[stamp] } }
    func keep(_ pack: PolicyPack) { packs.withLock { $0[pack.stamp] = pack } }
}
