import Contracts
import Foundation
import Messaging
import Persistence

/// The emergency team (应急小组) is called, beside the normal course (S04, W05).
enum EmergencyHandlers {
    static func called(_ unit: UnitOfWork, _ message: Message<EmergencyCalled>) throws -> Outcome {
        guard let number = message.envelope.subject else {
            return .park(FailureReason(.schema, "no ticket number", place: "subject"))
        }
        return try EmergencyTable.insert(message.payload, of: number, at: message.envelope.time, in: unit.db)
            ? .handled : .duplicate
    }
}

extension DepartmentStore {
    /// The team says what it did; saying it twice is saying it once.
    /// - Returns: false when the team was not called.
    func attend(_ number: TicketNumber, report: String, by actor: Actor) async throws -> Bool {
        try await database.write { unit in
            guard let emergency = try EmergencyTable.find(number, in: unit.db) else { return false }
            guard emergency.attendedAt == nil else { return true }
            try EmergencyTable.attend(number, report: report, at: unit.now, by: actor.name ?? "", in: unit.db)
            try unit.send(
                EmergencyAttended(department: emergency.call.department, report: report, by: actor), about: number)
            return true
        }
    }

    /// Those that somebody may see; for nobody in particular all.
    func emergencies(seenBy viewer: Viewer? = nil) async throws -> [EmergencyRecord] {
        try await database.read(EmergencyTable.all).filter { record in viewer.map(record.isSeen) ?? true }
    }
}
