import Contracts
import Foundation
import TestSupport
import Testing

/// What employees of a car dealer write down: at the desk, and as early warnings, which they find in the navigation; and
/// what of an emergency those see who only look.
@Suite("The desk in Chromium", .serialized, .tags(.browser, .journey, .broker), .timeLimit(.minutes(8)))
struct DeskInChromiumTests {
    @Test("V02 A handler finds early warnings in the navigation and writes one down")
    func warnings() async throws {
        try await People.play("warnings", policy: "dealer-aftersales") { people in
            let (browser, camera) = (people.browser, people.camera)
            try await people.signIn("agent", at: people.system.site(.intake) + "/intake/desk")
            try await camera.take("d1-desk")
            try await people.signOut()
            let service = try #require(DepartmentID("service"))
            try await people.signIn(
                "service.adviser", at: people.system.site(.department(service)) + "/departments/service/")
            try await camera.take("d2-worklist")
            try await browser.click("nav.areas a[href$='/intake/warnings']")
            #expect(try await browser.has("nav.areas a[aria-current=page][href$='/intake/warnings']"))
            try await browser.type("等待时间太长", into: "[name=reason]")
            try await browser.type("客户在休息区抱怨等了两个小时", into: "[name=narrative]")
            try await camera.keep("d3-warning")
            try await browser.submit("main form")
            try await camera.take("d3-warned")
            try await browser.open(people.system.site(.reporting) + "/reporting/mine")
            try await camera.take("d4-mine")
            try await people.signOut()
        }
    }
}
