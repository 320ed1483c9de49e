import Foundation
import HTTPTypes
import Hummingbird
import Web

/// `/intake/evidence/{id}`: evidence for staff, always as a download, never shown by our own pages.
struct EvidencePages {
    private let desk: IntakeDesk

    init(_ desk: IntakeDesk) { self.desk = desk }

    func add(to routes: Router<WebContext>) {
        routes.staff("/intake/evidence", roles: StaffRoles.readers).get("{id}") { _, context in
            guard let id = context.parameters.get("id"), let file = try await desk.store.evidence(id: id),
                let row = try await desk.store.complaint(ofEvidence: id),
                desk.sight(of: context.identity).sees(row.complaint)
            else { throw Problem.notFound(Phrase("intake.problem.evidence")) }
            context.logger.notice(
                "Evidence opened", metadata: ["evidence": "\(id)", "user": "\(context.identity.name)"])
            let bytes = try await desk.evidence.bytes(file.sha256)
            return Response(
                status: .ok,
                headers: [
                    .contentType: file.mediaType,
                    .contentDisposition: "attachment; filename*=UTF-8''\(URLEncodedForm.encode(file.name))",
                    .contentSecurityPolicy: "default-src 'none'; sandbox", .cacheControl: "private, no-store",
                ],
                body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }
}
