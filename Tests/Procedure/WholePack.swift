@testable import Procedure

/// A pack that has every section, on few lines, to be read, decided by and broken one place at a time.
enum WholePack {
    /// The sections beyond those of `PolicyLoadingTests.sound`; they begin on line 41.
    static let furtherSections = """

        document: {zh-Hans: 小规程, en: A small procedure}
        products: [{id: pump, title: {zh-Hans: 泵, en: Pump}}]
        escalations: [{id: office, title: {zh-Hans: 总经办, en: Office}, person: boss}]
        outside: [{id: centre, title: {zh-Hans: 区域中心, en: Centre}, role: {zh-Hans: 支持, en: Support}}]
        emergency:
          title: {zh-Hans: 应急, en: Emergency}
          when: {all: [{field: urgency, is: urgent}, {field: importance, is: important}]}
          team: quality
          measures: {zh-Hans: 立即到场, en: Go there at once}
        approval:
          levels:
            - {id: head, title: {zh-Hans: 负责人, en: Head}, approver: head}
            - {id: deputy, title: {zh-Hans: 副总, en: Deputy}, approver: deputy, signature: true}
            - {id: top, title: {zh-Hans: 总经办, en: Office}, approver: boss}
          rules:
            - {id: big, title: {zh-Hans: 超权限, en: Beyond}, compensationAbove: 800, levels: [head, deputy]}
            - {id: return, title: {zh-Hans: 退换, en: Returns}, remedies: [return, exchange], levels: [deputy]}
            - {id: major, title: {zh-Hans: 重大, en: Major}, when: {field: severity, is: major}, levels: [top]}
        groups:
          - id: major
            title: {zh-Hans: 处理小组, en: Group}
            when: {field: severity, is: major}
            lead: legal
            assisting: [quality]
            opinions: true
            headsConfirm: true
            management: {who: [boss], when: {field: affected, atLeast: 5}}
            presentsWith: quality
            onSite: true
            causes: true
        raising:
          - {id: grave, title: {zh-Hans: 上报, en: Raise}, when: {field: declines, atLeast: 1}, to: [centre, office], form: written, purpose: support, within: 1 working day}
        warnings:
          recordedBy: [agent, handler]
          soothing: {zh-Hans: 先安抚, en: Soothe}
          settleWithin: 4 working hours
          parts:
            when: {field: words, contains: 缺件}
            department: quality
            ways: [{zh-Hans: 借调, en: Transfer}]
            longAfter: 3 working days
            raisedTo: [centre]
        enquiries: {onTheSpot: true, within: 1 working day, department: quality}
        firstContact: {when: {field: severity, is: general}, compensationLimit: 50}
        upstream:
          - {id: orders, title: {zh-Hans: 工单, en: Orders}, channel: web, party: centre, numberRequired: true, answerWithin: 2 working days}
        updates: {every: 3 working days}
        publication: {when: {field: flags, contains: media}, within: 2 working days, place: {zh-Hans: 官网, en: Website}}
        cases:
          - {id: major, title: {zh-Hans: 案例, en: Case}, when: {field: severity, is: major}, approver: boss}
        reports:
          - {id: monthly, title: {zh-Hans: 月报, en: Monthly}, every: month, within: 3 working days, to: [office], contents: [overview, categories]}
        assessment:
          excluded: {field: outcome, is: explained}
          indicators:
            - {id: prompt, title: {zh-Hans: 及时率, en: Promptness}, measure: onTime, clock: sign-off, by: [department], target: 95}
        improvement: {when: {field: reworks, atLeast: 1}, auditedBy: boss, within: 20 working days}
        supervision:
          group: {zh-Hans: 监督小组, en: Supervisors}
          inspectors: [supervisor]
          samplePercent: 5
          every: month
          rectifyWithin: 5 working days
          followed: {when: {field: groupSize, atLeast: 3}, by: [office]}
        surveys: [{id: yearly, title: {zh-Hans: 调查, en: Survey}, every: year, subjects: [{zh-Hans: 产品, en: Products}]}]
        suggestions: {answerWithin: 5 working days, answeredBy: supervisor}
        privacy:
          masks: {agent: [], handler: [phone, email, address], caller: [address]}
          confidential: {when: {field: flags, contains: media}, roles: [manager]}
          protected: {when: {field: flags, contains: whistleblowing}, opens: [manager], department: quality}
        retention: {personalData: 18 months, evidence: 90 days}
        steps:
          - {step: "1.0", title: {zh-Hans: 提出投诉, en: Complaint}, by: {zh-Hans: 客户, en: Customer}, on: complaint.heard}
          - step: "2.0"
            title: {zh-Hans: 判断, en: Judgement}
            form: {zh-Hans: 处理单, en: Ticket}
            says: {zh-Hans: 已判断, en: Judged}
            on: [complaint.accepted, complaint.rejected]
            about: [clocks.sign-off, raising]
          - {step: "2.1", title: {zh-Hans: 小组, en: Group}, severities: [important, major], about: warnings}
          - {step: "3.0", title: {zh-Hans: 统计, en: Statistics}}
        ticket: {zh-Hans: 处理单, en: Ticket}
        words: {case.assigned: {zh-Hans: 传达, en: Passed on}}
        people: {agent: {zh-Hans: 接待, en: Front desk}, li: {zh-Hans: 李经理, en: Mr Li}}
        chosen: [clocks.sign-off.within, authority.general, approval.rules.big.compensationAbove]
        """

    static let text =
        PolicyLoadingTests.sound
        .replacingOccurrences(
            of: "head: li}",
            with:
                "head: li}, {id: legal, title: {zh-Hans: 法务部, en: Legal}, head: wu}, {id: sales, title: {zh-Hans: 销售部, en: Sales}, head: he}]"
        )
        .replacingOccurrences(of: "departments:\n  - {id: quality", with: "departments:\n  [{id: quality")
        .replacingOccurrences(
            of: "compensationLimit: 500, approvalRequired: false",
            with: "compensationLimit: 500, approvalRequired: false, compensationStandard: 2000"
        )
        .replacingOccurrences(
            of: "validity: 5 working days, rounds: 3",
            with:
                "validity: 5 working days, rounds: 3, presentedBy: quality, ways: [phone, letter], silence: ruling, reminders: 1"
        )
        .replacingOccurrences(
            of: "attempts: 3, sootheFirst: true, satisfiedFrom: 3",
            with:
                "attempts: 3, sootheFirst: true, satisfiedFrom: 3, spacing: 4 working hours, ways: [phone, questionnaire], "
                + "questions: [{id: attitude, title: {zh-Hans: 态度, en: Attitude}, scale: oneToFive}]"
        )
        .replacingOccurrences(of: "raiseAfter: 2", with: "raiseAfter: 2, returnsTo: another")
        + furtherSections

    static func load() throws -> PolicyPack { try PolicyPack.parse(text, file: "whole.yaml") }
}
