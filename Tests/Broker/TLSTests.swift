import AMQP
import Foundation
import Messaging
import TestSupport
import Testing

/// A broker with a certificate of our own authority.
@Suite("TLS", .tags(.broker))
struct TLSTests {
    /// An authority, a certificate for `localhost` by it, and another authority that has nothing to do with it.
    private struct Certificates: Sendable {
        let folder: TemporaryFolder
        let authority, certificate, key, stranger: String

        init() throws {
            let folder = try TemporaryFolder()
            self.folder = folder
            func openssl(_ arguments: String) throws {
                let result = try ChildProcess.run(
                    "/usr/bin/openssl", arguments.split(separator: " ").map(String.init), folder: folder.url.path)
                guard result.status == 0 else { throw BrokerFailure("openssl \(arguments): \(result.complaints)") }
            }
            let new = "req -x509 -newkey rsa:2048 -nodes -days 2"
            try openssl("\(new) -keyout ca.key -out ca.pem -subj /CN=test-authority")
            try openssl("\(new) -keyout stranger.key -out stranger.pem -subj /CN=another-authority")
            try "subjectAltName=DNS:localhost\n"
                .write(toFile: folder.path("names"), atomically: true, encoding: .utf8)
            try openssl("req -newkey rsa:2048 -nodes -keyout key.pem -out request.pem -subj /CN=localhost")
            try openssl(
                "x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out cert.pem"
            )
            authority = folder.path("ca.pem")
            certificate = folder.path("cert.pem")
            key = folder.path("key.pem")
            stranger = folder.path("stranger.pem")
        }
    }

    @Test("Trusted authority and right name: messages flow; otherwise the connection is refused with the reason")
    func verification() async throws {
        let certificates = try await onThread { try Certificates() }
        let broker = try await PrivateBroker(
            certificates: (certificates.authority, certificates.certificate, certificates.key))
        var address = broker.address
        address.host = "localhost"
        address.port = broker.tlsPort
        address.tls = .init(authorityFile: certificates.authority)

        let publisher = try Peer(address: address).publisher(declare: workTopology())
        try await publisher.waitUntilReady()
        let results = await publisher.publish((0..<500).map { publication("\($0)") })
        #expect(results.allSatisfy { $0 == .confirmed })
        let consumer = try Peer(address: address).consumer("work")
        #expect(try await collect(500, from: consumer).count == 500)

        var wrongName = address
        wrongName.host = "127.0.0.1"
        var wrongAuthority = address
        wrongAuthority.tls = .init(authorityFile: certificates.stranger)
        var noAuthority = address
        noAuthority.tls = .init(authorityFile: "/does/not/exist.pem")
        var plain = broker.address
        plain.port = broker.tlsPort
        plain.connectTimeout = 1
        for (address, reason) in [
            (wrongName, "hostname verification failed"), (wrongAuthority, "verification failed"),
            (noAuthority, "/does/not/exist.pem"), (plain, "log in"),
        ] {
            let refused = try Peer(address: address).publisher()
            try await poll("the status gives the reason: \(reason)") {
                guard case .connecting(let error?) = refused.status else { return false }
                return error.contains(reason)
            }
            await refused.close()
        }
        broker.dispose()
    }
}
