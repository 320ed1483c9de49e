import Testing

extension Tag {
    /// Needs a real RabbitMQ.
    @Tag package static var broker: Self
    /// Takes whole complaints through all services.
    @Tag package static var journey: Self
    /// Kills processes and cuts connections.
    @Tag package static var fault: Self
    /// Needs a real Chromium.
    @Tag package static var browser: Self
}
