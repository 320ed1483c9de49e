import CRabbitMQ
import Foundation
import Synchronization

/// Wakes a thread that waits in `poll`, from any thread and without blocking.
final class Wakeup: Sendable {
    /// What the waiting thread polls for reading.
    let descriptor: Int32

    init() throws(AMQPError) {
        descriptor = redress_eventfd()
        guard descriptor >= 0 else {
            throw .library(operation: "open an eventfd", code: errno, text: String(cString: strerror(errno)))
        }
    }

    deinit { close(descriptor) }

    func signal() {
        // Fails only when the counter is full, and then the thread is about to wake anyway.
        _ = eventfd_write(descriptor, 1)
    }

    /// Before looking for what there is to do, so that no signal is lost.
    func clear() {
        var count: eventfd_t = 0
        _ = eventfd_read(descriptor, &count)
    }

    /// Waits for a signal, for input on the socket if one is given, or for the time to pass.
    func wait(socket: Int32 = -1, until instant: ContinuousClock.Instant?) {
        var descriptors = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
        ]
        // Poll leaves out negative descriptors. Rounded up: one that wakes too early would poll again at once.
        let milliseconds = instant.map { Int32(clamping: $0.millisecondsFromNow) } ?? -1
        _ = poll(&descriptors, 2, milliseconds)
    }
}

extension ContinuousClock.Instant {
    fileprivate var millisecondsFromNow: Int64 {
        let (seconds, attoseconds) = ContinuousClock.now.duration(to: self).components
        return max(0, seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
