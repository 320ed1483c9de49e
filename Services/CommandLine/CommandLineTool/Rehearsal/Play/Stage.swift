import Contracts
import Foundation

/// The system on which a story is played: its public HTTP API, as each person of the story uses it. Whoever has to wait for
/// news asks again, for a while.
struct Stage: Sendable {
    let credentials: CredentialsFile
    /// Of the titles in answers.
    var language = "zh-Hans"
    /// How long, in real time, the API may refuse what is not possible yet.
    var patience: Duration = .seconds(60)
    var transport: ServiceClient.Transport = ServiceClient.overTheNetwork
    private static let pause = Duration.milliseconds(50)
    /// Not known yet, not possible yet, or not there at the moment.
    private static let passing: Set = [404, 409, 502, 503]

    private var headers: [String: String] { ["Accept-Language": language] }

    /// A service's client for somebody: with their own token, else with the token of their role; the customer has none.
    func client(_ site: String, as who: String) throws -> ServiceClient {
        guard let base = credentials.sites[site] else {
            throw CommandFailure.refused("the credentials file does not say where '\(site)' is")
        }
        var token: String?
        if who != RehearsalStory.customer {
            token = credentials.users.first { $0.name == who }?.token ?? credentials.tokens[who]
            guard token != nil else { throw CommandFailure.refused("the credentials file has no token of '\(who)'") }
        }
        return ServiceClient(service: site, base: base, token: token, transport: transport)
    }

    /// Sends a request until it is accepted; what cannot come true by waiting fails at once.
    func send(
        _ body: JSONTree, method: String = "POST", to path: String, of site: String, as who: String
    ) async throws -> JSONTree {
        let client = try client(site, as: who)
        let data = try ContractJSON.encode(body)
        let end = ContinuousClock.now + patience
        while true {
            let answer = try await client.attempt(method, path, body: data, headers: headers)
            if (200..<300).contains(answer.status) { return try ContractJSON.decode(JSONTree.self, from: answer.body) }
            guard Self.passing.contains(answer.status), ContinuousClock.now < end else {
                throw CommandFailure.refused("\(who): \(method) \(path): \(Problem.text(of: answer, from: site))")
            }
            try await Task.sleep(for: Self.pause)
        }
    }

    /// Reads until something holds of the answer.
    /// - Parameter what: completes "still not so: …".
    func read(
        _ path: String, of site: String, as who: String, until what: String, _ holds: (JSONTree) -> Bool
    ) async throws -> JSONTree {
        let client = try client(site, as: who)
        let end = ContinuousClock.now + patience
        var seen = ""
        while ContinuousClock.now < end {
            let answer = try await client.attempt("GET", path, body: nil, headers: headers)
            if answer.status == 200 {
                let tree = try ContractJSON.decode(JSONTree.self, from: answer.body)
                if holds(tree) { return tree }
            } else if !Self.passing.contains(answer.status) {
                throw CommandFailure.refused("\(who): GET \(path): \(Problem.text(of: answer, from: site))")
            }
            seen = String(decoding: answer.body.prefix(2000), as: UTF8.self)
            try await Task.sleep(for: Self.pause)
        }
        throw CommandFailure.refused("still not so after waiting: \(what)\n\(who): GET \(path) answers: \(seen)")
    }
}
