import CoreMetrics
import Foundation
import Logging
import ServiceLifecycle

/// Starts a service from its executable, runs it until it is told to stop, and ends the process.
///
/// `SIGTERM` and `SIGINT` stop gracefully: the services stop in the reverse of their order, so that the HTTP server and
/// the consumers finish before what they depend on. The process exits 0 within 10 seconds in any case.
package enum ServiceRunner {
    /// - Parameter build: puts the service together; the result is listed dependency first.
    package static func main<Configuration: ServiceConfiguration>(
        _ type: Configuration.Type, arguments: [String] = CommandLine.arguments,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        build: @escaping @Sendable (Configuration, ServiceContext) async throws -> [any Service]
    ) async -> Never {
        // A peer that has gone away is an error of the one write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        do {
            switch try await ConfigurationLoader.load(type, arguments: arguments, environment: environment) {
            case .help(let text):
                print(text)
            case .loaded(let configuration):
                try await run(configuration, build: build)
            }
            leave(0)
        } catch {
            let report = StartupReport(error, service: Configuration.identity.executable)
            FileHandle.standardError.write(Data((report.text + "\n").utf8))
            leave(report.exitCode)
        }
    }

    /// Ends the process without running exit handlers, which could wait for threads that are still at work. Everything
    /// that has to last is on disk by now.
    private static func leave(_ code: Int32) -> Never {
        fflush(nil)
        _exit(code)
    }

    private static func run<Configuration: ServiceConfiguration>(
        _ configuration: Configuration,
        build: @Sendable (Configuration, ServiceContext) async throws -> [any Service]
    ) async throws {
        let identity = Configuration.identity
        LoggingSystem.bootstrap(configuration.common.log, service: identity.name)
        let context = ServiceContext(
            identity: identity, logger: Logger(label: identity.name),
            time: try ServiceClock.configured(configuration.common.clock))
        MetricsSystem.bootstrap(context.metrics)
        ProcessMetrics.describe(in: context.metrics)
        let services = try await build(configuration, context)
        let http = configuration.common.http
        context.logger.notice("Starting", metadata: ["address": "http://\(http.host):\(http.port)"])
        try await group(services, logger: context.logger).run()
        context.logger.notice("Stopped")
    }

    /// The group that runs `services`, listed dependency first.
    package static func group(
        _ services: [any Service], logger: Logger, limit: Duration = .seconds(9),
        end: @escaping @Sendable (Int32) -> Void = { _exit($0) }
    ) -> ServiceGroup {
        let deadline = ShutdownDeadline(limit: limit, logger: logger, end: end)
        var configuration = ServiceGroupConfiguration(
            services: (services + [deadline]).map { .init(service: $0) },
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // Consumers that have not finished by now are cancelled; the deadline comes a second later.
        configuration.maximumGracefulShutdownDuration = limit - .seconds(1)
        return ServiceGroup(configuration: configuration)
    }
}
