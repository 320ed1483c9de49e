import Contracts
import Foundation
import Testing

@testable import Procedure

@Suite("The shipped pack and calendar")
struct ShippedPackTests {
    let pack: PolicyPack

    init() throws {
        pack = try Samples.pack()
    }

    @Test("have what the handbook asks for")
    func contents() {
        #expect(pack.stamp.id == "service-standard")
        #expect(pack.departments.count >= 4)
        #expect(pack.categories.count >= 6)
        #expect(pack.severities.map(\.severity) == [.general, .important, .major])
        // M01: hotline, website, app, e-mail, social media, outlets.
        #expect(Set(pack.channels.map(\.id)) == ["hotline", "web", "app", "email", "social", "outlet"])
        #expect(pack.channels.allSatisfy { !$0.greeting.zhHans.isEmpty && !$0.soothing.en.isEmpty })
        // M04: what is spoken is read back.
        #expect(pack.channels.filter(\.readBack).map(\.id) == ["hotline", "outlet"])
    }

    @Test("The official days of 2025 and 2026", arguments: [(2025, 28, 5), (2026, 33, 6)])
    func officialDays(year: Int, holidays: Int, makeUpDays: Int) {
        #expect(pack.calendar.holidays.keys.filter { $0.year == year }.count == holidays)
        #expect(pack.calendar.makeUpDays.keys.filter { $0.year == year }.count == makeUpDays)
    }

    /// Year, and how many days were worked in it by the official calendar: weekdays − holidays on weekdays + make-up days.
    @Test("The working days of a year", arguments: [(2025, 248), (2026, 248)])
    func workingDays(year: Int, expected: Int) {
        var count = 0
        var day = CalendarDay(year: year, month: 1, day: 1)
        while day.year == year {
            if !pack.calendar.hours(on: day).isEmpty { count += 1 }
            day = day.next
        }
        #expect(count == expected)
    }

    @Test("Customers' own words reach the right department", arguments: Self.texts)
    func departments(text: String, category: String, department: String) throws {
        let complaint = try Samples.complaint(text)
        guard case .valid = pack.judge(complaint) else {
            Issue.record("not judged by the pack: \(text)")
            return
        }
        let found = try #require(pack.categorise(complaint))
        #expect(found.category.id == category)
        let grading = pack.grade(complaint, category: found.category.id)
        let assignment = try #require(
            pack.assign(
                complaint, number: Samples.number(), category: found.category.id, severity: grading.severity,
                at: complaint.heardAt))
        #expect(assignment.department.text == department)
        #expect(assignment.isAutomatic)
        #expect(assignment.owner == "\(department).handler")
        #expect(!assignment.deadlines.isEmpty)
    }

    static let texts: [(String, String, String)] = [
        ("用了三天后手机花屏，电池也发烫，质量太差", "product-quality", "product-quality"),
        ("洗发水一点都不清爽，洗完头皮痒，头皮屑更多", "product-quality", "product-quality"),
        ("点的外卖吃出一只虫子，吃完就拉肚子", "food-safety", "product-quality"),
        ("感觉是假货，跟正品完全不一样，被骗了", "authenticity", "product-quality"),
        ("前台服务员态度傲慢，爱理不理", "service-attitude", "customer-service"),
        ("申请退货一个月，售后没有回复，互相踢皮球", "process-efficiency", "customer-service"),
        ("快递一个星期没送到，打开包装全破损了", "delivery", "logistics"),
        ("送餐晚了两个小时，骑手还送错了", "delivery", "logistics"),
        ("买完三天就降价，不能保价，发票也没开", "charge-dispute", "finance"),
        ("The parcel never arrived and the courier lost it", "delivery", "logistics"),
        ("I was charged twice and the refund is still missing on my billing", "charge-dispute", "finance"),
        ("The staff were rude and hung up on me", "service-attitude", "customer-service"),
    ]

    @Test("The complaints of the demonstration reach the departments that it plays, without a person")
    func demonstration() throws {
        struct Story: Decodable {
            struct Record: Decodable {
                var channel: String
                var reason: String
                var narrative: String
                var request: String
                var amount: Money?
            }
            var department: String
            var complaint: Record
        }
        let data = try Data(contentsOf: Samples.compose.appending(path: "demo-complaints.json"))
        for story in try JSONDecoder().decode([Story].self, from: data) {
            let record = story.complaint
            let complaint = try Samples.complaint(
                record.narrative, reason: record.reason, request: record.request, amount: record.amount?.text,
                channel: record.channel)
            let category = try #require(pack.categorise(complaint)).category.id
            let severity = pack.grade(complaint, category: category).severity
            let assignment = try #require(
                pack.assign(
                    complaint, number: Samples.number(), category: category, severity: severity,
                    at: complaint.heardAt))
            #expect(assignment.department.text == story.department)
            #expect(assignment.isAutomatic && assignment.assisting.isEmpty)
        }
    }

    @Test("What no keyword matches waits for a person")
    func unmatched() throws {
        #expect(pack.categorise(try Samples.complaint("老婆收到后对我说，以后别在这里买了")) == nil)
    }

    @Test("Every clock of the pack has a deadline for every severity, later than its start")
    func clocks() throws {
        let start = try Samples.local("2026-09-30 17:59")
        for clock in pack.clocks {
            for severity in Severity.allCases {
                let deadline = try #require(pack.deadline(of: clock, from: start, severity: severity), "\(clock.id)")
                #expect(deadline.dueAt > start, "\(clock.id)")
                for warning in pack.warnings(of: deadline, severity: severity) {
                    #expect(warning.at >= start && warning.at <= deadline.dueAt, "\(clock.id) \(warning.percent)")
                }
            }
        }
    }

    @Test(
        "Clocks end when the complaint does",
        arguments: ["complaint.closed", "complaint.withdrawn", "complaint.merged"])
    func terminalEvents(event: String) {
        #expect(pack.clocks.allSatisfy { $0.isStopped(by: event) })
    }
}
