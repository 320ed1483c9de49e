import Runtime

/// Reporting needs nothing beyond what every service is told.
package struct ReportingConfiguration: ServiceConfiguration {
    package static let identity = ServiceIdentity(
        name: "reporting", purpose: "Keeps every complaint's ticket and computes the reports, from events alone.",
        defaultPort: 8084, bodyLimit: 1 << 20)
    package static let ownKeys: [KeyDeclaration] = []

    package let common: CommonConfiguration

    package init(common: CommonConfiguration, values: ConfigurationValues) throws {
        self.common = common
    }
}
