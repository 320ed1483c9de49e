import Foundation
import Logging
import Synchronization
import Testing

@testable import Runtime

@Suite struct LoggingTests {
    /// Collects the lines that a logger writes.
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    private func logger(_ format: LogFormat, _ lines: Lines, level: Logger.Level = .info) -> Logger {
        Logger(label: "intake") { label in
            ServiceLogHandler(label: label, service: "intake", level: level, format: format) { lines.add($0) }
        }
    }

    @Test func textIsOneLineForPeople() {
        let lines = Lines()
        logger(.text, lines).info("Accepted\nit", metadata: ["ticket": "C1", "who": "a b", "empty": ""])
        #expect(lines.all.count == 1)
        #expect(lines.all.first?.hasSuffix("info     intake: Accepted it empty=\"\" ticket=C1 who=\"a b\"\n") == true)
        #expect(lines.all.first?.filter(\.isNewline).count == 1)
    }

    @Test func jsonDecodes() throws {
        let lines = Lines()
        var logger = logger(.json, lines)
        logger[metadataKey: "instance"] = "01"
        logger.warning(
            "He said \"no\" \\ \u{1} 投诉", metadata: ["n": "\(1)", "list": ["a", ["k": "v"]], "instance": "02"])
        let object = try JSONSerialization.jsonObject(with: Data(try #require(lines.all.first).utf8)) as? [String: Any]
        #expect(object?["message"] as? String == "He said \"no\" \\ \u{1} 投诉")
        #expect(object?["level"] as? String == "warning")
        #expect(object?["service"] as? String == "intake")
        let metadata = object?["metadata"] as? [String: Any]
        #expect(metadata?["instance"] as? String == "02")
        #expect((metadata?["list"] as? [Any])?.first as? String == "a")
    }

    @Test(arguments: LogFormat.allCases)
    func secretsAreHidden(format: LogFormat) {
        let lines = Lines()
        logger(format, lines).info(
            "Connecting to amqp://redress:geheim@host:5672/v and http://other",
            metadata: [
                "password": "geheim", "broker": "amqps://u:geh:eim@h", "X-Auth-Token": "geheim",
                "nested": ["tracking_code": "geheim", "fine": "yes"],
            ])
        let line = lines.all.joined()
        #expect(!line.contains("geheim") && !line.contains("geh:eim"))
        #expect(line.contains("amqp://redress:(hidden)@host:5672/v and http://other"))
        #expect(line.contains("yes"))
    }

    @Test(arguments: [
        ("no address", "no address"), ("http://host/a@b:c", "http://host/a@b:c"), ("://", "://"),
        ("x://u:p@h y://v:q@i", "x://u:(hidden)@h y://v:(hidden)@i"), ("amqp://u@h:1", "amqp://u@h:1"),
    ])
    func passwordsInAddresses(text: String, expected: String) {
        #expect(Redaction.scrub(text) == expected)
    }

    @Test func theLevelFilters() {
        let lines = Lines()
        let logger = logger(.text, lines, level: .warning)
        logger.info("quiet")
        logger.error("loud")
        #expect(lines.all.count == 1)
    }
}
