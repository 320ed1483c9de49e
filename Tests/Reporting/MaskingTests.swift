import Contracts
import Foundation
import Testing

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
}
