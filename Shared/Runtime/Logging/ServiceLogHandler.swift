import Foundation
import Logging

/// Writes log events as lines, text or JSON, without secrets.
package struct ServiceLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let service: String
    private let format: LogFormat
    private let write: @Sendable (String) -> Void

    /// - Parameter write: gets whole lines with their line feed.
    package init(
        label: String, service: String, level: Logger.Level, format: LogFormat,
        metadataProvider: Logger.MetadataProvider? = nil,
        write: @escaping @Sendable (String) -> Void = ServiceLogHandler.writeToStandardError
    ) {
        self.label = label
        self.service = service
        self.format = format
        self.write = write
        self.metadataProvider = metadataProvider
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadataProvider?.get() ?? [:]
        all.merge(metadata) { $1 }
        all.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error { all["error"] = "\(error)" }
        let line = LogLine(
            time: Date(), level: event.level, service: service, label: label,
            message: Redaction.scrub(event.message.description),
            metadata: Redaction.scrub(all).sorted { $0.key < $1.key })
        write(line.text(format))
    }

    /// One `write` for a line, so that lines of several threads do not mix.
    package static let writeToStandardError: @Sendable (String) -> Void = { line in
        // Whoever reads the log may be gone; that is no reason to end with it, as `write(_:)` would.
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }
}

extension LoggingSystem {
    /// Sends every logger of the process through `ServiceLogHandler`. Once for each process.
    package static func bootstrap(_ configuration: CommonConfiguration.Log, service: String) {
        bootstrap { label in
            ServiceLogHandler(
                label: label, service: service, level: configuration.level.level, format: configuration.format)
        }
    }
}
