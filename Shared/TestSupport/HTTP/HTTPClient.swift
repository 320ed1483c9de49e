import Foundation
import Glibc

/// An answer, as it came over the wire.
package struct HTTPAnswer: Sendable {
    package var status: Int
    /// In the order of arrival, names in lower case.
    package var headers: [(name: String, value: String)]
    package var body: Data

    package subscript(_ header: String) -> String? { headers.first { $0.name == header.lowercased() }?.value }
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a JSON object.
    package var json: [String: Any] {
        ((try? JSONSerialization.jsonObject(with: body)) as? [String: Any]) ?? [:]
    }

    /// The pointers that a problem document names, in order.
    package var pointers: [String] {
        (json["errors"] as? [[String: Any]] ?? []).compactMap { $0["pointer"] as? String }
    }

    /// The value of a cookie that the answer sets.
    package func cookie(_ name: String) -> String? {
        headers.filter { $0.name == "set-cookie" && $0.value.hasPrefix("\(name)=") }.last
            .map { String($0.value.dropFirst(name.count + 1).prefix { $0 != ";" }) }
    }

    /// The value of a hidden form field in a page.
    package func hidden(_ name: String) -> String? {
        guard let found = text.range(of: "name=\"\(name)\" value=\"") else { return nil }
        return String(text[found.upperBound...].prefix { $0 != "\"" })
    }
}

/// A small HTTP/1.1 client for tests: one connection for each request, nothing followed, nothing hidden, and bytes sent
/// as they are given. It keeps cookies when it is told to.
package struct HTTPClient: Sendable {
    package let host: String
    package let port: Int
    /// Sent with every request.
    package var cookies: [String: String] = [:]
    package var token: String?
    /// How long the server may be silent, in seconds.
    package var patience = 20

    package init(host: String = "127.0.0.1", port: Int) {
        self.host = host
        self.port = port
    }

    package func get(_ path: String, headers: [String: String] = [:]) async throws -> HTTPAnswer {
        try await send("GET", path, headers: headers)
    }

    /// Posts a form.
    package func post(
        _ path: String, form: [(String, String)], headers: [String: String] = [:]
    ) async throws -> HTTPAnswer {
        let body = form.map { "\(Self.encode($0.0))=\(Self.encode($0.1))" }.joined(separator: "&")
        let type = ["Content-Type": "application/x-www-form-urlencoded"]
        return try await send("POST", path, headers: type.merging(headers) { $1 }, body: Data(body.utf8))
    }

    /// Posts JSON.
    package func post(_ path: String, json: String, headers: [String: String] = [:]) async throws -> HTTPAnswer {
        let type = ["Content-Type": "application/json"]
        return try await send("POST", path, headers: type.merging(headers) { $1 }, body: Data(json.utf8))
    }

    package func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: Data = Data()
    ) async throws -> HTTPAnswer {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: \(host):\(port)", "Connection: close"]
        if !body.isEmpty || method == "POST" { lines.append("Content-Length: \(body.count)") }
        if !cookies.isEmpty {
            lines.append("Cookie: " + cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; "))
        }
        if let token { lines.append("Authorization: Bearer \(token)") }
        lines += headers.map { "\($0.key): \($0.value)" }
        return try await exchange(Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    }

    /// Sends these bytes and reads the answer.
    package func exchange(_ request: Data) async throws -> HTTPAnswer {
        let (host, port, patience) = (host, port, patience)
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result { try HTTPSocket(host: host, port: port, patience: patience).exchange(request) })
            }
        }
    }

    private static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

/// What went wrong between client and server.
package struct HTTPClientFailure: Error {
    package var reason: String
}

/// One connection.
private struct HTTPSocket {
    let descriptor: Int32

    init(host: String, port: Int, patience: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr(host)
        var timeout = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            close(descriptor)
            throw HTTPClientFailure(reason: "cannot connect to \(host):\(port)")
        }
    }

    func exchange(_ request: Data) throws -> HTTPAnswer {
        defer { close(descriptor) }
        var rest = request[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            // A server may answer before it has read everything; its answer counts.
            guard sent > 0 else { break }
            rest = rest.dropFirst(sent)
        }
        var received = Data()
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            received.append(contentsOf: buffer[..<count])
            // Not every server closes the connection when it is asked to.
            if HTTPAnswer.isComplete(received) { break }
        }
        return try HTTPAnswer(wire: received)
    }
}

extension HTTPAnswer {
    fileprivate init(wire: Data) throws {
        guard let end = wire.range(of: Data("\r\n\r\n".utf8)) else {
            throw HTTPClientFailure(reason: "no answer, or half of one: \(wire.count) bytes")
        }
        let lines = String(decoding: wire[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw HTTPClientFailure(reason: "not an HTTP answer")
        }
        self.status = status
        headers = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return (line[..<colon].lowercased(), value)
        }
        body = Data(wire[end.upperBound...])
        if self["transfer-encoding"] == "chunked" { body = try Self.unchunked(body) }
    }

    /// Whether as much has come as the answer's `Content-Length` says.
    fileprivate static func isComplete(_ wire: Data) -> Bool {
        guard let answer = try? HTTPAnswer(wire: wire), let length = answer["content-length"].flatMap({ Int($0) })
        else { return false }
        return length > 0 && answer.body.count >= length
    }

    private static func unchunked(_ data: Data) throws -> Data {
        var body = Data()
        var rest = data[...]
        while let line = rest.range(of: Data("\r\n".utf8)) {
            let digits = String(decoding: rest[rest.startIndex..<line.lowerBound], as: UTF8.self)
            guard let size = Int(digits, radix: 16), rest.endIndex - line.upperBound >= size else { break }
            if size == 0 { return body }
            body.append(rest[line.upperBound..<(line.upperBound + size)])
            rest = rest[(line.upperBound + size + 2)...]
        }
        throw HTTPClientFailure(reason: "a chunked answer that does not end")
    }
}
