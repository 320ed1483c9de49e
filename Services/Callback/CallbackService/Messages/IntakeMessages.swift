import Contracts
import Messaging
import Persistence

/// What Intake heard from the customer.
extension CallbackSubscriptions {
    func received(_ unit: UnitOfWork, _ message: Message<ComplaintReceived>) throws -> Outcome {
        let number = try subject(of: message.envelope)
        let payload = message.payload
        guard try !ComplaintRecord.exists(unit.db, key: number.text) else { return .duplicate }
        try ComplaintRecord(number, payload, at: unit.now).insert(unit.db)
        try HeardRecord(number: number.text, complaint: payload.complaint).insert(unit.db)
        let audience = policy.rules.audience(of: payload.complaint, category: nil, severity: nil)
        try RestrictedTable.follow(number, audience, in: unit.db)
        var keeper = try CaseKeeper(number, in: unit, policy: policy)
        try keeper.note([keeper.entry(.received, at: payload.complaint.registeredAt)])
        if let outcome = payload.settledOutcome {
            let actor = payload.complaint.recordedBy.map(Actor.staff) ?? .system(message.envelope.source)
            let note = keeper.entry(.settled, facts: ["outcome": outcome], by: actor)
            try take(.settled(by: actor), &keeper, because: message.envelope, noting: [note])
        }
        return .handled
    }

    func supplemented(_ unit: UnitOfWork, _ message: Message<ComplaintSupplemented>) throws -> Outcome {
        var keeper = try keeper(unit, message.envelope)
        let payload = message.payload
        var facts = ["narrative": payload.narrative]
        if !payload.evidence.isEmpty { facts["files"] = String(payload.evidence.count) }
        try keeper.note([keeper.entry(.supplemented, at: message.envelope.time, facts: facts, by: payload.by)])
        return .handled
    }

    func chased(_ unit: UnitOfWork, _ message: Message<ComplaintChased>) throws -> Outcome {
        var keeper = try keeper(unit, message.envelope)
        let payload = message.payload
        try keeper.note([
            keeper.entry(.chased, at: message.envelope.time, facts: .comment(payload.comment), by: payload.by)
        ])
        return .handled
    }

    func withdrawn(_ unit: UnitOfWork, _ message: Message<ComplaintWithdrawn>) throws -> Outcome {
        var keeper = try keeper(unit, message.envelope)
        let note = keeper.entry(.withdrawn, at: message.envelope.time, by: message.payload.by)
        try take(.withdrawn, &keeper, because: message.envelope, noting: [note])
        try keeper.releaseHeld(because: message.envelope)
        return .handled
    }
}
