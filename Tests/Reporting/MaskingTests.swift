import Contracts
import Foundation
import Procedure
import TestSupport
import Testing
import Web

@testable import ReportingService

@Suite("Personal data in free text (M18)")
struct MaskingTests {
    private let masking = RecordMasking(
        Complainant(name: "王小明", phone: "13812345678", email: "xm@example.com", address: "北京市海淀区1号"))

    @Test(arguments: [
        ("我是王小明，请回电13812345678", "我是***，请回电***"), ("写信到 other.person@mail.example.org", "写信到 o***@mail.example.org"),
        ("另一个电话 021-6543 2109", "另一个电话 021******2109"), ("身份证11010119900101123X", "身份证110***********123X"),
        ("并入 C20261121-01-000042", "并入 C20261121-01-000042"), ("等到2026-11-25再说", "等到2026-11-25再说"),
        ("金额 12000.00 元，共 3 箱", "金额 12000.00 元，共 3 箱"), ("送到北京市海淀区1号", "送到***"), ("", ""),
    ])
    func text(text: String, masked: String) {
        #expect(masking.text(text) == masked)
    }

    @Test func fieldsOfTheComplainantKeepWhatTellsPeopleApart() throws {
        let complaint = try masking.masked(Sample.complaint())
        #expect(complaint.complainant.name == "王**")
        #expect(complaint.complainant.phone == "138****5678")
        #expect(complaint.complainant.email == "x***@example.com")
        #expect(complaint.complainant.address?.contains("中关村") == false)
        #expect(complaint.about.product == "水果")
        #expect(complaint.amount == Money("88.00"))
        #expect(complaint.heardAt == SampleCourse.start)
    }

    private static let sights: [(Role, Set<PersonalField>)] = [
        (.manager, []), (.supervisor, [.email, .address]), (.coordinator, [.phone, .name]),
        (.agent, Set(PersonalField.allCases)),
    ]

    /// Each role another part; whoever does not need the person sees none of it, whatever the pack says.
    @Test(
        "M18 a role sees of a ticket what the pack lets it see, through the API and on the page",
        arguments: sights)
    func byPack(role: Role, masked: Set<PersonalField>) async throws {
        let fixture = try ImprovementFixture("kangyu-medical") { pack in
            pack.privacy?.masks[.manager] = []
            pack.privacy?.masks[.supervisor] = [.email, .address]
            pack.privacy?.masks[.coordinator] = [.phone, .name]
            pack.privacy?.masks[.agent] = []
        }
        var course = try SampleCourse(1)
        course.then("intake/01", Sample.received())
        try await fixture.tell(course)
        let values: [(PersonalField, String)] = [
            (.name, "王小明"), (.phone, "13812345678"), (.email, "xiaoming@example.com"), (.address, "中关村大街1号"),
        ]
        let path = "/tickets/\(course.number)"
        try await fixture.serve { (client: HTTPClient) async throws in
            let api = try await client.as(role).get("/reporting/api" + path)
            let page = try await client.as(role).get("/reporting" + path, headers: ["Accept": "text/html"])
            #expect(api.status == 200 && page.status == 200)
            for (field, value) in values {
                #expect(api.text.contains(value) == !masked.contains(field), "\(field)")
                #expect(page.text.contains(value) == !masked.contains(field), "\(field) on the page")
            }
            let list = try await client.as(role).get("/reporting/api/tickets")
            #expect(list.text.contains("王小明") == !masked.contains(.name))
        }
    }
}
