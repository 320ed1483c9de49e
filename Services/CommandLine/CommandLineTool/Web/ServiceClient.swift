import Contracts
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Talks to the services' JSON APIs, as any outside program would.
struct ServiceClient: Sendable {
    /// What a service answered.
    struct Answer: Sendable {
        var status: Int
        var body: Data
        var retryAfter: String?
    }

    /// Sends one request; injected so that commands can be tested without a service.
    typealias Transport = @Sendable (URLRequest) async throws -> (Data, HTTPURLResponse)

    /// The name of the service in messages: `Intake`.
    let service: String
    let base: String
    let token: String?
    let transport: Transport

    init(service: String, base: String, token: String? = nil, transport: @escaping Transport = Self.overTheNetwork) {
        self.service = service
        self.base = base
        self.token = token
        self.transport = transport
    }

    func get<Value: Decodable>(_ type: Value.Type, _ path: String) async throws -> Value {
        try decode(type, from: try await answer("GET", path, body: nil))
    }

    /// The body as it came, for answers that are shown and not understood.
    func get(_ path: String) async throws -> Data { try await answer("GET", path, body: nil).body }

    func post<Value: Decodable>(
        _ type: Value.Type, _ path: String, body: Data?, headers: [String: String] = [:]
    ) async throws -> Value {
        try decode(type, from: try await answer("POST", path, body: body, headers: headers))
    }

    func post(_ path: String, body: Data?) async throws -> Data { try await answer("POST", path, body: body).body }

    private func answer(
        _ method: String, _ path: String, body: Data?, headers: [String: String] = [:]
    ) async throws -> Answer {
        let answer = try await attempt(method, path, body: body, headers: headers)
        try accept(answer)
        return answer
    }

    /// What the service answers, a refusal too, for callers that do something about it.
    func attempt(
        _ method: String, _ path: String, body: Data?, headers: [String: String] = [:]
    ) async throws -> Answer {
        guard let url = URL(string: base + path) else { throw CommandFailure.refused("'\(base)\(path)' is no address") }
        var request = URLRequest(url: url, timeoutInterval: 15)
        request.httpMethod = method
        request.httpBody = body
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        if body != nil { request.setValue("application/json", forHTTPHeaderField: "Content-Type") }
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let data: Data
        let response: HTTPURLResponse
        do {
            (data, response) = try await transport(request)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure.unreachable(
                "\(service) cannot be reached at \(base)", advice: "Is it running? compose/up starts everything.")
        }
        return Answer(
            status: response.statusCode, body: data, retryAfter: response.value(forHTTPHeaderField: "Retry-After"))
    }

    /// Turns a refusal into words; what is accepted passes.
    private func accept(_ answer: Answer) throws {
        switch answer.status {
        case 200..<300: return
        case 401, 403:
            throw CommandFailure.refused(
                "\(service) does not let these credentials do that (\(answer.status))",
                advice: "The credentials file may be an old one; compose/up writes it.")
        case 500...:
            throw CommandFailure.unreachable("\(service) does not work at the moment (\(answer.status))")
        default:
            throw CommandFailure.refused(Problem.text(of: answer, from: service))
        }
    }

    private func decode<Value: Decodable>(_ type: Value.Type, from answer: Answer) throws -> Value {
        do {
            return try ContractJSON.decode(type, from: answer.body)
        } catch {
            throw CommandFailure.unreachable("\(service) answered something that this version does not understand")
        }
    }

    /// The real transport.
    static let overTheNetwork: Transport = { request in
        let (data, response) = try await URLSession.shared.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        return (data, response)
    }
}

/// `application/problem+json` (RFC 9457), with a pointer to each wrong field.
struct Problem: Decodable, Hashable, Sendable {
    struct Field: Decodable, Hashable, Sendable {
        var pointer: String?
        var detail: String?
    }

    var title: String?
    var detail: String?
    var errors: [Field]?

    static func text(of answer: ServiceClient.Answer, from service: String) -> String {
        guard let problem = try? JSONDecoder().decode(Problem.self, from: answer.body) else {
            return "\(service) refused it (\(answer.status))"
        }
        let heading = [problem.title, problem.detail].compactMap { $0 }.joined(separator: ": ")
        let fields = (problem.errors ?? []).map { "  \($0.pointer ?? "?"): \($0.detail ?? "is wrong")" }
        return (["\(service) refused it: \(heading.isEmpty ? "\(answer.status)" : heading)"] + fields)
            .joined(separator: "\n")
    }
}

extension CredentialsFile {
    /// A client for one service (`intake`, `departments/logistics`), as somebody with a role.
    func client(for site: String, role: String? = nil) throws -> ServiceClient {
        guard let base = sites[site] else {
            throw CommandFailure.refused("the credentials file does not say where '\(site)' is")
        }
        return ServiceClient(
            service: site.prefix(1).uppercased() + site.dropFirst(), base: base, token: role.flatMap { tokens[$0] })
    }
}
