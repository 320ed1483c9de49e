import Foundation

/// Charts as the numbers that SVG templates need. Every chart's figures stand in a table too, so that nobody has to see
/// it; colours only repeat what place and words say.
enum Charts {
    /// A bar in a table's row: its width in hundredths of the row's widest.
    static func width(_ value: Int, of widest: Int) -> Int {
        widest == 0 ? 0 : max(value > 0 ? 1 : 0, value * 100 / widest)
    }

    /// One day of a bar chart with two bars.
    struct Day {
        var label: String
        var title: String
        var received: Int
        var closed: Int
        var link: String
    }

    static let height = 180
    static let plotHeight = 140
    static let plotWidth = 720

    /// For the template `days`: two bars for each day, with lines at round numbers.
    static func days(_ days: [Day]) -> [String: Any] {
        let most = max(1, days.map { max($0.received, $0.closed) }.max() ?? 1)
        let top = roundUp(most)
        let slot = Double(plotWidth) / Double(max(1, days.count))
        let bar = max(2, min(14, slot * 0.38))
        let every = max(1, (days.count + 9) / 10)
        let data = days.enumerated().map { index, day -> [String: Any] in
            let left = Double(index) * slot + (slot - 2 * bar) / 2
            let (received, closed) = (scaled(day.received, top), scaled(day.closed, top))
            var data: [String: Any] = [
                "x1": number(left), "x2": number(left + bar), "bar": number(bar), "y1": number(received.y),
                "h1": number(received.height), "y2": number(closed.y), "h2": number(closed.height),
                "title": day.title, "link": day.link,
            ]
            if index % every == 0 { data["label"] = ["x": number(left + bar), "text": day.label] }
            return data
        }
        let lines = [top, top / 2].filter { $0 > 0 }.map { value -> [String: Any] in
            ["y": number(scaled(value, top).y), "value": "\(value)"]
        }
        return ["days": data, "lines": lines]
    }

    private static func scaled(_ value: Int, _ top: Int) -> (y: Double, height: Double) {
        let height = Double(value) / Double(top) * Double(plotHeight - 15)
        return (Double(plotHeight) - height, height)
    }

    /// The next number of the form 1, 2, 4, 10 times a power of ten, so that half of it is a round number as well.
    static func roundUp(_ value: Int) -> Int {
        var power = 1
        while power * 10 < value { power *= 10 }
        return [2, 4, 10].map { $0 * power }.first { $0 >= value } ?? power * 10
    }

    private static func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
