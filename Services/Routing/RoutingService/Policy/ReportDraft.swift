import Contracts
import Foundation
import Procedure

/// The first draft of a report to somebody outside (书面报告; V05–V07), of an answer to a work order from above (V01), or of
/// what is made public (W24): everything that is on record, for the desk to finish.
struct ReportDraft {
    let pack: PolicyPack
    let duty: Duty
    let record: ComplaintRecord
    let history: [HistoryRecord]
    /// `zh-Hans` or `en`.
    let language: String

    private var isChinese: Bool { !language.hasPrefix("en") }

    var subject: String {
        let about =
            record.complaint.reason ?? record.complaint.about.product ?? String(record.complaint.narrative.prefix(24))
        return switch duty.kind {
        case .upstream:
            pick(
                "关于投诉工单 \(record.complaint.upstreamNumber ?? "") 处理结果的答复",
                "Answer to work order \(record.complaint.upstreamNumber ?? "")")
        case .publication: pick("关于“\(about)”处理结果的公告", "Result of the matter “\(about)”")
        case .raising, .parts, .warning, .enquiry, .emergency:
            pick("关于“\(about)”的报告", "Report on “\(about)”")
        }
    }

    var body: String {
        (duty.kind == .publication ? published : opening + matter + course + closing)
            .joined(separator: "\n")
    }

    private func pick(_ chinese: String, _ english: String) -> String { isChinese ? chinese : english }

    private func line(_ chinese: String, _ english: String, _ value: String?) -> [String] {
        guard let value, !value.isEmpty else { return [] }
        return [isChinese ? "\(chinese)：\(value)" : "\(english): \(value)"]
    }

    private var opening: [String] {
        let to = duty.recipientTitle.text(for: language)
        return [isChinese ? "\(to)：" : "To \(to)", ""]
            + line("受理编号", "Number", record.number.text)
            + line("贵方工单号", "Your work order", record.complaint.upstreamNumber)
            + line("级别", "Severity", record.severity.map { pack.title(of: $0).text(for: language) })
            + line("类别", "Category", record.category.flatMap { pack.category($0)?.title.text(for: language) })
    }

    /// What the complaint is about. Nobody outside needs the customer's telephone; and of a report of misconduct nobody
    /// knows here who reported.
    private var matter: [String] {
        let complaint = record.complaint
        let customer = duty.kind == .upstream ? complaint.complainant.name : nil
        return line("客户", "Customer", customer)
            + line("涉及产品", "Product", complaint.about.product)
            + line("订单或车辆编号", "Order or vehicle", complaint.about.orderNumber)
            + line("涉及金额", "Amount", complaint.amount?.text)
            + line("首次反映时间", "First heard", pack.calendar.text(complaint.heardAt))
            + ["", pick("一、客户反映", "1. What the customer says"), complaint.narrative]
            + line("客户诉求", "Asks for", complaint.request)
    }

    /// What was done until now, in the words of those who did it.
    private var course: [String] {
        let told: Set = [
            "case.investigated", "solution.proposed", "solution.accepted", "solution.declined", "solution.implemented",
            "emergency.attended", "case.progressed",
        ]
        let entries = history.filter { told.contains($0.event) && $0.standing != .late && !($0.detail ?? "").isEmpty }
        guard !entries.isEmpty else { return [] }
        return ["", pick("二、处理情况", "2. What was done")]
            + entries.map { "\(pack.calendar.text($0.at))  \($0.detail ?? "")" }
    }

    private var closing: [String] {
        let asked: String? =
            switch duty.purpose {
            case .support: pick("请予支持：", "We ask for your support with: ")
            case .decision: pick("请予决定：", "We ask for your decision on: ")
            case .information: pick("特此报告。", "For your information.")
            case nil: duty.kind == .upstream ? pick("特此答复。", "This is our answer.") : nil
            }
        return asked.map { ["", $0] } ?? []
    }

    /// What is made public names no customer.
    private var published: [String] {
        let category = record.category.flatMap { pack.category($0)?.title.text(for: language) }
        return line("事项", "Matter", category) + ["", pick("处理结果：", "Result: ")]
    }
}
