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
            let days = Self.abridged(account.days.map(\.description))
            sentences.append(LocalizedText(zhHans: "计入 \(days.zhHans)", en: "counted \(days.en)"))
        }
        if !account.pieces.isEmpty {
            let pieces = Self.abridged(account.pieces.map { "\(text($0.start))–\(text($0.end).suffix(5))" })
            sentences.append(LocalizedText(zhHans: "计入 \(pieces.zhHans)", en: "counted \(pieces.en)"))
        }
        return sentences
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
        return runs.map { ($0.first == $0.last ? "\($0.first)" : "\($0.first)–\($0.last)", $0.name) }
    }

    /// Long clocks do not list every day: the first three and the last.
    private static func abridged(_ items: [String]) -> LocalizedText {
        guard items.count > 5, let last = items.last else {
            return LocalizedText(zhHans: items.joined(separator: "、"), en: items.joined(separator: ", "))
        }
        let first = items.prefix(3)
        return LocalizedText(
            zhHans: "\(first.joined(separator: "、"))……\(last)（共 \(items.count) 段）",
            en: "\(first.joined(separator: ", ")) … \(last) (\(items.count) in all)")
    }
}
