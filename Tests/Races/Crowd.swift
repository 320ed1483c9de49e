import Contracts
import Foundation
import Testing

@testable import CallbackService
@testable import DepartmentService
@testable import RoutingService

/// Everybody who does something about complaints, each when they feel like it: departments, heads, the desk, customers. What
/// the procedure does not allow at the moment is refused, and that is all.
struct Crowd {
    let company: Company
    var chance: Chance
    private(set) var numbers: [TicketNumber] = []
    /// What was done, for whoever has to find out why a seed fails.
    private(set) var log: [String] = []

    init(_ company: Company, seed: Int) {
        self.company = company
        chance = Chance(seed: seed)
    }

    mutating func complain() async throws {
        let words = ["收到的手机第二天就黑屏了", "快递送货太慢，送错了地方"].randomElement(using: &chance) ?? ""
        numbers.append(try await company.intake.accept(words, amount: chance.happens(30) ? "12000" : nil))
    }

    /// Somebody does something about some complaint.
    mutating func act() async throws {
        guard let number = numbers.randomElement(using: &chance) else { return }
        switch Int.random(in: 0..<100, using: &chance) {
        case 0..<55: try await work(on: number)
        case 55..<85: try await answer(number)
        case 85..<93: try await decide(number)
        case 93..<98: try await intake(number)
        default: try await combine(number)
        }
    }

    // MARK: Departments

    private mutating func work(on number: TicketNumber) async throws {
        let houses = company.departments.values.sorted { $0.department.text < $1.department.text }
        var holders: [DepartmentHouse] = []
        for house in houses where try await house.order(number)?.state.isOpen == true { holders.append(house) }
        guard let house = holders.randomElement(using: &chance) else { return }
        guard let state = try await house.order(number)?.state else { return }
        // Mostly what the procedure waits for; sometimes anything.
        let command = chance.happens(75) ? next(at: state) : anything()
        let isHeads = if case .approve = command { true } else if case .refuse = command { true } else { false }
        let person = isHeads ? (chance.happens(50) ? "zhao" : "qian") : "wang"
        let refusal = try await house.does(command, on: number, by: person)
        log.append("\(house.department) \(number): \(command) → \(refusal ?? "done")")
    }

    private mutating func next(at state: WorkState) -> WorkCommand {
        switch state {
        case .assigned: chance.happens(90) ? .acknowledge : .giveBack(reason: "不属本部门")
        case .investigating: .found()
        case .investigated, .refused, .declined:
            .solve("更换新机", chance.happens(40) ? "600.00" : nil, due: company.tomorrow)
        case .awaitingApproval: chance.happens(70) ? .approve() : .refuse()
        case .carryingOut: carryOut()
        case .opinionDue: .advise(opinion: "与本部门无关")
        case .proposed, .implemented, .opinionGiven, .closed, .returned, .cancelled:
            .report(note: "正在处理", expectedBy: nil)
        }
    }

    /// The work is reported with its result, or is said to be done before.
    private mutating func carryOut() -> WorkCommand {
        let done = company.clock.now().addingTimeInterval(chance.happens(30) ? -0.005 : 0)
        return chance.happens(30) ? .complete(at: done) : .implement(outcome: "已更换", completedAt: done)
    }

    private mutating func anything() -> WorkCommand {
        let (now, tomorrow) = (company.clock.now(), company.tomorrow)
        switch Int.random(in: 0..<100, using: &chance) {
        case 0..<20: return .acknowledge
        case 20..<35: return .found("第 \(Int.random(in: 0..<100, using: &chance)) 次检测")
        case 35..<55: return .solve("更换新机", chance.happens(40) ? "600.00" : nil, due: tomorrow)
        case 55..<65: return .approve()
        case 65..<69: return .refuse()
        case 69..<79: return .implement(outcome: "已更换", completedAt: now)
        case 79..<87: return .advise(opinion: "与本部门无关")
        case 87..<89: return .report(note: "正在处理", expectedBy: nil)
        case 89..<95: return .ask(question: "请提供发票")
        default: return .giveBack(reason: "不属本部门")
        }
    }

    // MARK: Customers

