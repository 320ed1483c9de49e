import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// The services as the people who use them reach them.
final class ServiceClients: Sendable {
    private let credentials: Credentials
    private let connectionsPerSite: Int
    private let pools = Mutex<[String: ConnectionPool]>([:])
    private let group: any EventLoopGroup

    init(_ credentials: Credentials, connectionsPerSite: Int) {
        self.credentials = credentials
        self.connectionsPerSite = connectionsPerSite
        group = MultiThreadedEventLoopGroup.singleton
    }

    /// Sends a request to a service.
    /// - Parameters:
    ///   - site: `intake`, …, `departments/<id>`.
    ///   - target: path and query.
    ///   - key: lets the service recognise a repetition.
    func send(
        _ method: HTTPMethod, _ site: String, _ target: String, as person: Person, json: Data? = nil,
        key: String? = nil
    ) async throws -> HTTPAnswerMessage {
        let (pool, host) = try pool(site)
        var headers = [("Host", host), ("Accept", "application/json")]
        if let token = credentials.tokens[person.rawValue] { headers.append(("Authorization", "Bearer \(token)")) }
        if let json {
            headers += [("Content-Type", "application/json"), ("Content-Length", "\(json.count)")]
        } else if method == .POST {
            headers.append(("Content-Length", "0"))
        }
        if let key { headers.append(("Idempotency-Key", key)) }
        return try await pool.send(
            HTTPRequestMessage(method: method, target: target, headers: headers, body: json),
            mayRepeat: method == .GET || key != nil)
    }

    func close() async {
        for pool in pools.withLock({ Array($0.values) }) { await pool.closeAll() }
    }

    private func pool(_ site: String) throws -> (ConnectionPool, host: String) {
        let url = try credentials.site(site)
        let (host, port) = (url.host() ?? "127.0.0.1", url.port ?? 80)
        let pool = pools.withLock { pools in
            if let pool = pools[site] { return pool }
            let pool = ConnectionPool(host: host, port: port, limit: connectionsPerSite, group: group)
            pools[site] = pool
            return pool
        }
        return (pool, "\(host):\(port)")
    }
}
