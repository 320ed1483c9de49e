/// Which publications of a channel the broker has not confirmed. Publishes are numbered from 1 by their order; the
/// broker answers with these numbers, one at a time or “up to and including” (`multiple`), in any order.
struct ConfirmLedger<Ticket: Sendable>: Sendable {
    /// What the broker said of one publication.
    struct Verdict: Sendable {
        var ticket: Ticket
        var result: Result

        enum Result: Hashable, Sendable {
            case confirmed
            case returned(String)
            case rejected
        }
    }

    private struct Entry: Sendable {
        var ticket: Ticket
        var returned: String?
    }

    private var entries: [UInt64: Entry] = [:]
    private var lowest: UInt64 = 1
    private(set) var next: UInt64 = 1

    var count: Int { entries.count }
    var isEmpty: Bool { entries.isEmpty }

    /// The number of the publication that goes out now.
    mutating func published(_ ticket: Ticket) -> UInt64 {
        defer { next += 1 }
        entries[next] = Entry(ticket: ticket)
        return next
    }

    /// `basic.return`: comes before the acknowledgement of the same number, which then means “not routed”.
    mutating func returned(_ sequence: UInt64, reason: String) {
        entries[sequence]?.returned = reason
    }

    /// `basic.ack`.
    mutating func acknowledged(_ sequence: UInt64, multiple: Bool) -> [Verdict] {
        settle(sequence, multiple: multiple) { $0.returned.map { .returned($0) } ?? .confirmed }
    }

    /// `basic.nack`: the broker could not take it.
    mutating func refused(_ sequence: UInt64, multiple: Bool) -> [Verdict] {
        settle(sequence, multiple: multiple) { _ in .rejected }
    }

    /// Takes out what meets the condition, whatever its number.
    mutating func withdraw(where condition: (Ticket) -> Bool) -> [Ticket] {
        let found = entries.filter { condition($0.value.ticket) }.sorted { $0.key < $1.key }
        for (sequence, _) in found { entries[sequence] = nil }
        return found.map(\.value.ticket)
    }

    /// Takes out everything: nobody waits any more for what the broker will say of it. The numbering goes on.
    mutating func abandon() -> [Ticket] {
        withdraw { _ in true }
    }

    private mutating func settle(
        _ sequence: UInt64, multiple: Bool, _ result: (Entry) -> Verdict.Result
    ) -> [Verdict] {
        // Number 0 with `multiple` means all; a number never used is a broker's error that must not grow the range.
        let last = min(multiple && sequence == 0 ? next - 1 : sequence, next - 1)
        guard last >= 1 else { return [] }
        var verdicts: [Verdict] = []
        for number in (multiple ? min(lowest, last) : last)...last {
            guard let entry = entries.removeValue(forKey: number) else { continue }
            verdicts.append(Verdict(ticket: entry.ticket, result: result(entry)))
        }
        if multiple { lowest = max(lowest, last + 1) }
        return verdicts
    }
}
