import Runtime

/// What Callback is told. It has no keys of its own.
package struct CallbackConfiguration: ServiceConfiguration {
    package static let identity = ServiceIdentity(
        name: "callback",
        purpose: "Talks with the customer: explanations, proposals, consent, callbacks, surveys; closes complaints.",
        defaultPort: 8083, bodyLimit: 256 * 1024)

    package static let ownKeys: [KeyDeclaration] = []

    package let common: CommonConfiguration

    package init(common: CommonConfiguration, values: ConfigurationValues) throws { self.common = common }
}
