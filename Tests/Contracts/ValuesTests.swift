import Contracts
import Foundation
import Testing

@Suite("Values")
struct ValuesTests {
    @Test(arguments: ["C20261121-01-000042", "C20261121-A1-123456789"])
    func readsATicketNumber(text: String) {
        #expect(TicketNumber(text)?.text == text)
        #expect(TicketNumber(text)?.day == "20261121")
    }

    @Test(arguments: [
        "", "C20261121", "C20261121-01-42", "X20261121-01-000042", "C2026112a-01-000042", "C20261121-1-000042",
    ])
    func refusesWhatIsNoTicketNumber(text: String) { #expect(TicketNumber(text) == nil) }

    @Test(arguments: [
        ("0", 0), ("199", 19900), ("199.5", 19950), ("199.05", 19905), ("999999999999.99", 99_999_999_999_999),
    ])
    func readsMoney(text: String, hundredths: Int) { #expect(Money(text)?.hundredths == hundredths) }

    @Test(arguments: ["", ".", "1.", ".5", "-1", "+1", "1e3", "1,000", "1.234", "１９", "1234567890123", "1.2.3"])
    func refusesWhatIsNoMoney(text: String) { #expect(Money(text) == nil) }

    @Test func moneyIsComparedByValue() throws {
        #expect(Money("5") == Money("5.00"))
        #expect(try #require(Money("9.99")) < #require(Money("10")))
    }

    @Test(arguments: ["product-quality", "a", "dept2"])
    func readsADepartment(text: String) { #expect(DepartmentID(text)?.text == text) }

    @Test(arguments: ["", "-", "a-", "A", "a.b", "a b", "质量", "a--b", String(repeating: "x", count: 41)])
    func refusesWhatIsNoDepartment(text: String) { #expect(DepartmentID(text) == nil) }

    /// Milliseconds survive: binary fractions lie just below or above them.
    @Test func everyMillisecondSurvivesBeingText() throws {
        for millisecond in 0..<1000 {
            let date = RFC3339.toMillisecond(Date(timeIntervalSince1970: 1_795_000_000 + Double(millisecond) / 1000))
            #expect(RFC3339.date(RFC3339.text(date)) == date)
        }
    }

    @Test(arguments: ["2026-11-21T09:30:00+08:00", "2026-11-21T01:30:00Z", "2026-11-21T01:30:00.000Z"])
    func readsTimesWithAnOffset(text: String) throws {
        #expect(RFC3339.text(try #require(RFC3339.date(text))) == "2026-11-21T01:30:00.000Z")
    }

    @Test(
        arguments: [
            "2026-11-21", "2026-11-21T09:30:00", "yesterday", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
            "2026-04-31T00:00:00+08:00", "2026-02-00T00:00:00Z",
        ])
    func refusesOtherTimes(text: String) { #expect(RFC3339.date(text) == nil) }
}
