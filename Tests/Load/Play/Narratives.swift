import ArgumentParser
import Foundation

/// What customers said: one JSON object a line, `{"product": …, "narrative": …}`.
struct Narratives: Sendable {
    struct Line: Decodable, Sendable {
        var product: String?
        var narrative: String
    }

    let lines: [Line]

    init(file: String?) throws {
        let text: String
        if let file {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw ValidationError("\(file) cannot be read")
            }
            text = String(decoding: data, as: UTF8.self)
        } else {
            text = Self.samples
        }
        lines = try text.split(separator: "\n").enumerated().compactMap { index, line in
            guard !line.allSatisfy(\.isWhitespace) else { return nil }
            do {
                let line = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
                return line.narrative.allSatisfy(\.isWhitespace) ? nil : line
            } catch {
                throw ValidationError("\(file ?? "samples"): line \(index + 1) is not {\"product\", \"narrative\"}")
            }
        }
        guard !lines.isEmpty else { throw ValidationError("\(file ?? "samples") holds no complaint") }
    }

    subscript(index: Int) -> Line { lines[index % lines.count] }

    /// Our own, for whoever has no file at hand.
    private static let samples = """
        {"product": "水果", "narrative": "下单三箱苹果，只收到两箱，其中一箱还压坏了，联系客服两天没有回音，要求补发或退款。"}
        {"product": "洗发水", "narrative": "收到的洗发水瓶盖没有拧紧，漏了一半，旁边的护发素也被弄脏了，要求换货。"}
        {"product": "平板", "narrative": "平板用了不到一周屏幕就没有反应，送修被告知要自己付运费，这是质量问题，要求退货。"}
        {"product": "酒店", "narrative": "预订的是无烟房，入住时整层都是烟味，前台说没有别的房间，要求赔偿一晚房费。"}
        {"product": "外卖", "narrative": "骑手送错了餐，等了一个小时才换回来，饭已经凉了，商家说不是他们的责任。"}
        {"product": "手机", "narrative": "The charger that came with the phone gets so hot that it smells of burning. I want it replaced at once."}
        """
}
