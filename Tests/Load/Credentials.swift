import ArgumentParser
import Foundation

/// What `compose/up` writes: where the services are, and a token for each role.
struct Credentials: Decodable, Sendable {
    var broker: String
    /// Base addresses: `intake`, `routing`, …, `departments/<id>`.
    var sites: [String: String]
    var tokens: [String: String]

    init(file: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ValidationError("\(file) cannot be read; compose/up writes it, --credentials says where it is")
        }
        do {
            self = try JSONDecoder().decode(Credentials.self, from: data)
        } catch {
            throw ValidationError("\(file) is not what compose/up writes: \(error)")
        }
    }

    func site(_ name: String) throws -> URL {
        guard let text = sites[name], let url = URL(string: text) else {
            throw ValidationError("the credentials do not say where \(name) is")
        }
        return url
    }
}

/// Who sends a request.
enum Person: String, Sendable {
    case agent, coordinator, handler, head, caller, manager, `operator`
    /// Sends no token: a code in the address instead.
    case customer
}