    private mutating func answer(_ number: TicketNumber) async throws {
        guard let record = try await company.callback.record(number) else { return }
        if let question = try await company.callback.file(number)?.openQuestions.first, chance.happens(40) {
            try await company.callback.inform(number, "发票在此", to: question.request)
            log.append("customer \(number): answers question \(question.request)")
            return
        }
        let refusal: String?
        switch (record.standing, record.standingCount) {
        case (.proposed, let version?):
            refusal = try await company.callback.answer(
                number, version, chance.happens(75) ? .accept : .decline, comment: "就这样"
            ).map { "\($0)" }
        case (.ruling, let version?):
            refusal = try await company.callback.rule(number, version, chance.happens(60) ? .carryOut : .revise)
                .map { "\($0)" }
        case (.callbackDue, _), (.soothing, _):
            refusal = try await company.callback.survey(number, solved: chance.happens(65)).map { "\($0)" }
        default: return
        }
        log.append("customer \(number): \(record.standing) → \(refusal ?? "done")")
    }

    private mutating func intake(_ number: TicketNumber) async throws {
        if chance.happens(8) {
            try await company.intake.withdraw(number)
            log.append("withdrawn \(number)")
        } else {
            try await company.intake.chase(number)
        }
    }

    // MARK: The desk

    private mutating func decide(_ number: TicketNumber) async throws {
        let state = try await company.routing.dossier(number)?.record.state
        // A person seldom takes a case from a department, but gives away what nobody has.
        guard state == .awaitingAssignment || chance.happens(25) else { return }
        let department = chance.happens(50) ? Company.quality : Company.logistics
        let company = company
        let outcome = await Self.outcome { try await company.routing.assign(number, to: department) }
        log.append("assign \(number) to \(department): \(outcome)")
    }

    private mutating func combine(_ number: TicketNumber) async throws {
        guard let other = numbers.filter({ $0 != number }).randomElement(using: &chance) else { return }
        let company = company
        let merges = chance.happens(50)
        let outcome = await Self.outcome {
            if merges {
                try await company.routing.merge(number, into: other)
            } else {
                try await company.routing.group(other, with: [number])
            }
        }
        log.append("\(merges ? "merge" : "group") \(number) and \(other): \(outcome)")
    }

    private static func outcome(_ change: () async throws -> Void) async -> String {
        do {
            try await change()
            return "done"
        } catch {
            return "\(error)"
        }
    }
}

extension Company {
    /// Everybody does the next thing that the procedure waits for, until the complaint has ended.
    func finish(_ number: TicketNumber) async throws {
        for _ in 0..<80 {
            try await settle()
            guard let stand = try await routing.view(number)?.stands.first, !stand.isEnd else { return }
            switch stand {
            case .assigning: try await routing.assign(number, to: Self.quality)
            case .signing, .working, .approving, .carryingOut: try await goOn(number)
            case .withCustomer:
                guard let record = try await callback.record(number), let version = record.standingCount else { return }
                if record.standing == .ruling {
                    try await callback.rule(number, version, .carryOut)
                } else {
                    try await callback.answer(number, version, .accept)
                }
            case .calling: try await callback.survey(number, solved: true)
            case .judging, .explaining, .answering, .closed, .withdrawn, .merged: return
            }
        }
    }

    private func goOn(_ number: TicketNumber) async throws {
        for house in departments.values.sorted(by: { $0.department.text < $1.department.text }) {
            guard let order = try await house.order(number), order.state.isOpen else { continue }
            let (command, person): (WorkCommand, String) =
                switch order.state {
                case .assigned: (.acknowledge, "wang")
                case .investigating: (.found(), "wang")
                case .investigated, .refused, .declined: (.solve("更换同型号新机", due: tomorrow), "wang")
                case .awaitingApproval: (.approve(), "qian")
                case .carryingOut: (.implement(outcome: "已更换", completedAt: clock.now()), "wang")
                case .opinionDue: (.advise(opinion: "与本部门无关"), "sun")
                case .proposed, .implemented, .opinionGiven, .closed, .returned, .cancelled: (.join, "wang")
                }
            try await house.does(command, on: number, by: person)
        }
    }
}
