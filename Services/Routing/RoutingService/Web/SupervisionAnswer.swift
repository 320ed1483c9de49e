import Contracts
import Foundation

/// The supervision board in the API.
struct SupervisionAnswer: Encodable {
    struct Clock: Encodable {
        var number: TicketNumber
        var clock: String
        var title: LocalizedText
        var dueAt: Date
        /// `overdue` or `approaching`
        var standing: String
        var state: StateName
        var severity: Severity?
        var holder: String
        var department: DepartmentID?
        var owner: String?
        var urgings: Int
        var urgedAt: Date?
        /// To whom the complaint was raised when the clock ran out.
        var escalatedTo: String?
    }

    struct Count: Encodable {
        var holder: String
        var owner: String?
        var overdue: Int
        var approaching: Int
    }

    var clocks: [Clock]
    /// By whoever has the complaint in hand and, in departments, by first responsible person; of the whole board.
    var counts: [Count]
    /// For `?cursor=`; absent on the last page.
    var next: String?
    /// Rectification notices that are not done with, what is due first on top; none where the pack has no supervision.
    var notices: [NoticeAnswer]

    init(_ page: SupervisionPage, _ notices: [ListedNotice]) {
        self.notices = notices.map { NoticeAnswer($0.record) }
        clocks = page.clocks.map { pressing in
            Clock(
                number: pressing.clock.number, clock: pressing.clock.deadline.clock,
                title: pressing.clock.deadline.title, dueAt: pressing.clock.deadline.dueAt,
                standing: pressing.clock.alert == .missed ? "overdue" : "approaching", state: pressing.state,
                severity: pressing.severity, holder: pressing.holder, department: pressing.department,
                owner: pressing.owner, urgings: pressing.urgings, urgedAt: pressing.urgedAt,
                escalatedTo: pressing.clock.missStands ? pressing.clock.escalatedTo : nil)
        }
        counts = page.counts.map {
            Count(holder: $0.holder, owner: $0.owner, overdue: $0.overdue, approaching: $0.approaching)
        }
        next = page.next?.text
    }
}
