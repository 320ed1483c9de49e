import Foundation

extension WorkingCalendar {
    /// Pauses in order, joined where they touch or overlap, cut off before `start`: two halves of a pause are the pause.
    static func merged(_ pauses: [DateInterval], from start: Date) -> [DateInterval] {
        let clipped = pauses.filter { $0.end > start }.map { DateInterval(start: max($0.start, start), end: $0.end) }
        return clipped.sorted { $0.start < $1.start }.reduce(into: []) { merged, pause in
            if let last = merged.last, pause.start <= last.end {
                merged[merged.count - 1] = DateInterval(start: last.start, end: max(last.end, pause.end))
            } else {
                merged.append(pause)
            }
        }
    }
}
