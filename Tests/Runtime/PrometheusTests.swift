import CoreMetrics
import Foundation
import Testing

@testable import Runtime

@Suite struct PrometheusTests {
    private let registry = PrometheusRegistry()

    @Test func countersGaugesAndTheirLabels() {
        registry.describe("http.requests", "Requests \\ answered,\nby kind.")
        Counter(label: "http.requests", dimensions: [("status", "200"), ("method", "GET")], factory: registry)
            .increment(by: 2)
        Counter(label: "http.requests", dimensions: [("method", "GET"), ("status", "200")], factory: registry)
            .increment()
        Counter(label: "http.requests", dimensions: [("method", "A\"B\\\nC")], factory: registry).increment()
        Gauge(label: "backlog", factory: registry).record(2.5)
        #expect(
            registry.text() == """
                # TYPE backlog gauge
                backlog 2.5
                # HELP http_requests_total Requests \\\\ answered,\\nby kind.
                # TYPE http_requests_total counter
                http_requests_total{method="A\\"B\\\\\\nC"} 1
                http_requests_total{method="GET",status="200"} 3

                """)
    }

    @Test func timersAreHistogramsInSeconds() {
        let timer = CoreMetrics.Timer(label: "handling", dimensions: [("consumer", "routing")], factory: registry)
        timer.recordMilliseconds(1)
        timer.recordMilliseconds(700)
        timer.recordSeconds(90)
        let lines = registry.text().split(separator: "\n").map(String.init)
        #expect(lines.first == "# TYPE handling_seconds histogram")
        #expect(lines.contains("handling_seconds_bucket{consumer=\"routing\",le=\"0.0005\"} 0"))
        #expect(lines.contains("handling_seconds_bucket{consumer=\"routing\",le=\"0.001\"} 1"))
        #expect(lines.contains("handling_seconds_bucket{consumer=\"routing\",le=\"1\"} 2"))
        #expect(lines.contains("handling_seconds_bucket{consumer=\"routing\",le=\"60\"} 2"))
        #expect(lines.contains("handling_seconds_bucket{consumer=\"routing\",le=\"+Inf\"} 3"))
        #expect(lines.contains("handling_seconds_sum{consumer=\"routing\"} 90.701"))
        #expect(lines.last == "handling_seconds_count{consumer=\"routing\"} 3")
        #expect(lines.count == 1 + PrometheusRegistry.timerBounds.count + 1 + 2)
    }

    @Test func aNameHasOneType() {
        Gauge(label: "size", factory: registry).record(1)
        Recorder(label: "size", dimensions: [], aggregate: true, factory: registry).record(5)
        let text = registry.text()
        #expect(text.contains("# TYPE size gauge"))
        #expect(text.contains("# TYPE size_histogram histogram"))
        #expect(text.contains("size_histogram_bucket{le=\"5\"} 1"))
    }

    @Test(arguments: [
        ("a.b-c", "a_b_c"), ("9lives", "_9lives"), ("", "_"), ("ns:x", "ns:x"), ("größe", "gr__e"),
    ])
    func namesAreSanitized(label: String, name: String) {
        #expect(PrometheusText.name(label) == name)
    }

    @Test(arguments: [("le", "exported_le"), ("a:b", "a_b")])
    func labelNamesAreSanitized(label: String, name: String) {
        #expect(PrometheusText.labelName(label) == name)
    }

    @Test(arguments: [
        (1.0, "1"), (0.25, "0.25"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (1e300, "1e+300"),
    ])
    func numbersAreWritten(number: Double, text: String) {
        #expect(PrometheusText.number(number) == text)
    }

    @Test func aSuffixIsNotDoubled() {
        Counter(label: "messages_total", factory: registry).increment()
        Counter(label: "messages", factory: registry).increment()
        #expect(registry.text() == "# TYPE messages_total counter\nmessages_total 2\n")
    }

    @Test func nothingIsLostWhenManyCountAtOnce() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { [registry] in
                    let counter = Counter(label: "events", factory: registry)
                    let recorder = Recorder(label: "sizes", factory: registry)
                    for index in 0..<1000 {
                        counter.increment()
                        recorder.record(index)
                    }
                }
            }
        }
        #expect(registry.text().contains("events_total 8000\n"))
        #expect(registry.text().contains("sizes_count 8000\n"))
    }

    @Test func theProcessIsMeasured() {
        ProcessMetrics.describe(in: registry)
        let lines = registry.text().split(separator: "\n")
        let memory = lines.first { $0.hasPrefix("process_resident_memory_bytes ") }?.split(separator: " ").last
        #expect((memory.flatMap { Int($0) } ?? 0) > 1_000_000)
    }
}
