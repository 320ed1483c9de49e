import Contracts

/// Who really said a message. The broker vouches for the user that published it; the envelope's source must be that user.
/// Without this a department's worker, whose password stands on the department's own machine, could speak in anybody's
/// name under a routing key that it may use.
///
/// Only what comes from the exchange of events is asked. To a consumer's own exchange, from which retries and replays
/// come, nobody may write but the consumer itself and Operations.
package enum Provenance {
    /// Why a delivery is not believed; nil when it is.
    package static func objection(to delivery: Delivery) -> FailureReason? {
        guard delivery.exchange == RedressTopology.events else { return nil }
        let place = EnvelopeCoding.Header.source
        guard let user = delivery.user else {
            return FailureReason(.rejected, "its publisher did not say who it is (user-id)", place: place)
        }
        // Other users are people with the broker's highest rights, and whole systems that run under one user.
        guard let account = Speaker(user: user) else { return nil }
        let source = delivery.message.headers[place]?.text ?? ""
        guard Speaker(source: source) == account else {
            return FailureReason(.rejected, "'\(user)' published it as '\(source)'", place: place)
        }
        return nil
    }

    /// - Throws: `HandlingInterruption` when a department speaks for another one.
    static func check(_ event: some Event, of envelope: Envelope) throws {
        guard case .department(let department) = Speaker(source: envelope.source), let department else { return }
        guard let speaking = event.speakingDepartment, speaking.text != department else { return }
        throw HandlingInterruption.rejected(
            "'\(envelope.source)' speaks for the department '\(speaking)'", place: EnvelopeCoding.Header.source)
    }
}

/// One who publishes: a service, or one department's worker.
package enum Speaker: Hashable, Sendable {
    case service(ServiceKind)
    /// The department's id; nil for a worker that does not say which.
    case department(String?)

    /// The source of an envelope: `redress/intake/01`, `redress/department/logistics`.
    package init?(source: String) {
        let words = source.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard words.count >= 2, words[0] == "redress", words.allSatisfy({ !$0.isEmpty }),
            let kind = ServiceKind(rawValue: words[1])
        else { return nil }
        self = kind == .department ? .department(words.count > 2 ? words[2] : nil) : .service(kind)
    }

    /// A user of the broker: `intake`, `department.logistics`. Nil for any other.
    package init?(user: String) {
        let words = user.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let kind = ServiceKind(rawValue: words[0]) else { return nil }
        switch (kind, words.count) {
        case (.department, 2): self = .department(words[1])
        case (.department, _): return nil
        case (_, 1): self = .service(kind)
        case (_, _): return nil
        }
    }

    package var kind: ServiceKind {
        switch self {
        case .service(let kind): kind
        case .department: .department
        }
    }
}
