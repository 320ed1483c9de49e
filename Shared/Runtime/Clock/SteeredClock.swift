import Foundation
import Messaging
import Synchronization

/// A clock that follows a schedule in a file and takes up a change of it within a few milliseconds. A file that cannot
/// be read, or would set the clock back, changes nothing.
final class SteeredClock: Sendable {
    /// How often the file is looked at, and how long nobody sleeps without looking.
    private static let look = Duration.milliseconds(20)

    private struct State: Sendable {
        var schedule: ClockSchedule
        var file: FileMark?
        var lookedAt: ContinuousClock.Instant
        var last = Date.distantPast
    }

    /// What tells that a file was written anew.
    private struct FileMark: Hashable, Sendable {
        var modified: Date
        var number: UInt64
    }

    private let path: String
    private let state: Mutex<State>

    /// - Throws: `ClockScheduleProblem`, or what keeps the file from being read.
    init(path: String) throws {
        self.path = path
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        state = Mutex(State(schedule: try ClockSchedule(json: data), file: Self.mark(path), lookedAt: .now))
    }

    /// To the millisecond; never less than it said before.
    func now() -> Date {
        state.withLock { state in
            refresh(&state)
            let time = state.schedule.time(at: Date()).timeIntervalSince1970
            state.last = max(state.last, Date(timeIntervalSince1970: (time * 1000).rounded(.down) / 1000))
            return state.last
        }
    }

    func sleep(until instant: Date) async throws {
        while now() < instant {
            let wait = state.withLock { $0.schedule.real(at: instant) }.timeIntervalSinceNow
            try await Task.sleep(for: min(.seconds(max(0, min(wait, 1))) + .milliseconds(1), Self.look))
        }
    }

    private func refresh(_ state: inout State) {
        let now = ContinuousClock.now
        guard now - state.lookedAt >= Self.look else { return }
        state.lookedAt = now
        guard let mark = Self.mark(path), mark != state.file else { return }
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)), let new = try? ClockSchedule(json: data)
        else { return }
        state.schedule = new
        state.file = mark
    }

    private static func mark(_ path: String) -> FileMark? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let modified = attributes[.modificationDate] as? Date,
            let number = attributes[.systemFileNumber] as? UInt64
        else { return nil }
        return FileMark(modified: modified, number: number)
    }
}
