import Contracts
import Foundation
import GRDB
import Procedure

/// A complaint as Routing keeps it.
struct ComplaintRecord: Sendable {
    var number: TicketNumber
    var file: CaseFile
    /// How often it has been judged, the present judgement included.
    var judgementRound = 1
    var complaint: Complaint
    var settledOutcome: String?
    var severity: Severity?
    var urgency: Urgency?
    var importance: Importance?
    /// A category's id in the pack.
    var category: String?
    /// The first responsible person (第一责任人), a sign-in name.
    var owner: String?
    /// Who has it in hand: `desk`, `callback`, `nobody`, or a department's id.
    var holder: String
    var holderSince: Date
    /// The pack that it is decided under, from its registration on; absent for what an earlier program registered.
    var policy: PolicyStamp?
    /// The earliest instant at which a running clock is due; far in the future when none runs.
    var nextDueAt = Date.distantDue
    /// The complaint under which this one is handled together with others (群诉); its own number for the lead (S16).
    var groupLead: TicketNumber?
    /// What the solution in force pays the customer; absent while there is none, or when it pays nothing.
    var compensation: Money?
    /// What the last callback came to, 1–5.
    var satisfaction: Int?
    /// Why it was judged, graded and assigned as it was, or why a person must decide.
    var explanations: [Explanation] = []

    /// Whether it is confidential, or a protected report; absent for what no later program has written yet.
    var isRestricted: Bool?

    var state: StateName { StateName(file.state) }

    /// How pressing it is by urgency, and then by severity: 0 the most. What is not graded yet counts as the least.
    var rank: Int {
        let byUrgency =
            switch urgency {
            case .emergency: 0
            case .urgent: 1
            case .normal, nil: 2
            }
        let bySeverity =
            switch severity {
            case .major: 0
            case .important: 1
            case .general, nil: 2
            }
        return byUrgency * 3 + bySeverity
    }

    var handling: Handling? {
        guard case .handling(let handling) = file.state else { return nil }
        return handling
    }
}

extension Date {
    /// Sorts after every real due time, and is still a date that SQLite's text form can hold.
    static let distantDue = Date(timeIntervalSince1970: 253_402_300_000)
}

extension ComplaintRecord: FetchableRecord {
    init(row: Row) throws {
        let number: String = row["number"]
        guard let number = TicketNumber(number), let state = StateName(rawValue: row["state"]) else {
            throw StoredValueError(column: "number or state", text: number)
        }
        self.number = number
        judgementRound = row["judgementRound"]
        complaint = try ContractJSON.decode(Complaint.self, from: row["record"])
        explanations = try ContractJSON.decode([Explanation].self, from: row["explanations"])
        settledOutcome = row["settledOutcome"]
        severity = (row["severity"] as String?).flatMap(Severity.init)
        urgency = (row["urgency"] as String?).flatMap(Urgency.init)
        importance = (row["importance"] as String?).flatMap(Importance.init)
        groupLead = (row["groupLead"] as String?).flatMap { TicketNumber($0) }
        compensation = (row["compensation"] as String?).flatMap { Money($0) }
        satisfaction = row["satisfaction"]
        isRestricted = row["isRestricted"]
        category = row["category"]
        owner = row["owner"]
        holder = row["holder"]
        holderSince = row["holderSince"]
        nextDueAt = row["nextDueAt"]
        if let id = row["policyID"] as String?, let version = row["policyVersion"] as Int? {
            policy = PolicyStamp(id: id, version: version)
        }
        file = CaseFile(
            state: try Self.state(state, row: row), assignments: row["assignment"], returns: row["returns"],
            round: row["round"], highestVersion: row["highestVersion"], highestNumber: row["highestNumber"],
            mark: SolutionMark(
                version: row["markVersion"], step: SolutionMark.Step(rawValue: row["markStep"]) ?? .none),
            firstVersion: row["firstVersion"])
    }

