import Foundation

/// Durations of one kind. Percentiles are values that occurred: the smallest that at least that share does not exceed.
struct Distribution: Sendable {
    private(set) var seconds: [Double] = []

    mutating func add(_ value: Double) { seconds.append(value) }

    var summary: Summary? {
        let sorted = seconds.sorted()
        guard let longest = sorted.last else { return nil }
        func percentile(_ percent: Int) -> Double { sorted[max(0, (sorted.count * percent + 99) / 100 - 1)] }
        return Summary(count: sorted.count, p50: percentile(50), p99: percentile(99), max: longest)
    }

    struct Summary: Sendable, Codable, Equatable {
        var count: Int
        /// Seconds.
        var p50: Double
        var p99: Double
        var max: Double
    }
}
