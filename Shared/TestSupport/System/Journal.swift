import AMQP
import Foundation
import Logging
import Messaging

/// Every event that was ever published, as the journal stream has it.
package struct Journal: Sendable {
    /// One event. An event that was published twice, because its publisher died before it knew of the first, is here
    /// once: its id is what makes it one.
    package struct Entry: Sendable {
        package var id: String
        package var type: String
        /// The ticket's number.
        package var subject: String
        package var source: String
        package var body: Data

        /// A field of the payload, as text; `solution.version` is a field of a field.
        package func field(_ path: String) -> String? {
            var value = try? JSONSerialization.jsonObject(with: body)
            for name in path.split(separator: ".") { value = (value as? [String: Any])?[String(name)] }
            return value.map { "\($0)" }
        }
    }

    package let entries: [Entry]
    /// How many were published more than once.
    package let repetitions: Int

    package func entries(of subject: String, _ type: String) -> [Entry] {
        entries.filter { $0.subject == subject && $0.type == type }
    }

    /// Reads all of it.
    /// - Parameter address: of somebody who may read the journal.
    package static func read(from queue: String = "redress.journal", at address: BrokerAddress) async throws -> Journal
    {
        let collected = Collector()
        let reader = StreamReader(
            queue, at: address, logger: Logger(label: "journal") { _ in SwiftLogNoOpLogHandler() })
        try await reader.read { delivery, _ in await collected.add(delivery.message) }
        return await Journal(entries: collected.entries, repetitions: collected.repetitions)
    }

    private actor Collector {
        var entries: [Entry] = []
        var repetitions = 0
        private var seen: Set<String> = []

        func add(_ message: WireMessage) {
            func header(_ name: String) -> String { message.headers["cloudEvents_\(name)"]?.text ?? "" }
            let id = header("id")
            guard seen.insert(id).inserted else {
                repetitions += 1
                return
            }
            entries.append(
                Entry(
                    id: id, type: header("type"), subject: header("subject"), source: header("source"),
                    body: message.body))
        }
    }
}
