import CoreMetrics
import Synchronization

/// A number that only grows; one atomic addition for each event.
final class CounterInstrument: CounterHandler {
    private let count = Atomic<Int64>(0)

    func increment(by amount: Int64) { count.wrappingAdd(max(0, amount), ordering: .relaxed) }
    func reset() { count.store(0, ordering: .relaxed) }
    var value: Int64 { count.load(ordering: .relaxed) }
}

/// A number that only grows, in fractions.
final class FloatingPointCounterInstrument: FloatingPointCounterHandler {
    private let sum = Mutex(0.0)

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        sum.withLock { $0 += amount }
    }
    func reset() { sum.withLock { $0 = 0 } }
    var value: Double { sum.withLock { $0 } }
}

/// A number that goes up and down. As a recorder it keeps the last value recorded.
final class GaugeInstrument: MeterHandler, RecorderHandler {
    private let current = Mutex(0.0)

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { current.withLock { $0 = value } }
    func increment(by amount: Double) { current.withLock { $0 += amount } }
    func decrement(by amount: Double) { current.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    var value: Double { current.withLock { $0 } }
}

/// Counts values by size in fixed buckets. A timer records seconds.
final class HistogramInstrument: RecorderHandler, TimerHandler {
    /// What has been recorded so far.
    struct Tally: Sendable, Equatable {
        /// For each bound the values up to it that exceed the bound before; the last is for those above every bound.
        var counts: [Int64]
        var sum: Double
        var count: Int64 { counts.reduce(0, +) }
    }

    /// Rising upper bounds, each included in its bucket.
    let bounds: [Double]
    private let state: Mutex<Tally>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(Tally(counts: Array(repeating: 0, count: bounds.count + 1), sum: 0))
    }

    var tally: Tally { state.withLock { $0 } }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) {
        guard value.isFinite else { return }
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { tally in
            tally.counts[bucket] += 1
            tally.sum += value
        }
    }
}
