import Contracts
import Foundation
import Procedure

/// A complaint to try a pack on.
struct PastComplaint: Sendable {
    /// Absent for one that was never submitted.
    var number: TicketNumber?
    var complaint: Complaint
    /// What happened to it since.
    var course: CourseSoFar
    /// What it was judged under; absent when that is not known.
    var policy: PolicyStamp?
}

/// A complaint as it is submitted, with what Intake would fill in.
struct SubmittedComplaint: Decodable, Sendable {
    var channel: String?
    var kind: ComplaintKind?
    var heardAt: Date?
    var registeredAt: Date?
    var complainant: Complainant?
    var about: ComplaintSubject?
    var reason: String?
    var narrative: String
    var request: String?
    var amount: Money?
    var affected: Int?
    var flags: [String]?
    var language: String?
    var confirmed: Bool?

    /// - Parameter now: When it was registered, unless it says so itself.
    func complaint(at now: Date) -> Complaint {
        let registered = registeredAt ?? now
        return Complaint(
            channel: channel ?? "web", kind: kind ?? .complaint, heardAt: heardAt ?? registered,
            registeredAt: registered, complainant: complainant ?? Complainant(), about: about ?? ComplaintSubject(),
            reason: reason, narrative: narrative, request: request, amount: amount, affected: affected,
            flags: flags ?? [], language: language ?? "zh-Hans", confirmed: confirmed ?? true)
    }

    /// - Parameter name: what the messages call the file, or a line of it.
    /// - Throws: `CommandFailure` that names what is wrong and where.
    static func read(_ data: Data, named name: String) throws -> SubmittedComplaint {
        let submitted = try CommandJSON.read(SubmittedComplaint.self, data, named: name)
        let language = submitted.language ?? "zh-Hans"
        guard ["zh-Hans", "en"].contains(language) else {
            throw CommandFailure.refused("\(name): language: there is no '\(language)'; there are zh-Hans, en")
        }
        return submitted
    }

    /// A channel that a pack does not have would meet no condition of it, and nobody would know why.
    /// - Throws: `CommandFailure` that names the channels of the pack.
    func check(against pack: PolicyPack, named name: String) throws {
        guard let channel, pack.channel(channel) == nil else { return }
        let known = pack.channels.map(\.id)
        throw CommandFailure.refused(
            "\(name): channel: \(pack.stamp.id) has no '\(channel)'; it has \(known.joined(separator: ", "))")
    }
}

/// Routing's record of a complaint, as far as a pack's decisions need it. The complainant's own data are masked there,
/// and no decision asks more than whether there are any.
struct ComplaintDossier: Decodable, Sendable {
    struct Standing: Decodable, Sendable {
        var number: TicketNumber
        var returns: Int?
        var round: Int?
        var outcome: ClosingOutcome?
        /// The pack that it was judged under.
        var policy: PolicyStamp?
    }

    /// What conditions know of it besides.
    struct Course: Decodable, Sendable {
        var groupSize: Int?
        var earlier: Int?
        var declines: Int?
        var missed: Int?
    }

    var complaint: Standing
    var record: SubmittedComplaint
    var course: Course?

    func past(at now: Date) -> PastComplaint {
        PastComplaint(
            number: complaint.number, complaint: record.complaint(at: now),
            course: CourseSoFar(
                groupSize: course?.groupSize, earlier: course?.earlier, returns: complaint.returns,
                declines: course?.declines, reworks: complaint.round.map { max(0, $0 - 1) }, missed: course?.missed,
                outcome: complaint.outcome),
            policy: complaint.policy)
    }
}
