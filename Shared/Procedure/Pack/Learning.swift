import Contracts

/// Which closed complaints become cases (案例). Rules K17, S13.
package struct CaseRule: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    package var when: Condition
    /// Approves the written case: a sign-in name.
    package var approver: String
    /// Who receives it: departments, escalation targets, parties outside; empty for every department.
    package var recipients: [String]
}

/// A period that comes again and again.
package enum Period: String, Sendable, CaseIterable {
    case month, quarter, halfYear, year

    /// 每月, 每季度, …
    package var title: LocalizedText {
        switch self {
        case .month: LocalizedText(zhHans: "每月", en: "each month")
        case .quarter: LocalizedText(zhHans: "每季度", en: "each quarter")
        case .halfYear: LocalizedText(zhHans: "每半年", en: "each half-year")
        case .year: LocalizedText(zhHans: "每年", en: "each year")
        }
    }

    /// How many months.
    var months: Int {
        switch self {
        case .month: 1
        case .quarter: 3
        case .halfYear: 6
        case .year: 12
        }
    }
}

/// A report that is due again and again. Rules K18, W13–W15, S14, V11.
package struct ReportRule: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    package var every: Period
    /// After the period's end.
    package var within: Allowance
    /// Departments, escalation targets, parties outside.
    package var to: [String]
    package var contents: [Content]

    /// A part of a report.
    package enum Content: String, Sendable, CaseIterable {
        /// 总体情况
        case overview
        /// 主要类型
        case categories
        /// 分布规律
        case distribution
        /// 产生原因
        case causes
        /// 各部门处理情况
        case departments
        /// 改进建议、整改措施
        case improvements
        /// 趋势预测
        case trend
        /// 满意度
        case satisfaction
        /// 时限执行情况
        case clocks
        /// 抱怨预警
        case warnings
        /// 案例
        case cases
    }
}

/// A figure by which people and departments are assessed (考核指标). Rules W22, S16, V12.
package struct Indicator: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    package var measure: Measure
    /// The clock of `onTime`.
    package var clock: String?
    package var by: [Subject]
    /// Percent, or 1–5 for `averageSatisfaction`; absent: watched without a target.
    package var target: Int?

    package enum Measure: String, Sendable, CaseIterable {
        /// Share of a clock's runs that stopped in time.
        case onTime
        /// Share of callbacks with a satisfied customer.
        case satisfied
        /// Mean of the callbacks' answers, 1–5.
        case averageSatisfaction
        /// Share of solutions that the customer agreed to at once.
        case agreedAtOnce
        /// Share of cases that were handled again.
        case reworked
        /// Share of assignments that were given back.
        case returned
    }

    package enum Subject: String, Sendable, CaseIterable {
        case employee, department, company
    }
}

/// How people and departments are assessed.
package struct Assessment: Sendable, Hashable {
    /// Complaints that count for nobody, such as those that were explained away; the exclusion is shown.
    package var excluded: Condition?
    package var indicators: [Indicator]
}

/// Improvement measures that root causes lead to (整改措施). Rules M19, V11, V12.
package struct ImprovementTerms: Sendable, Hashable {
    /// Closed complaints that must have one; absent: a person decides.
    package var when: Condition?
    /// A sign-in name: who audits the state of measures.
    package var auditedBy: String?
    /// For carrying a measure out.
    package var within: Allowance
}
