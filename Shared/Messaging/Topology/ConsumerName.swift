import Contracts
import Foundation

/// The name of a consumer: `routing`, `callback`, `reporting`, `operations`, or `department.<id>`, with `.<n>` behind it
/// for partition n of a consumer that is scaled out. All names of its queues derive from it.
package struct ConsumerName: Hashable, Sendable, Codable, CustomStringConvertible {
    package let text: String

    private init(_ text: String) { self.text = text }

    package static let routing = ConsumerName("routing")
    package static let callback = ConsumerName("callback")
    package static let reporting = ConsumerName("reporting")
    package static let operations = ConsumerName("operations")
    package static func department(_ id: DepartmentID) -> ConsumerName { ConsumerName("department.\(id)") }

    /// Reads a name as it is written in a header or a store; fails when it is not of this form.
    package init?(text: String) {
        var words = text.split(separator: ".", omittingEmptySubsequences: false)[...]
        guard let first = words.popFirst() else { return nil }
        switch first {
        case "routing", "callback", "reporting", "operations": break
        case "department": guard words.popFirst().flatMap({ DepartmentID(String($0)) }) != nil else { return nil }
        default: return nil
        }
        let isPartition = words.isEmpty || (words.count == 1 && words.first.flatMap { UInt16($0) } != nil)
        guard isPartition else { return nil }
        self.init(text)
    }

    /// One of several partitions of this consumer; each has a queue and a store of its own.
    package func partition(_ index: Int) -> ConsumerName { ConsumerName("\(text).\(index)") }

    package var description: String { text }

    /// The exchange through which this consumer alone sends messages to its own retry, work and dead queues. It is what
    /// its credentials may write to, besides the events.
    package var exchange: String { "redress.\(text)" }
    package var workQueue: String { "redress.\(text)" }
    package var deadQueue: String { "redress.dead.\(text)" }
    package func retryQueue(_ delay: Duration) -> String { "redress.retry.\(text).\(RetryTiers.name(delay))" }

    /// Routing keys on `exchange`.
    package static let workKey = "work"
    package static let deadKey = "dead"
    package static func retryKey(_ delay: Duration) -> String { "retry.\(RetryTiers.name(delay))" }
}

/// The fixed delays after which a message is tried again. One queue for each: messages expire at the head only.
package struct RetryTiers: Hashable, Sendable {
    package let delays: [Duration]

    package init(_ delays: [Duration]) { self.delays = delays }

    package static let standard = RetryTiers([.seconds(5), .seconds(30), .seconds(120), .seconds(600)])

    /// The delay after the attempt that has just failed, counting from 1; nil when the tiers are used up.
    package func delay(afterAttempt attempt: Int) -> Duration? {
        delays.indices.contains(attempt - 1) ? delays[attempt - 1] : nil
    }

    /// A delay in a queue's name: `5s`, `2m`, `250ms`.
    package static func name(_ delay: Duration) -> String {
        let milliseconds = Self.milliseconds(delay)
        if milliseconds % 60_000 == 0 { return "\(milliseconds / 60_000)m" }
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }

    package static func milliseconds(_ delay: Duration) -> Int64 {
        delay.components.seconds * 1000 + delay.components.attoseconds / 1_000_000_000_000_000
    }
}
