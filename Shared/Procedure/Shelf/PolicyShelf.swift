import Contracts
import Synchronization

/// The packs that a running service decides by: the one for new complaints, and the earlier versions, which complaints
/// that were judged under them keep.
///
/// A changed file is offered to the shelf. It is taken when it loads, is of the same procedure with the same departments
/// and time zone, and has a higher version; otherwise it is refused with the reason, and everything goes on as before.
package final class PolicyShelf: Sendable {
    /// What came of an offered file.
    package enum Offer: Sendable {
        /// It says what is in use already.
        case unchanged
        /// It may be taken; see `take`.
        case acceptable(PolicyPack, PolicySource)
        /// Why it is not taken.
        case refused(String)
    }

    private struct Contents {
        var current: PolicyPack
        var packs: [PolicyStamp: PolicyPack]
        /// The last file that was offered, so that the same one is answered once.
        var offered: PolicySource?
        var refusal: String?
    }

    private let contents: Mutex<Contents>

    /// - Parameters:
    ///   - current: For new complaints.
    ///   - earlier: What earlier complaints were judged under.
    package init(_ current: PolicyPack, from source: PolicySource? = nil, earlier: [PolicyPack] = []) {
        var packs = Dictionary(earlier.map { ($0.stamp, $0) }) { _, last in last }
        packs[current.stamp] = current
        contents = Mutex(Contents(current: current, packs: packs, offered: source))
    }

    /// For new complaints.
    package var current: PolicyPack { contents.withLock(\.current) }

    /// Why the last file that was offered was refused; nil when it was not.
    package var refusal: String? { contents.withLock(\.refusal) }

    /// Every version that is known, the oldest first.
    package var stamps: [PolicyStamp] {
        contents.withLock { $0.packs.keys.sorted { ($0.id, $0.version) < ($1.id, $1.version) } }
    }

    /// Every version that is known, the oldest first.
    package var packs: [PolicyPack] {
        contents.withLock {
            $0.packs.values.sorted { ($0.stamp.id, $0.stamp.version) < ($1.stamp.id, $1.stamp.version) }
        }
    }

    /// Notes why a file is not used, for who asks.
    package func note(refusal: String) { contents.withLock { $0.refusal = refusal } }

    /// What a complaint was judged under; the one for new complaints when that is not known.
    package func pack(_ stamp: PolicyStamp?) -> PolicyPack {
        contents.withLock { contents in stamp.flatMap { contents.packs[$0] } ?? contents.current }
    }

    /// A version; nil when it is not known.
    package func known(_ stamp: PolicyStamp) -> PolicyPack? { contents.withLock { $0.packs[stamp] } }

    /// Has the next look examine the file even when it is the same as at the last.
    package func forgetOffer() { contents.withLock { $0.offered = nil } }

    /// Looks at a file that may have changed. Nothing is taken yet, so that it can be kept first.
    package func examine(file: String) -> Offer {
        do {
            let source = try PolicySource.read(file: file)
            let isKnown = contents.withLock { contents in
                defer { contents.offered = source }
                return contents.offered == source
            }
            return isKnown ? .unchanged : examine(source)
        } catch {
            // When the file is back as it was, that is a change.
            forgetOffer()
            return refuse("\(error)")
        }
    }

    /// Takes a pack for new complaints from now on.
    package func take(_ pack: PolicyPack) {
        contents.withLock { contents in
            contents.packs[pack.stamp] = pack
            contents.current = pack
            contents.refusal = nil
        }
    }

    private func examine(_ source: PolicySource) -> Offer {
        do {
            let pack = try source.load()
            if let reason = objection(to: pack) { return refuse(reason) }
            contents.withLock { $0.refusal = nil }
            return pack.stamp == current.stamp ? .unchanged : .acceptable(pack, source)
        } catch {
            return refuse("it does not load\n\(error)")
        }
    }

    /// Answers the same refusal only once.
    private func refuse(_ reason: String) -> Offer {
        let isNew = contents.withLock { contents in
            defer { contents.refusal = reason }
            return contents.refusal != reason
        }
        return isNew ? .refused(reason) : .unchanged
    }

    /// Why a pack cannot follow the one in use; nil when it can.
    package func objection(to pack: PolicyPack) -> String? {
        let (current, known) = contents.withLock { ($0.current, $0.packs) }
        guard pack.stamp.id == current.stamp.id else {
            return "it is another procedure (\(pack.stamp.id), not \(current.stamp.id)): that takes a new start"
        }
        let highest = known.keys.filter { $0.id == current.stamp.id }.map(\.version).max() ?? current.stamp.version
        if let same = known[pack.stamp] {
            let differences = same.differences(to: pack)
            guard let first = differences.first else { return nil }
            return "\(pack.stamp) is in use and says something else (\(differences.count) differences, the first: "
                + "\(first)): raise its version to \(highest + 1) or more"
        }
        if pack.stamp.version < highest {
            return "its version \(pack.stamp.version) is lower than \(highest), which was in use: raise it"
        }
        if Set(pack.departments.map(\.id)) != Set(current.departments.map(\.id)) {
            return "it has other departments, whose workers and queues are not there: that takes a new start"
        }
        if pack.timeZone != current.timeZone { return "it has another time zone: that takes a new start" }
        return nil
    }
}