    private static func state(_ name: StateName, row: Row) throws -> RoutingState {
        switch name {
        case .settled: return .settled
        case .awaitingJudgement: return .awaitingJudgement(round: row["judgementRound"])
        case .awaitingAnswer: return .awaitingAnswer
        case .answered: return .answered
        case .explaining: return .explaining(round: row["judgementRound"])
        case .awaitingAssignment: return .awaitingAssignment
        case .withdrawn: return .withdrawn
        case .closed:
            let text: String = row["outcome"]
            guard let outcome = ClosingOutcome(rawValue: text) else {
                throw StoredValueError(column: "outcome", text: text)
            }
            return .closed(outcome)
        case .merged:
            let text: String = row["mergedInto"]
            guard let survivor = TicketNumber(text) else { throw StoredValueError(column: "mergedInto", text: text) }
            return .merged(into: survivor)
        case .awaitingAcknowledgement, .investigating, .awaitingApproval, .proposed, .revising, .implementing,
            .callback:
            let text: String = row["lead"]
            guard let phase = name.phase, let lead = DepartmentID(text) else {
                throw StoredValueError(column: "lead", text: text)
            }
            let assisting: String = row["assisting"]
            return .handling(
                Handling(
                    assignment: row["assignment"], lead: lead,
                    assisting: assisting.split(separator: ",").compactMap { DepartmentID(String($0)) },
                    isRuling: row["isRuling"], phase: phase))
        }
    }
}

extension ComplaintRecord: PersistableRecord {
    static let databaseTableName = "complaint"

    func encode(to container: inout PersistenceContainer) throws {
        container["number"] = number.text
        container["state"] = state.rawValue
        container["judgementRound"] = judgementRound
        container["assignment"] = file.assignments
        container["returns"] = file.returns
        container["round"] = file.round
        container["highestVersion"] = file.highestVersion
        container["highestNumber"] = file.highestNumber
        container["markVersion"] = file.mark.version
        container["markStep"] = file.mark.step.rawValue
        container["firstVersion"] = file.firstVersion
        container["lead"] = handling?.lead.text
        container["assisting"] = (handling?.assisting ?? []).map(\.text).joined(separator: ",")
        container["isRuling"] = handling?.isRuling ?? false
        container["holder"] = holder
        container["holderSince"] = holderSince
        container["kind"] = complaint.kind.rawValue
        container["channel"] = complaint.channel
        container["registeredAt"] = complaint.registeredAt
        container["severity"] = severity?.rawValue
        container["urgency"] = urgency?.rawValue
        container["importance"] = importance?.rawValue
        container["groupLead"] = groupLead?.text
        container["upstreamNumber"] = complaint.upstreamNumber
        container["contactKey"] = complaint.contactKey
        container["compensation"] = compensation?.text
        container["satisfaction"] = satisfaction
        container["isRestricted"] = isRestricted
        container["rank"] = rank
        container["category"] = category
        container["owner"] = owner
        container["settledOutcome"] = settledOutcome
        container["nextDueAt"] = nextDueAt
        container["policyID"] = policy?.id
        container["policyVersion"] = policy?.version
        container["record"] = try ContractJSON.encode(complaint)
        container["explanations"] = try ContractJSON.encode(explanations)
        container["outcome"] = if case .closed(let outcome) = file.state { outcome.rawValue } else { nil as String? }
        container["mergedInto"] = if case .merged(let survivor) = file.state { survivor.text } else { nil as String? }
    }
}

/// A value in the store that this program cannot have written.
struct StoredValueError: Error, CustomStringConvertible {
    var column: String
    var text: String

    var description: String { "the store holds '\(text)' in \(column), which no version of this program writes" }
}

extension Complaint {
    /// The same for every complaint by the same telephone, or e-mail address where there is none.
    var contactKey: String? {
        let digits = (complainant.phone ?? "").filter { ("0"..."9").contains($0) }
        return digits.count >= 5 ? String(digits.suffix(11)) : complainant.email?.lowercased()
    }
}
