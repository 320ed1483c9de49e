import Contracts
import Foundation

/// How a configuration value is written: what a reader is told to write, and how the text is read.
package struct ValueForm<Value: Sendable>: Sendable {
    /// Completes the sentence "expected …", for example `a whole number from 1 to 65535`.
    package let expectation: String
    /// Absent when the text is not of this form.
    package let read: @Sendable (String) -> Value?

    package init(_ expectation: String, read: @escaping @Sendable (String) -> Value?) {
        self.expectation = expectation
        self.read = read
    }
}

extension ValueForm where Value == String {
    /// Any text but an empty one; spaces around it are not part of it.
    package static var text: Self {
        Self("some text") { text in
            let trimmed = text.trimmingCharacters(in: .whitespaces)
            return trimmed.isEmpty ? nil : trimmed
        }
    }

    /// A file or folder; relative paths start at the working folder of the process.
    package static var path: Self { Self("a path", read: ValueForm.text.read) }

    /// Text that matches `isAllowed`, described by `expectation`.
    package static func text(_ expectation: String, where isAllowed: @escaping @Sendable (String) -> Bool) -> Self {
        Self(expectation) { isAllowed($0) ? $0 : nil }
    }
}

extension ValueForm where Value == Int {
    /// A whole number within `range`.
    package static func integer(_ range: ClosedRange<Int>) -> Self {
        Self("a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A TCP port; 0 lets the system choose a free one.
    package static var port: Self { integer(0...65535) }

    /// A number of bytes: `8388608`, `512 KiB`, `8 MiB` or `1 GiB`.
    package static var bytes: Self {
        Self("a number of bytes such as 1048576, 512 KiB or 8 MiB") { text in
            let units = [("KiB", 1024), ("MiB", 1024 * 1024), ("GiB", 1024 * 1024 * 1024)]
            let unit = units.first { text.hasSuffix($0.0) }
            let digits = text.dropLast(unit?.0.count ?? 0).trimmingCharacters(in: .whitespaces)
            guard let count = Int(digits), count > 0 else { return nil }
            let product = count.multipliedReportingOverflow(by: unit?.1 ?? 1)
            return product.overflow ? nil : product.partialValue
        }
    }
}

extension ValueForm where Value == Double {
    /// A finite number above 0.
    package static var positive: Self {
        Self("a number above 0") { Double($0).flatMap { $0.isFinite && $0 > 0 ? $0 : nil } }
    }
}

extension ValueForm where Value == Bool {
    package static var flag: Self {
        Self("true or false") { ["true": true, "false": false][$0.lowercased()] }
    }
}

extension ValueForm where Value == Date {
    package static var instant: Self {
        Self("an RFC 3339 time such as 2026-11-21T09:30:00+08:00", read: RFC3339.date)
    }
}

extension ValueForm where Value == Duration {
    /// A length of time with its unit.
    package static var duration: Self {
        Self("a length of time such as 500ms, 5s, 2m or 1h", read: readDuration)
    }
}

extension ValueForm where Value == [Duration] {
    /// Lengths of time, each longer than the one before.
    package static var risingDurations: Self {
        Self("rising lengths of time separated by commas, such as 5s,30s,2m,10m") { text in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            let durations = parts.compactMap { readDuration($0.trimmingCharacters(in: .whitespaces)) }
            let areRising = zip(durations, durations.dropFirst()).allSatisfy(<)
            return durations.count == parts.count && areRising ? durations : nil
        }
    }
}

extension ValueForm where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the words of an enumeration.
    package static var word: Self {
        Self(Value.allCases.map(\.rawValue).joined(separator: ", ").withLastCommaAsOr) { Value(rawValue: $0) }
    }
}

extension ValueForm where Value == URL {
    /// An `http` or `https` address, kept without a slash at its end.
    package static var site: Self { Self("an address such as http://127.0.0.1:8081", read: readSite) }
}

/// Reads `500ms`, `5s`, `2m`, `1h`; absent for anything else and for zero.
private func readDuration(_ text: String) -> Duration? {
    let units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]
    guard let unit = units.first(where: { text.hasSuffix($0.0) }), let count = Int(text.dropLast(unit.0.count)),
        count > 0, count <= 1_000_000_000
    else { return nil }
    return .milliseconds(count * unit.1)
}

func readSite(_ text: String) -> URL? {
    let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
    guard let parts = URLComponents(string: trimmed), ["http", "https"].contains(parts.scheme ?? ""),
        parts.host?.isEmpty == false, parts.query == nil, parts.fragment == nil, parts.user == nil
    else { return nil }
    return parts.url
}

extension String {
    /// `a, b, c` as `a, b or c`.
    fileprivate var withLastCommaAsOr: String {
        guard let comma = range(of: ", ", options: .backwards) else { return self }
        return replacingCharacters(in: comma, with: " or ")
    }
}
