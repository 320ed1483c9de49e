import Logging
import Messaging

/// What the runtime hands to a service that is being put together.
package struct ServiceContext: Sendable {
    package let identity: ServiceIdentity
    package let logger: Logger
    package let metrics: PrometheusRegistry
    package let health: HealthRegistry
    package let time: any TimeSource

    package init(
        identity: ServiceIdentity, logger: Logger, metrics: PrometheusRegistry = PrometheusRegistry(),
        health: HealthRegistry = HealthRegistry(), time: any TimeSource
    ) {
        self.identity = identity
        self.logger = logger
        self.metrics = metrics
        self.health = health
        self.time = time
    }
}
