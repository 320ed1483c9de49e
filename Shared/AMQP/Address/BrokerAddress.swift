import Foundation

/// Where the broker is and who we are to it, as one URL: `amqp://user:password@host:5672/vhost?heartbeat=15`.
///
/// `amqps` turns TLS on: the broker's certificate and host name are always verified, with TLS 1.2 at least. User,
/// password and virtual host are percent-decoded; without a virtual host it is `/`.
package struct BrokerAddress: Hashable, Sendable {
    package var host: String
    package var port: Int
    package var user: String
    package var password: String
    package var virtualHost: String
    /// Seconds between heartbeats; the broker may ask for less.
    package var heartbeat: Int
    /// Seconds that opening the connection may take.
    package var connectTimeout: Int
    /// Nil without TLS.
    package var tls: TLS?

    /// What TLS needs beyond its defaults.
    package struct TLS: Hashable, Sendable {
        /// PEM file of the authorities that are trusted; nil means the system's.
        package var authorityFile: String?
        /// PEM files of our own certificate and its key, for brokers that ask for one.
        package var certificateFile: String?
        package var keyFile: String?

        package init(authorityFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil) {
            self.authorityFile = authorityFile
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    package init(
        host: String, port: Int = 5672, user: String = "guest", password: String = "guest", virtualHost: String = "/",
        heartbeat: Int = 15, connectTimeout: Int = 5, tls: TLS? = nil
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.virtualHost = virtualHost
        self.heartbeat = heartbeat
        self.connectTimeout = connectTimeout
        self.tls = tls
    }
}

extension BrokerAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The URL without the password.
    package var description: String {
        let vhost = virtualHost.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? virtualHost
        let shownHost = host.contains(":") ? "[\(host)]" : host
        return "\(tls == nil ? "amqp" : "amqps")://\(user)@\(shownHost):\(port)/\(vhost)"
    }

    package var debugDescription: String { description }

    /// So that `dump` and failed expectations do not print the password either.
    package var customMirror: Mirror { Mirror(self, children: ["url": description]) }
}
