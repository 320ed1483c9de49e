import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The broker's management API, as far as tests need it.
package struct Management: Sendable {
    package let base: String
    private let authorization: String

    package init(base: String, user: String, password: String) {
        self.base = base
        authorization = "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    }

    package init(port: Int, user: String, password: String) {
        self.init(base: "http://127.0.0.1:\(port)", user: user, password: password)
    }

    package func isHealthy() async throws -> Bool {
        _ = try await request("GET", "overview")
        return true
    }

    /// Creates a virtual host that the administrator may use.
    package func createVirtualHost(_ name: String, for user: String) async throws {
        _ = try await request("PUT", "vhosts/\(Self.escaped(name))", [:])
        try await permit(user, in: name)
    }

    package func deleteVirtualHost(_ name: String) async throws {
        _ = try await request("DELETE", "vhosts/\(Self.escaped(name))")
    }

    /// A user without any administrative right.
    package func createUser(_ name: String, password: String) async throws {
        _ = try await request("PUT", "users/\(Self.escaped(name))", ["password": password, "tags": ""])
    }

    package func deleteUser(_ name: String) async throws {
        _ = try await request("DELETE", "users/\(Self.escaped(name))")
    }

    /// Patterns of the names that a user may declare, write to and read from.
    package func permit(
        _ user: String, in virtualHost: String, configure: String = ".*", write: String = ".*", read: String = ".*"
    ) async throws {
        _ = try await request(
            "PUT", "permissions/\(Self.escaped(virtualHost))/\(Self.escaped(user))",
            ["configure": configure, "write": write, "read": read])
    }

    package func deleteQueue(_ name: String, in virtualHost: String) async throws {
        _ = try await request("DELETE", "queues/\(Self.escaped(virtualHost))/\(Self.escaped(name))")
    }

    /// Users, rights, exchanges, queues and bindings, in the broker's own form.
    package func importDefinitions(_ json: Data) async throws {
        _ = try await send("POST", "definitions", body: json)
    }

    /// The queues of a virtual host with their types: `quorum`, `stream`.
    package func queues(in virtualHost: String) async throws -> [(name: String, type: String)] {
        let answer = try await request("GET", "queues/\(Self.escaped(virtualHost))")
        let list = try JSONSerialization.jsonObject(with: answer) as? [[String: Any]] ?? []
        return list.compactMap { entry in
            guard let name = entry["name"] as? String else { return nil }
            return (name, entry["type"] as? String ?? "")
        }
    }

    /// The names of the connections that are open in a virtual host, as their clients call themselves.
    package func connections(in virtualHost: String) async throws -> [(id: String, name: String)] {
        let answer = try await request("GET", "vhosts/\(Self.escaped(virtualHost))/connections")
        let list = try JSONSerialization.jsonObject(with: answer) as? [[String: Any]] ?? []
        return list.compactMap { entry in
            guard let id = entry["name"] as? String else { return nil }
            return (id, entry["user_provided_name"] as? String ?? "")
        }
    }

    /// Closes a connection from the broker's side.
    package func closeConnection(_ id: String) async throws {
        _ = try await request("DELETE", "connections/\(Self.escaped(id))")
    }

    /// Any request below `/api/`; the body is JSON. Fails unless the answer is a success.
    @discardableResult
    package func request(_ method: String, _ path: String, _ body: [String: String]? = nil) async throws -> Data {
        try await send(method, path, body: try body.map { try JSONSerialization.data(withJSONObject: $0) })
    }

    private func send(_ method: String, _ path: String, body: Data?) async throws -> Data {
        guard let url = URL(string: "\(base)/api/\(path)") else { throw BrokerFailure("no URL: \(path)") }
        var request = URLRequest(url: url, timeoutInterval: 30)
        request.httpMethod = method
        request.setValue(authorization, forHTTPHeaderField: "Authorization")
        if let body {
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.httpBody = body
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        guard let status = (response as? HTTPURLResponse)?.statusCode, (200..<300).contains(status) else {
            throw BrokerFailure("\(method) \(path): \(String(decoding: data, as: UTF8.self))")
        }
        return data
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["-", ".", "_"])) ?? text
    }
}
