import Contracts
import Foundation

/// Messages of one complaint about a parcel that arrived broken.
enum ExampleMessages {
    static let code = "7K2M9QXA"
    static let morning = Date(timeIntervalSince1970: 1_795_136_400)
    static let policy = PolicyStamp(id: "service-standard", version: 2)
    static let category = LocalizedText(zhHans: "产品质量", en: "Product quality")
    static let logisticsTitle = LocalizedText(zhHans: "物流部", en: "Logistics")

    static let complaint = Complaint(
        channel: "web", kind: .complaint, heardAt: morning, registeredAt: morning,
        complainant: Complainant(name: "王小明", phone: "13812345678"),
        about: ComplaintSubject(product: "电热水壶", orderNumber: "A-1001"), reason: "收到时已破损",
        narrative: "包裹送到时外箱已变形，水壶底座裂开，无法使用。", request: "换货")

    static func received(settled: String? = nil) -> ComplaintReceived {
        // Of `C20261120-01-000001:7K2M9QXA`.
        ComplaintReceived(complaint: complaint, trackingCodeHash: codeHash, settledOutcome: settled)
    }

    static let codeHash = "98ad17c5bef0e80be658a8b3dc5690ab00b268b864cd73b9f3d52a9d0c45254a"

    static func accepted(round: Int = 1) -> ComplaintAccepted {
        ComplaintAccepted(
            round: round, severity: .general, category: "quality", categoryTitle: category, policy: policy,
            by: .system("service-standard@1"))
    }

    static func rejected(round: Int = 1) -> ComplaintRejected {
        ComplaintRejected(round: round, reason: "超过保修期限，且为人为损坏。", by: .staff("lin"))
    }

    static func assigned(
        _ number: Int = 1, to department: DepartmentID = .logistics, role: CaseRole = .lead, nextVersion: Int = 1
    ) -> CaseAssigned {
        CaseAssigned(
            assignment: number, role: role, department: department, departmentTitle: logisticsTitle, lead: .logistics,
            severity: .general, category: "quality", categoryTitle: category, reason: "按类别", policy: policy,
            complaint: complaint, authority: Authority(), nextSolutionVersion: nextVersion, by: .staff("lin"))
    }

    static func proposed(_ version: Int = 1, round: Int = 1, number: Int? = nil) -> SolutionProposed {
        SolutionProposed(
            department: .logistics, departmentTitle: logisticsTitle, round: round,
            solution: Solution(
                version: version, measures: "免费更换新品，顺丰寄送。", compensation: Money("50.00"),
                completionDue: morning + 3 * 86_400, grounds: "运输破损由承运方负责。", draftedBy: "wang", draftedAt: morning,
                number: number))
    }

    static func implemented(_ version: Int = 1, round: Int = 1, completedAt: Date = morning) -> SolutionImplemented {
        SolutionImplemented(
            department: .logistics, version: version, round: round, outcome: "新品已签收", completedAt: completedAt,
            by: .staff("wang"))
    }
}
