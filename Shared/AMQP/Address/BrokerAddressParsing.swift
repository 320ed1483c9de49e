import Foundation

/// Why a text is no address of a broker. The text itself is never repeated: it may hold a password.
package enum BrokerAddressError: Error, Hashable, Sendable, CustomStringConvertible {
    case notAURL
    case wrongScheme(String)
    case missingHost
    case invalidPort
    case invalidEncoding(String)
    case nestedPath
    case unknownOption(String)
    case repeatedOption(String)
    case invalidOption(name: String, value: String, expected: String)
    case optionNeedsTLS(String)
    case keyWithoutCertificate
    case fragment

    package var description: String {
        switch self {
        case .notAURL: "the broker's address is not a URL; expected amqp://user:password@host:port/vhost"
        case .wrongScheme(let scheme): "the broker's address begins with “\(scheme)”; expected amqp or amqps"
        case .missingHost: "the broker's address names no host"
        case .invalidPort: "the broker's port must be between 1 and 65535"
        case .invalidEncoding(let part): "the \(part) in the broker's address is not properly percent-encoded"
        case .nestedPath: "a virtual host that contains “/” must be written with %2F in the broker's address"
        case .unknownOption(let name):
            "the broker's address has an unknown option “\(name)”; "
                + "known are \(BrokerAddress.options.joined(separator: ", "))"
        case .repeatedOption(let name): "the broker's address gives the option “\(name)” twice"
        case .invalidOption(let name, let value, let expected):
            "the option “\(name)” in the broker's address is “\(value)”; expected \(expected)"
        case .optionNeedsTLS(let name): "the option “\(name)” in the broker's address needs amqps"
        case .keyWithoutCertificate: "certfile and keyfile in the broker's address belong together; one is missing"
        case .fragment: "the broker's address has a part after “#”; write %23 if it belongs to the password"
        }
    }
}

extension BrokerAddress {
    static let options = ["heartbeat", "connection_timeout", "cacertfile", "certfile", "keyfile"]

    /// Reads a URL. Options after `?`: `heartbeat` and `connection_timeout` in seconds, and with amqps `cacertfile`,
    /// `certfile` and `keyfile`.
    package init(_ text: String) throws(BrokerAddressError) {
        guard let parts = URLComponents(string: text, encodingInvalidCharacters: false), let scheme = parts.scheme
        else { throw .notAURL }
        guard ["amqp", "amqps"].contains(scheme.lowercased()) else { throw .wrongScheme(scheme) }
        let isTLS = scheme.lowercased() == "amqps"
        guard parts.percentEncodedFragment == nil else { throw .fragment }
        guard let encodedHost = parts.percentEncodedHost, !encodedHost.isEmpty else { throw .missingHost }
        var host = try Self.decoded(encodedHost, "host")
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        let port = parts.port ?? (isTLS ? 5671 : 5672)
        guard (1...65535).contains(port) else { throw .invalidPort }
        self.init(
            host: host, port: port,
            user: try Self.decoded(parts.percentEncodedUser ?? "guest", "user"),
            password: try Self.decoded(parts.percentEncodedPassword ?? "guest", "password"),
            virtualHost: try Self.virtualHost(parts.percentEncodedPath), tls: isTLS ? TLS() : nil)
        try apply(parts.percentEncodedQuery ?? "")
    }

    private static func decoded(_ text: String, _ part: String) throws(BrokerAddressError) -> String {
        // A zero byte would end the C string that the login is given.
        guard let decoded = text.removingPercentEncoding, !decoded.utf8.contains(0) else {
            throw .invalidEncoding(part)
        }
        return decoded
    }

    private static func virtualHost(_ path: String) throws(BrokerAddressError) -> String {
        let encoded = path.dropFirst()
        guard !encoded.contains("/") else { throw .nestedPath }
        return encoded.isEmpty ? "/" : try decoded(String(encoded), "virtual host")
    }

    private mutating func apply(_ query: String) throws(BrokerAddressError) {
        var seen: Set<String> = []
        for option in query.split(separator: "&") {
            let pair = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decoded(String(pair[0]), "option")
            let value = try Self.decoded(pair.count == 2 ? String(pair[1]) : "", "option \(name)")
            guard seen.insert(name).inserted else { throw .repeatedOption(name) }
            try apply(name, value)
        }
        if (tls?.certificateFile == nil) != (tls?.keyFile == nil) { throw .keyWithoutCertificate }
    }

    private mutating func apply(_ name: String, _ value: String) throws(BrokerAddressError) {
        switch name {
        case "heartbeat": heartbeat = try Self.seconds(name, value, in: 1...300)
        case "connection_timeout": connectTimeout = try Self.seconds(name, value, in: 1...120)
        case "cacertfile": try setFile(\.authorityFile, name, value)
        case "certfile": try setFile(\.certificateFile, name, value)
        case "keyfile": try setFile(\.keyFile, name, value)
        default: throw .unknownOption(name)
        }
    }

    private static func seconds(
        _ name: String, _ value: String, in range: ClosedRange<Int>
    ) throws(BrokerAddressError) -> Int {
        guard let seconds = Int(value), range.contains(seconds) else {
            throw .invalidOption(
                name: name, value: value, expected: "seconds from \(range.lowerBound) to \(range.upperBound)")
        }
        return seconds
    }

    private mutating func setFile(
        _ part: WritableKeyPath<TLS, String?>, _ name: String, _ value: String
    ) throws(BrokerAddressError) {
        guard tls != nil else { throw .optionNeedsTLS(name) }
        guard !value.isEmpty else { throw .invalidOption(name: name, value: value, expected: "the path of a PEM file") }
        tls?[keyPath: part] = value
    }
}
