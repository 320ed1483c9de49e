import Cryptography
import Foundation
import Runtime

/// What the pages of a service depend on that is configured.
package struct SiteSettings: Sendable {
    /// `intake`, `routing`, …; its entry in the navigation is marked.
    package var service: String
    /// Where `/` leads, and where one comes to after signing in, for example `/routing/`.
    package var home: String
    package var host: String
    package var port: Int
    /// In bytes.
    package var bodyLimit: Int
    package var usersFile: String?
    package var secretFile: String?
    package var sites: Sites
    /// Where Debian's `libjs-bootstrap5` keeps Bootstrap.
    package var bootstrapFolder: String
    /// The policy pack's: in which people read times.
    package var timeZone: TimeZone
    /// Cookies are only sent over TLS: where `sites.*` say that people come by https, through a TLS proxy.
    package var secureCookies = false
    /// A missing translation is an error rather than a mark in the page: for tests.
    package var isStrict = false

    package init(
        service: String, home: String, host: String = "127.0.0.1", port: Int = 0, bodyLimit: Int = 1 << 20,
        usersFile: String? = nil, secretFile: String? = nil, sites: Sites,
        bootstrapFolder: String = "/usr/share/javascript/bootstrap5", timeZone: TimeZone = .shanghai
    ) {
        self.service = service
        self.home = home
        self.host = host
        self.port = port
        self.bodyLimit = bodyLimit
        self.usersFile = usersFile
        self.secretFile = secretFile
        self.sites = sites
        self.bootstrapFolder = bootstrapFolder
        self.timeZone = timeZone
    }

    /// - Parameter timeZone: the policy pack's.
    package init(
        _ configuration: CommonConfiguration, service: String, home: String, timeZone: TimeZone = .shanghai
    ) {
        self.init(
            service: service, home: home, host: configuration.http.host, port: configuration.http.port,
            bodyLimit: configuration.http.bodyLimit, usersFile: configuration.signIn.usersFile,
            secretFile: configuration.signIn.secretFile, sites: configuration.sites,
            bootstrapFolder: configuration.bootstrapFolder, timeZone: timeZone)
        secureCookies = configuration.sites.intake.scheme == "https"
    }
}

extension TimeZone {
    /// China's one time zone, and the product's unless the policy pack says otherwise.
    package static let shanghai = TimeZone(identifier: "Asia/Shanghai") ?? .gmt
}

/// Signs sessions where no secret is configured.
enum SecretOfThisProcess {
    static let bytes = SecureRandom.bytes(32)
}
