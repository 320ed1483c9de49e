import Contracts
import Foundation

/// How many complaints share the same properties: what the store counts, and all that reports are computed from.
struct FigureRow: Hashable, Sendable {
    var channel = ""
    var category: String?
    var severity: Severity?
    var department: DepartmentID?
    var outcome: ClosingOutcome?
    var satisfaction: Int?
    var count = 0
    /// The sum over these complaints, from the first hearing to the closing.
    var handlingSeconds = 0
}

/// How often something happened, by department.
struct EventFigure: Hashable, Sendable {
    /// `noun.verb`.
    var event: String
    var department: DepartmentID?
    var count: Int
}

/// How the runs of one clock ended that were due in a period.
struct ClockFigure: Hashable, Sendable {
    var clock: String
    var title: LocalizedText
    var department: DepartmentID?
    var met: Int
    var missed: Int
    var running: Int
}

/// How long complaints took that were closed in a period, in seconds; absent without any.
struct HandlingFigure: Hashable, Sendable, Codable {
    var average: Int
    var median: Int
    var p90: Int
    var longest: Int
}

/// Everything that is counted for one period.
struct ReportFigures: Sendable {
    var received: [FigureRow] = []
    var closed: [FigureRow] = []
    var withdrawn = 0
    var merged = 0
    var openAtStart = 0
    var openAtEnd = 0
    var handling: HandlingFigure?
    var events: [EventFigure] = []
    var clocks: [ClockFigure] = []

    func count(_ event: String, department: DepartmentID? = nil) -> Int {
        events.filter { $0.event == event && (department == nil || $0.department == department) }
            .reduce(0) { $0 + $1.count }
    }
}
