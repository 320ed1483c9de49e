import CoreMetrics
import Foundation
import Synchronization

/// Keeps every metric of the process and renders them in Prometheus' text format.
///
/// Labels of swift-metrics become names: `broker.publish` is `broker_publish`; counters end in `_total`, timers in
/// `_seconds`. The same label and dimensions always share one instrument.
package final class PrometheusRegistry: Sendable {
    enum Kind: String {
        case counter, gauge, histogram
    }

    enum Instrument: Sendable {
        case counter(CounterInstrument)
        case floatingPointCounter(FloatingPointCounterInstrument)
        case gauge(GaugeInstrument)
        case histogram(HistogramInstrument)
    }

    /// Label names with values, in the order of the names.
    typealias Labels = [MetricLabel]

    struct Family: Sendable {
        let kind: Kind
        var series: [Labels: Instrument] = [:]
    }

    private struct State {
        var families: [String: Family] = [:]
        var help: [String: String] = [:]
        var pages: [@Sendable () -> String] = []
    }

    /// From half a millisecond to a minute: what the handling of messages and requests takes.
    package static let timerBounds: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]

    /// Sizes and counts, such as messages in a batch or bytes of a body.
    package static let recorderBounds: [Double] = [
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000, 1_000_000, 10_000_000,
    ]

    private let state = Mutex(State())

    package init() {}

    /// Explains a metric in its `# HELP` line. `label` is the label that the metric is made with.
    package func describe(_ label: String, _ help: String) {
        state.withLock { $0.help[PrometheusText.name(label)] = help }
    }

    /// The page for `/metrics`, media type `PrometheusText.mediaType`.
    package func text() -> String {
        let (families, help, pages) = state.withLock { ($0.families, $0.help, $0.pages) }
        return PrometheusText.page(families, help: help) + pages.map { $0() }.joined()
    }

    /// Adds a page that is rendered when it is asked for, for what is read rather than counted.
    func addPage(_ page: @escaping @Sendable () -> String) {
        state.withLock { $0.pages.append(page) }
    }

    /// The instrument for a label and its dimensions, made when it is first asked for. A name that is taken by a metric
    /// of another kind gets the kind appended, because a name can have one type only.
    func instrument<Found>(
        _ label: String, suffix: String = "", _ kind: Kind, _ dimensions: [(String, String)],
        make: () -> Instrument, cast: (Instrument) -> Found?
    ) -> Found? {
        let labels = dimensions.map { MetricLabel(name: PrometheusText.labelName($0.0), value: $0.1) }.sorted()
        let base = PrometheusText.name(label)
        let name = suffix.isEmpty || base.hasSuffix(suffix) ? base : base + suffix
        return state.withLock { state in
            for candidate in [name, "\(name)_\(kind.rawValue)"] {
                var family = state.families[candidate] ?? Family(kind: kind)
                guard family.kind == kind else { continue }
                if let found = family.series[labels] { return cast(found) }
                let made = make()
                family.series[labels] = made
                state.families[candidate] = family
                if let help = state.help[base], candidate != base { state.help[candidate] = help }
                return cast(made)
            }
            return nil
        }
    }
}

/// A dimension of a metric.
struct MetricLabel: Hashable, Sendable, Comparable {
    let name: String
    let value: String

    static func < (left: MetricLabel, right: MetricLabel) -> Bool {
        (left.name, left.value) < (right.name, right.value)
    }
}
