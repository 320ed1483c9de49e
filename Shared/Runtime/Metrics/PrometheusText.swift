import Foundation

/// Prometheus' text exposition format, version 0.0.4.
package enum PrometheusText {
    package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// Families by name, series by labels, so that a page only differs in its numbers.
    static func page(_ families: [String: PrometheusRegistry.Family], help: [String: String]) -> String {
        var lines: [String] = []
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            if let text = help[name] { lines.append("# HELP \(name) \(escapeHelp(text))") }
            lines.append("# TYPE \(name) \(family.kind.rawValue)")
            for (labels, instrument) in family.series.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                lines += samples(name, labels, instrument)
            }
        }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    private static func samples(
        _ name: String, _ labels: PrometheusRegistry.Labels, _ instrument: PrometheusRegistry.Instrument
    ) -> [String] {
        switch instrument {
        case .counter(let counter): ["\(name)\(braced(labels)) \(counter.value)"]
        case .floatingPointCounter(let counter): ["\(name)\(braced(labels)) \(number(counter.value))"]
        case .gauge(let gauge): ["\(name)\(braced(labels)) \(number(gauge.value))"]
        case .histogram(let histogram): samples(name, labels, histogram)
        }
    }

    private static func samples(
        _ name: String, _ labels: PrometheusRegistry.Labels, _ histogram: HistogramInstrument
    ) -> [String] {
        let tally = histogram.tally
        var lines: [String] = []
        var below: Int64 = 0
        for (bound, count) in zip(histogram.bounds + [.infinity], tally.counts) {
            below += count
            lines.append("\(name)_bucket\(braced(labels, bound: bound)) \(below)")
        }
        return lines + ["\(name)_sum\(braced(labels)) \(number(tally.sum))", "\(name)_count\(braced(labels)) \(below)"]
    }

    /// `{a="1",b="2"}`, with `le` last; nothing without labels.
    private static func braced(_ labels: PrometheusRegistry.Labels, bound: Double? = nil) -> String {
        var pairs = labels.map { "\($0.name)=\"\(escapeLabel($0.value))\"" }
        if let bound { pairs.append("le=\"\(number(bound))\"") }
        return pairs.isEmpty ? "" : "{" + pairs.joined(separator: ",") + "}"
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }

    /// A metric name: letters, digits, `_` and `:`, no digit first.
    static func name(_ label: String) -> String { sanitize(label) { $0 == ":" } }

    /// A label name: letters, digits and `_`, no digit first; `le` is a histogram's own.
    static func labelName(_ label: String) -> String {
        let name = sanitize(label) { _ in false }
        return name == "le" ? "exported_le" : name
    }

    private static func sanitize(_ label: String, allowing isAllowed: (Unicode.Scalar) -> Bool) -> String {
        var name = ""
        for scalar in label.unicodeScalars {
            let isWord = scalar == "_" || (scalar.isASCII && scalar.properties.isAlphabetic) || isAllowed(scalar)
            let isDigit = ("0"..."9").contains(scalar)
            if isDigit, name.isEmpty { name = "_" }
            name.unicodeScalars.append(isWord || isDigit ? scalar : "_")
        }
        return name.isEmpty ? "_" : name
    }

    private static func escapeHelp(_ text: String) -> String {
        text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\n", with: "\\n")
    }

    private static func escapeLabel(_ text: String) -> String {
        escapeHelp(text).replacingOccurrences(of: "\"", with: "\\\"")
    }
}
