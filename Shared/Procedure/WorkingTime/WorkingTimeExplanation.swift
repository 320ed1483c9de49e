import Contracts
import Foundation

/// What the reckoning of a due time met on its way, for the explanation.
struct WorkingTimeAccount {
    /// The days that counted as working days.
    var days: [CalendarDay] = []
    /// The stretches that counted as working time.
    var pieces: [DateInterval] = []
    var holidays: [(day: CalendarDay, name: LocalizedText)] = []
    var makeUpDays: [(day: CalendarDay, name: LocalizedText)] = []
    /// Years whose holidays the calendar does not know.
    var unknownYears: Set<Int> = []
}

extension WorkingCalendar {
    /// Why the due time is what it is: `3 个工作日，自 2026-09-30 15:00 起，当日不计；计入 …`.
    func explanation(
        _ allowance: Allowance, from start: Date, to dueAt: Date, paused: TimeInterval, account: WorkingTimeAccount
    ) -> LocalizedText {
        var sentences = [opening(allowance, from: start)]
        sentences += counted(account)
        sentences += holidaySentences(account)
        if paused > 0 {
            let span = Span.words(Int(paused.rounded()))
            sentences.append(
                LocalizedText(zhHans: "其间暂停 \(span.zhHans)，不计入", en: "paused for \(span.en), not counted"))
        }
        for year in account.unknownYears.sorted() {
            sentences.append(
                LocalizedText(
                    zhHans: "日历未载 \(year) 年节假日", en: "the calendar does not know the holidays of \(year)"))
        }
        let due = text(dueAt)
        sentences.append(
            LocalizedText(zhHans: "至 \(due) 止（日历 \(id)@\(version)）", en: "ends \(due) (calendar \(id)@\(version))"))
        return LocalizedText(
            zhHans: sentences.map(\.zhHans).joined(separator: "；"), en: sentences.map(\.en).joined(separator: "; "))
    }

    private func opening(_ allowance: Allowance, from start: Date) -> LocalizedText {
        let (title, start) = (allowance.title, text(start))
        return switch allowance {
        case .workingDays:
            LocalizedText(
                zhHans: "\(title.zhHans)，自 \(start) 起，当日不计", en: "\(title.en) from \(start), that day not counted")
        case .elapsed:
            LocalizedText(zhHans: "\(title.zhHans)（自然时间），自 \(start) 起", en: "\(title.en) of elapsed time from \(start)")
        case .workingTime, .sameDay:
            LocalizedText(zhHans: "\(title.zhHans)，自 \(start) 起", en: "\(title.en), from \(start)")
        }
    }

    private func counted(_ account: WorkingTimeAccount) -> [LocalizedText] {
        var sentences: [LocalizedText] = []
        if !account.days.isEmpty {
            let spans = Self.abridged(Self.spans(account.days).map { LocalizedText(zhHans: $0, en: $0) })
            sentences.append(LocalizedText(zhHans: "计入 \(spans.zhHans)", en: "counted \(spans.en)"))
        }
        if !account.pieces.isEmpty {
            let stretches = Self.abridged(stretches(account.pieces))
            sentences.append(LocalizedText(zhHans: "计入 \(stretches.zhHans)", en: "counted \(stretches.en)"))
        }
        return sentences
    }

    /// Working time as it counted: parts of days with their hours, whole working days as spans.
    private func stretches(_ pieces: [DateInterval]) -> [LocalizedText] {
        let days = Dictionary(grouping: pieces) { day(of: $0.start) }.sorted { $0.key < $1.key }
        var stretches: [LocalizedText] = []
        var whole: [CalendarDay] = []
        func finishWhole() {
            stretches += Self.spans(whole).map { LocalizedText(zhHans: "\($0) 全天", en: "all of \($0)") }
            whole = []
        }
        for (day, pieces) in days {
            if pieces == intervals(on: day) {
                whole.append(day)
            } else {
                finishWhole()
                stretches += pieces.map { piece in
                    let text = "\(text(piece.start))–\(text(piece.end).suffix(5))"
                    return LocalizedText(zhHans: text, en: text)
                }
            }
        }
        finishWhole()
        return stretches
    }

    private func holidaySentences(_ account: WorkingTimeAccount) -> [LocalizedText] {
        let off = Self.runs(account.holidays).map { days, name in
            LocalizedText(zhHans: "\(name.zhHans) \(days) 不计", en: "\(name.en) \(days) not counted")
        }
        let worked = account.makeUpDays.map { day, name in
            LocalizedText(zhHans: "\(day) 为\(name.zhHans)调休上班", en: "\(day) is worked to make up for \(name.en)")
        }
        return off + worked
    }

    /// Holidays with the same name as a span of days.
    private static func runs(_ days: [(day: CalendarDay, name: LocalizedText)]) -> [(String, LocalizedText)] {
        var runs: [(first: CalendarDay, last: CalendarDay, name: LocalizedText)] = []
        for (day, name) in days {
            if let last = runs.last, last.name == name, last.last.next == day {
                runs[runs.count - 1].last = day
            } else {
                runs.append((day, day, name))
            }
        }
        return runs.map { (span($0.first, $0.last), $0.name) }
    }

    /// Days in order, those that follow each other as `2026-11-18–2026-11-20`.
    private static func spans(_ days: [CalendarDay]) -> [String] {
        var spans: [(first: CalendarDay, last: CalendarDay)] = []
        for day in days {
            if let last = spans.last, last.last.next == day {
                spans[spans.count - 1].last = day
            } else {
                spans.append((day, day))
            }
        }
        return spans.map { span($0.first, $0.last) }
    }

    private static func span(_ first: CalendarDay, _ last: CalendarDay) -> String {
        first == last ? "\(first)" : "\(first)–\(last)"
    }

    /// A year's clock would fill the page: what is more than a quarter's weeks leaves out the middle.
    private static func abridged(_ items: [LocalizedText]) -> LocalizedText {
        func joined(_ items: some Collection<LocalizedText>) -> LocalizedText {
            LocalizedText(
                zhHans: items.map(\.zhHans).joined(separator: "、"), en: items.map(\.en).joined(separator: ", "))
        }
        guard items.count > 16, let last = items.last else { return joined(items) }
        let first = joined(items.prefix(8))
        return LocalizedText(
            zhHans: "\(first.zhHans)……\(last.zhHans)（共 \(items.count) 段）",
            en: "\(first.en) … \(last.en) (\(items.count) in all)")
    }
}
