import Foundation
import Messaging
import Runtime

/// What Operations is told.
///
/// Configuration keys
///
/// - `operations.replayRate` (whole number, default 50): how many letters are replayed in a second, at most.
/// - `operations.consumers` (names, optional): consumers besides the policy pack's whose dead letters are drained, such as
///   the partitions of one that is scaled out.
package struct OperationsConfiguration: ServiceConfiguration {
    package static let identity = ServiceIdentity(
        name: "operations", purpose: "Shows, replays and discards dead letters, and reconciles the services' counts.",
        defaultPort: 8085)

    static let replayRateKey = ConfigurationKey(
        "operations.replayRate", .integer(1...1000), .defaulted("50"),
        meaning: "How many dead letters are replayed in a second, at most.")
    static let consumersKey = ConfigurationKey(
        "operations.consumers", .consumers, .optional,
        meaning: "Consumers besides the policy pack's whose dead letters are drained.")

    package static let ownKeys = [replayRateKey.declaration, consumersKey.declaration]

    package let common: CommonConfiguration
    package let replayRate: Int
    package let furtherConsumers: [ConsumerName]

    package init(common: CommonConfiguration, values: ConfigurationValues) throws {
        self.init(
            common: common, replayRate: try values.value(Self.replayRateKey),
            furtherConsumers: try values.optional(Self.consumersKey) ?? [])
    }

    package init(common: CommonConfiguration, replayRate: Int = 50, furtherConsumers: [ConsumerName] = []) {
        self.common = common
        self.replayRate = replayRate
        self.furtherConsumers = furtherConsumers
    }
}

extension ValueForm where Value == [ConsumerName] {
    /// `routing.0,routing.1`
    static var consumers: Self {
        Self("names of consumers separated by commas, such as routing.0,routing.1") { text in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            let names = parts.compactMap { ConsumerName(text: $0.trimmingCharacters(in: .whitespaces)) }
            return names.count == parts.count ? names : nil
        }
    }
}
