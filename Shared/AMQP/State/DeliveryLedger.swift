/// Which deliveries of a session are out and not settled: in the order of their tags.
struct DeliveryLedger: Sendable {
    /// What to tell the broker.
    enum Settlement: Hashable, Sendable {
        /// `multiple`: this tag and every earlier one.
        case upTo(UInt64)
        case each([UInt64])
        /// Of another session, or settled already: the broker has put those messages back, or has none.
        case drop
    }

    let session: UInt64
    private var outstanding: [UInt64] = []
    private var head = 0

    init(session: UInt64) { self.session = session }

    var count: Int { outstanding.count - head }
    var isEmpty: Bool { count == 0 }
    private var live: ArraySlice<UInt64> { outstanding[head...] }

    mutating func delivered(_ tag: UInt64) { outstanding.append(tag) }

    /// Acknowledging a batch settles it, and everything before it, at once.
    mutating func acknowledge(_ batch: BatchTags) -> Settlement {
        guard batch.session == session, let oldest = live.first, batch.last >= oldest else { return .drop }
        forget(upTo: batch.last)
        return .upTo(batch.last)
    }

    /// Putting a batch back must not put an earlier one back with it.
    mutating func requeue(_ batch: BatchTags) -> Settlement {
        guard batch.session == session, let oldest = live.first, batch.last >= oldest else { return .drop }
        if batch.first <= oldest {
            forget(upTo: batch.last)
            return .upTo(batch.last)
        }
        let tags = live.filter { batch.first <= $0 && $0 <= batch.last }
        let rest = live.filter { $0 < batch.first || batch.last < $0 }
        outstanding = Array(rest)
        head = 0
        return tags.isEmpty ? .drop : .each(Array(tags))
    }

    private mutating func forget(upTo last: UInt64) {
        while head < outstanding.count, outstanding[head] <= last { head += 1 }
        if head == outstanding.count || head > 4096 {
            outstanding.removeFirst(head)
            head = 0
        }
    }
}

/// A batch as the ledger sees it.
struct BatchTags: Hashable, Sendable {
    var session: UInt64
    var first: UInt64
    var last: UInt64
}
