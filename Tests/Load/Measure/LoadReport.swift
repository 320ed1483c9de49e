import Foundation

/// The figures of a run.
struct LoadReport: Codable, Sendable {
    struct Line: Codable, Sendable {
        var name: String
        /// Of the requests that succeeded.
        var call: Distribution.Summary?
        /// From the moment when the person would have acted.
        var wait: Distribution.Summary?
        var retries: Int
    }

    struct Span: Codable, Sendable {
        var name: String
        var figures: Distribution.Summary
    }

    var wantedRate: Double
    var submittedSeconds: Double
    var totalSeconds: Double
    var accepted: Int
    var finished: Int
    var failed: Int
    var late: Int
    var mostInFlight: Int
    var requests: Int
    var lines: [Line]
    var spans: [Span]
    var lost: [String]
    var reconciliation: Reconciliation?

    /// What Operations says.
    struct Reconciliation: Codable, Sendable {
        struct Totals: Codable, Sendable {
            var received: Int
            var difference: Int
        }
        /// The books balance, and all services have told their last counts.
        var balanced: Bool
        var settled: Bool
        var totals: Totals

        var isSound: Bool { balanced && settled }
    }

    /// True when every accepted complaint came to its end and the books balance.
    var isSound: Bool { lost.isEmpty && failed == 0 && reconciliation?.isSound == true }

    var text: String {
        var rows = [
            "submitted \(accepted) in \(Self.seconds(submittedSeconds)) (\(Self.rate(accepted, submittedSeconds))/s, wanted \(Self.number(wantedRate))/s)",
            "closed \(finished) in \(Self.seconds(totalSeconds)) (\(Self.rate(finished, totalSeconds))/s), \(failed) failed, \(late) begun late, at most \(mostInFlight) at once",
            "\(requests) requests (\(Self.rate(requests, totalSeconds))/s)", "",
            Self.row("the call that succeeded", ["count", "rate/s", "p50", "p99", "max", "early"]),
        ]
        rows += lines.compactMap { line in
            guard let call = line.call else { return nil }
            return Self.row(line.name, columns(call) + ["\(line.retries)"])
        }
        rows += ["", Self.row("until the person could act", ["count", "rate/s", "p50", "p99", "max"])]
        rows += lines.compactMap { line in line.wait.map { Self.row(line.name, columns($0)) } }
        rows += ["", Self.row("by the events' own times", ["count", "rate/s", "p50", "p99", "max"])]
        rows += spans.map { Self.row($0.name, columns($0.figures)) }
        return (rows + ["", verdict]).joined(separator: "\n")
    }

    private var verdict: String {
        let books = reconciliation.map {
            "reconciliation: received \($0.totals.received), difference \($0.totals.difference)"
                + ($0.isSound ? "" : " (NOT BALANCED)")
        }
        let loss = lost.isEmpty ? "nothing lost" : "LOST \(lost.count): \(lost.prefix(10).joined(separator: ", "))"
        return [books ?? "reconciliation: not available", loss].joined(separator: "\n")
    }

    private func columns(_ summary: Distribution.Summary) -> [String] {
        [
            "\(summary.count)", Self.rate(summary.count, totalSeconds), Self.seconds(summary.p50),
            Self.seconds(summary.p99), Self.seconds(summary.max),
        ]
    }

    static func row(_ name: String, _ columns: [String]) -> String {
        let padded = columns.map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }
        return name + String(repeating: " ", count: max(1, 44 - name.count)) + padded.joined()
    }

    static func seconds(_ value: Double) -> String {
        value < 1 ? "\(number(value * 1000)) ms" : "\(number(value)) s"
    }

    static func rate(_ count: Int, _ seconds: Double) -> String {
        seconds > 0 ? number(Double(count) / seconds) : "–"
    }

    static func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
