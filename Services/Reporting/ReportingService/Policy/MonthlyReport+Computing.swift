import Contracts
import Foundation

extension MonthlyReport {
    init(month: String, period: ReportPeriod, figures: ReportFigures, titles: Titles, at now: Date) {
        self.month = month
        timeZone = period.timeZone.identifier
        from = period.start
        to = period.end
        generatedAt = now
        totals = Totals(figures)
        handling = figures.handling
        satisfaction = Satisfaction(figures.closed)
        byChannel = Self.lines(figures, by: \.channel) { titles.channel($0) }
        byCategory = Self.lines(figures, by: \.categoryKey) { titles.category($0.isEmpty ? nil : $0) }
        bySeverity = Self.lines(figures, by: \.severityKey) { titles.severity(Severity(rawValue: $0)) }
        byOutcome = Self.outcomes(figures)
        departments = DepartmentLine.all(figures, titles)
        onTime = ClockLine.all(figures.clocks, titles)
    }

    /// One line for each value, the commonest first.
    private static func lines(
        _ figures: ReportFigures, by key: (FigureRow) -> String, title: (String) -> LocalizedText
    ) -> [Line] {
        let received = figures.received.counted(by: key)
        let closed = figures.closed.counted(by: key)
        let total = received.values.reduce(0, +)
        let ids = Set(received.keys).union(closed.keys).sorted {
            (-(received[$0] ?? 0), -(closed[$0] ?? 0), $0) < (-(received[$1] ?? 0), -(closed[$1] ?? 0), $1)
        }
        var sum = 0
        return ids.map { id in
            let count = received[id] ?? 0
            sum += count
            return Line(
                id: id, title: title(id), received: count, closed: closed[id] ?? 0, share: ratio(count, total) ?? 0,
                cumulativeShare: ratio(sum, total) ?? 0)
        }
    }

    private static func outcomes(_ figures: ReportFigures) -> [Line] {
        let closed = figures.closed.counted { $0.outcome?.rawValue ?? "" }
        let total = closed.values.reduce(0, +)
        var sum = 0
        return ClosingOutcome.allCases.compactMap { outcome in
            guard let count = closed[outcome.rawValue] else { return nil }
            sum += count
            return Line(
                id: outcome.rawValue, title: Titles.outcome(outcome), received: 0, closed: count,
                share: ratio(count, total) ?? 0, cumulativeShare: ratio(sum, total) ?? 0)
        }
    }
}

extension MonthlyReport.Totals {
    init(_ figures: ReportFigures) {
        self.init(
            openAtStart: figures.openAtStart, received: figures.received.total, closed: figures.closed.total,
            withdrawn: figures.withdrawn, merged: figures.merged, openAtEnd: figures.openAtEnd,
            excluded: figures.closed.filter(\.isExcluded).total, returns: figures.count("case.returned"),
            reworks: figures.count("rework.ordered"), declines: figures.count("solution.declined"),
            chases: figures.count("complaint.chased"), urgings: figures.count("case.urged"))
    }
}

extension MonthlyReport.Satisfaction {
    init(_ closed: [FigureRow]) {
        let counts = (1...5).map { score in closed.filter { $0.satisfaction == score }.total }
        let answers = counts.reduce(0, +)
        let sum = zip(1...5, counts).reduce(0) { $0 + $1.0 * $1.1 }
        self.init(answers: answers, average: ratio(sum, answers), distribution: counts)
    }
}

extension MonthlyReport.DepartmentLine {
    /// Departments with anything in the period; the commonest first.
    static func all(_ figures: ReportFigures, _ titles: Titles) -> [Self] {
        let ids = Set(
            (figures.received + figures.closed).compactMap(\.department) + figures.events.compactMap(\.department)
                + figures.clocks.compactMap(\.department))
        return ids.map { Self($0, figures, titles) }.sorted {
            (-$0.closed, -$0.received, $0.id) < (-$1.closed, -$1.received, $1.id)
        }
    }

    private init(_ id: DepartmentID, _ figures: ReportFigures, _ titles: Titles) {
        let closed = figures.closed.filter { $0.department == id }
        let assessed = closed.filter { !$0.isExcluded }
        let clocks = figures.clocks.filter { $0.department == id }
        let (met, missed) = (clocks.reduce(0) { $0 + $1.met }, clocks.reduce(0) { $0 + $1.missed })
        let seconds = assessed.reduce(0) { $0 + $1.handlingSeconds }
        self.init(
            id: id.text, title: titles.department(id),
            received: figures.received.filter { $0.department == id }.total, closed: closed.total,
            assessed: assessed.total, excluded: closed.total - assessed.total,
            satisfaction: MonthlyReport.Satisfaction(assessed).average,
            averageHandlingSeconds: assessed.total == 0 ? nil : seconds / assessed.total,
            returns: figures.count("case.returned", department: id),
            reworks: figures.count("rework.ordered", department: id),
            declines: figures.count("solution.declined", department: id), met: met, missed: missed,
            onTimeRate: ratio(met, met + missed))
    }
}

extension MonthlyReport.ClockLine {
    /// One line for each clock of the pack, over all departments, in the pack's order; and for what earlier packs had.
    static func all(_ figures: [ClockFigure], _ titles: Titles) -> [Self] {
        let byClock = Dictionary(grouping: figures, by: \.clock)
        let known = titles.clocks.map(\.id)
        let titled = Dictionary(titles.clocks.map { ($0.id, $0.title) }) { first, _ in first }
        return (known + byClock.keys.filter { !known.contains($0) }.sorted()).map { clock in
            let figures = byClock[clock] ?? []
            let met = figures.reduce(0) { $0 + $1.met }
            let missed = figures.reduce(0) { $0 + $1.missed }
            return Self(
                clock: clock, title: titled[clock] ?? figures.first?.title ?? LocalizedText(zhHans: clock, en: clock),
                met: met, missed: missed,
                running: figures.reduce(0) { $0 + $1.running }, rate: ratio(met, met + missed))
        }
    }
}

extension FigureRow {
    /// Judged unreasonable: in no department's assessment.
    var isExcluded: Bool { outcome == .explained }

    /// Empty for what is not decided yet.
    var categoryKey: String { category ?? "" }
    var severityKey: String { severity?.rawValue ?? "" }
}

extension [FigureRow] {
    var total: Int { reduce(0) { $0 + $1.count } }

    func counted(by key: (FigureRow) -> String) -> [String: Int] {
        reduce(into: [:]) { $0[key($1), default: 0] += $1.count }
    }
}

/// A ratio to four places; absent when there is nothing to divide by.
func ratio(_ part: Int, _ whole: Int) -> Double? {
    whole == 0 ? nil : (Double(part) / Double(whole) * 10_000).rounded() / 10_000
}
