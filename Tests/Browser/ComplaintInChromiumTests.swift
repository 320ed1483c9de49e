import Contracts
import Foundation
import TestSupport
import Testing

/// One complaint in a real browser: the public form, the staff's pages, and the customer's page, to its closing.
/// Screenshots of every page in both languages, as wide as a screen and as a phone, are kept in `.build/screenshots`.
@Suite("A complaint in Chromium", .serialized, .tags(.browser, .journey, .broker), .timeLimit(.minutes(8)))
struct ComplaintInChromiumTests {
    private static let department = "product-quality"

    @Test func fromThePublicFormToItsClosing() async throws {
        try await People.play("complaint") { people in try await play(people) }
    }

    private func play(_ people: People) async throws {
        let number = try await people.complain()
        try await people.judge(number)
        try await people.handle(number, at: Self.department)
        try await people.agree(number)
        try await people.carryOut(number, at: Self.department)
        try await people.callBack(number)
        try await people.look(number)
    }
}
