import Contracts
import Foundation

/// The time of rectification notices (整改通知; W20). It is no clock of the complaint's course: it starts when a notice is
/// ordered or its answer sent back, also after the end of the complaint, and only the department's answer stops it.
extension TicketSummary {
    mutating func followRectification(_ event: TicketEvent, at time: Date) {
        switch event {
        case .rectificationOrdered(let event):
            guard let deadline = event.deadline else { return }
            startRectification(
                ClockRun(
                    clock: deadline.clock, title: deadline.title, department: event.department,
                    startedAt: deadline.startedAt, dueAt: deadline.dueAt, notice: event.notice ?? 1))
        case .rectificationReturned(let event):
            guard let last = clocks.last(where: { $0.notice == event.notice }) else { return }
            startRectification(
                ClockRun(
                    clock: last.clock, title: last.title, department: event.department, startedAt: time,
                    dueAt: event.dueAt, notice: event.notice))
        case .rectificationAnswered(let event):
            for index in clocks.indices where clocks[index].stoppedAt == nil && clocks[index].notice == event.notice {
                clocks[index].stoppedAt = time
            }
        default: break
        }
    }

    private mutating func startRectification(_ run: ClockRun) {
        guard !clocks.contains(where: { $0.isSame(as: run) }) else { return }
        clocks.append(run)
    }
}

extension ClockRun {
    private static let answer = RectificationAnswered.type.word + "#"

    /// The run of a complaint's notice, counted from 1.
    init(
        clock: String, title: LocalizedText, department: DepartmentID, startedAt: Date, dueAt: Date, notice: Int
    ) {
        self.init(
            clock: clock, title: title, department: department, startedAt: startedAt, dueAt: dueAt,
            stops: [Self.answer + "\(notice)"])
    }

    /// Which notice's time it is; absent for the complaint's own clocks.
    var notice: Int? {
        stops.first { $0.hasPrefix(Self.answer) }.flatMap { Int($0.dropFirst(Self.answer.count)) }
    }
}
