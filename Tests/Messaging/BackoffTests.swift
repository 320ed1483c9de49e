import Messaging
import Testing

@Suite("Backoff")
struct BackoffTests {
    @Test func doublesUpToItsLongest() {
        var backoff = Backoff(first: .milliseconds(100), longest: .seconds(1))
        let waits = (0..<6).map { _ in backoff.next(jitter: 0) }
        #expect(waits == [100, 200, 400, 800, 1000, 1000].map { .milliseconds($0) })
    }

    @Test(arguments: [-1.0, 1.0])
    func jitterIsAQuarter(jitter: Double) {
        var backoff = Backoff(first: .seconds(1), longest: .seconds(8))
        #expect(backoff.next(jitter: jitter) == .seconds(1) + .milliseconds(250) * jitter)
    }
}
