/// How a connection behaves, besides where it goes.
package struct ConnectionOptions: Hashable, Sendable {
    /// What the broker's management page shows, for example `redress-routing consumer`.
    package var name: String
    /// How long an answer of the broker may take, declaring a quorum queue included.
    package var answerTimeout: Duration
    /// How long a call into the library may hang before the watchdog cuts the connection.
    package var stallTimeout: Duration
    /// How long the broker may take to confirm anything at all of what is in flight.
    package var confirmTimeout: Duration
    /// How long finishing may take after a stop.
    package var drainTimeout: Duration
    package var backoff: Backoff

    package init(
        name: String, answerTimeout: Duration = .seconds(15), stallTimeout: Duration = .seconds(15),
        confirmTimeout: Duration = .seconds(30), drainTimeout: Duration = .seconds(6), backoff: Backoff = Backoff()
    ) {
        self.name = name
        self.answerTimeout = answerTimeout
        self.stallTimeout = stallTimeout
        self.confirmTimeout = confirmTimeout
        self.drainTimeout = drainTimeout
        self.backoff = backoff
    }
}
