/// What a connection is for: publishing or consuming. Everything here runs on the thread that owns the connection.
protocol ConnectionRole {
    typealias Instant = ContinuousClock.Instant

    /// Logged in and declared: select confirms, or subscribe.
    mutating func establish(_ link: RabbitLink, session: UInt64) throws(AMQPError)

    /// One piece of work; false when there is none. Input has been drained just before.
    mutating func step(_ link: RabbitLink, at now: Instant) throws(AMQPError) -> Bool

    mutating func receive(_ event: IncomingEvent, at now: Instant) throws(AMQPError)

    /// The end of a turn: hands on what has come in during it.
    mutating func flush()

    mutating func suspend(reason: String)
    mutating func resume()

    /// Take nothing new; finish what is under way.
    mutating func beginDraining(_ link: RabbitLink) throws(AMQPError)
    var isDrained: Bool { get }

    /// When something must have happened, or else the connection is given up.
    var deadline: Instant? { get }
    func deadlineError() -> AMQPError

    /// The broker closed the channel and said why; `lost` follows.
    mutating func channelClosed(code: Int, text: String)

    /// The session is over, or never came to be.
    mutating func lost(reason: String)
}
