import Runtime

/// What Routing is told. It has no keys of its own.
package struct RoutingConfiguration: ServiceConfiguration {
    package static let identity = ServiceIdentity(
        name: "routing", purpose: "Judges, grades and assigns complaints, and watches over what is overdue.",
        defaultPort: 8082, bodyLimit: 256 * 1024)

    package static let ownKeys: [KeyDeclaration] = []

    package let common: CommonConfiguration

    package init(common: CommonConfiguration, values: ConfigurationValues) throws { self.common = common }
}
