import Contracts
import Foundation
import Testing

@testable import Procedure

/// The shipped pack and calendar, and complaints to try them on.
enum Samples {
    static let compose = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "compose")

    static func pack(_ name: String = "service-standard") throws -> PolicyPack {
        try PolicyPack.load(file: compose.appending(path: "policies/\(name).yaml").path())
    }

    static let packs = [
        "kangyu-medical", "service-standard", "wholesale-feedback", "sunshine-property", "dealer-aftersales",
    ]

    static func officeCalendar() throws -> WorkingCalendar {
        let file = compose.appending(path: "calendars/cn-office.yaml")
        return try WorkingCalendar.parse(
            String(contentsOf: file, encoding: .utf8), file: "cn-office.yaml",
            timeZone: try #require(TimeZone(identifier: "Asia/Shanghai")))
    }

    /// `2026-11-17 09:00` in Shanghai unless another zone is named.
    static func local(_ text: String, zone: TimeZone? = TimeZone(identifier: "Asia/Shanghai")) throws -> Date {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = zone
        formatter.dateFormat = "yyyy-MM-dd HH:mm"
        return try #require(formatter.date(from: text))
    }

    static func complaint(
        _ narrative: String = "收到的手机第二天就黑屏了，联系客服没有人处理", kind: ComplaintKind = .complaint,
        reason: String? = nil, request: String? = nil, amount: String? = nil, affected: Int? = nil,
        flags: [String] = [], phone: String? = "13800000000", confirmed: Bool = true, channel: String = "web"
    ) throws -> Complaint {
        let heardAt = try local("2026-11-17 10:00")
        return Complaint(
            channel: channel, kind: kind, heardAt: heardAt, registeredAt: heardAt,
            complainant: Complainant(name: "王芳", phone: phone), about: ComplaintSubject(product: "手机"),
            reason: reason, narrative: narrative, request: request, amount: amount.flatMap(Money.init),
            affected: affected, flags: flags, confirmed: confirmed)
    }

    static func number(_ counter: Int = 1) throws -> TicketNumber {
        try #require(TicketNumber(String(format: "C20261117-01-%06d", counter)))
    }
}
