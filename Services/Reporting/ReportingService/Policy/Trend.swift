import Contracts
import Foundation

/// How many complaints came each month, and how many are to be expected in the next (趋势预测, W15).
///
/// The method is as simple as the figures allow, and is named beside the number: a straight line through the last six
/// whole months where there are six, the mean of the last three where there are fewer, nothing with less than two.
struct Trend: Hashable, Sendable, Codable {
    struct Month: Hashable, Sendable, Codable {
        /// `yyyy-MM`
        var month: String
        var received: Int
    }

    enum Method: String, Hashable, Sendable, Codable, CaseIterable {
        /// A straight line by least squares.
        case line
        case mean
        case tooLittle
    }

    /// Whole months, the oldest first; none before the first complaint.
    var months: [Month]
    var method: Method
    /// The month after the last.
    var next: String
    /// Never negative; absent when there is too little to go by.
    var forecast: Double?
    /// How far the months were from the method's own values on average; absent without a forecast.
    var deviation: Double?

    /// - Parameter months: whole months, the oldest first.
    init(_ months: [Month], next: String) {
        self.next = next
        // What was before the first complaint says nothing.
        self.months = Array(months.drop { $0.received == 0 })
        let counts = self.months.map { Double($0.received) }
        switch counts.count {
        case ..<2: method = .tooLittle
        case ..<6:
            method = .mean
            let last = Array(counts.suffix(3))
            let mean = last.reduce(0, +) / Double(last.count)
            set(mean, deviations: last.map { abs($0 - mean) })
        default:
            method = .line
            let last = Array(counts.suffix(6))
            let (start, slope) = Self.line(last)
            let deviations = last.enumerated().map { abs($0.element - start - slope * Double($0.offset)) }
            set(start + slope * Double(last.count), deviations: deviations)
        }
    }

    private mutating func set(_ value: Double, deviations: [Double]) {
        forecast = (max(0, value) * 10).rounded() / 10
        deviation = (deviations.reduce(0, +) / Double(deviations.count) * 10).rounded() / 10
    }

    /// The straight line with the least sum of squares through values at 0, 1, 2, …
    private static func line(_ values: [Double]) -> (start: Double, slope: Double) {
        let count = Double(values.count)
        let middle = (count - 1) / 2
        let mean = values.reduce(0, +) / count
        let products = values.enumerated().reduce(0) { $0 + (Double($1.offset) - middle) * ($1.element - mean) }
        let squares = values.indices.reduce(0) { $0 + (Double($1) - middle) * (Double($1) - middle) }
        let slope = squares == 0 ? 0 : products / squares
        return (mean - slope * middle, slope)
    }
}
