import ArgumentParser
import Contracts
import Foundation

/// `redress submit`
struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Submit a complaint.",
        discussion: """
            The complaint comes from a JSON file (--file, or - for standard input) or from the options; an option wins \
            over the file. A narrative and a way to reach the complainant are needed.

            Submitting again with the same --key gives the same number and makes no second complaint.

            Examples:
              redress submit --narrative "热水器点火后自动熄灭" --name 王芳 --phone 13800000001
              redress submit --file complaint.json --json
            """)

    @Option(name: .long, help: "A JSON file with the complaint; - reads standard input.")
    var file: String?
    @Option(name: .long, help: "hotline, web, app, email, … as the procedure lists them (default: web).")
    var channel: String?
    @Option(name: .long, help: "complaint, enquiry, suggestion or warning (default: complaint).")
    var kind: String?
    @Option(name: .long, help: "What happened, in the customer's words.")
    var narrative: String?
    @Option(name: .long, help: "A short heading.")
    var reason: String?
    @Option(name: .long, help: "What the customer asks for.")
    var request: String?
    @Option(name: .long, help: "The amount at stake, such as 199.00.")
    var amount: String?
    @Option(name: .long, help: "The complainant's name.")
    var name: String?
    @Option(name: .long, help: "The complainant's telephone number.")
    var phone: String?
    @Option(name: .long, help: "The complainant's e-mail address.")
    var email: String?
    @Option(name: .long, help: "What it is about.")
    var product: String?
    @Option(name: .long, help: "The order that it is about.")
    var order: String?
    @Option(name: .long, help: "The Idempotency-Key (default: a new one).")
    var key: String?
    @OptionGroup var credentials: CredentialsOptions
    @OptionGroup var printing: OutputOptions

    /// What Intake answers.
    struct Receipt: Codable, Hashable, Sendable {
        var number: TicketNumber
        var trackingCode: String
        var trackingURL: String
        var acceptedAt: Date
    }

    func run() async throws {
        let client = try credentials.load().client(for: "intake", role: "agent")
        let receipt = try await client.post(
            Receipt.self, "/intake/api/complaints", body: try body(now: Date()),
            headers: ["Idempotency-Key": key ?? UUID().uuidString])
        try printing.show(receipt) { receipt in
            """
            number         \(receipt.number)
            tracking code  \(receipt.trackingCode)
            follow it at   \(receipt.trackingURL)
            """
        }
    }

    /// The complaint as JSON: the file, with the options over it.
    func body(now: Date) throws -> Data {
        var complaint = try fromFile()
        func set(_ key: String, _ value: String?, under parent: String? = nil) {
            guard let value else { return }
            guard let parent else {
                complaint[key] = value
                return
            }
            var child = complaint[parent] as? [String: Any] ?? [:]
            child[key] = value
            complaint[parent] = child
        }
        set("channel", channel ?? (complaint["channel"] == nil ? "web" : nil))
        set("kind", kind ?? (complaint["kind"] == nil ? "complaint" : nil))
        set("heardAt", complaint["heardAt"] == nil ? RFC3339.text(now) : nil)
        set("narrative", narrative)
        set("reason", reason)
        set("request", request)
        set("amount", amount)
        set("name", name, under: "complainant")
        set("phone", phone, under: "complainant")
        set("email", email, under: "complainant")
        set("product", product, under: "about")
        set("orderNumber", order, under: "about")
        return try JSONSerialization.data(withJSONObject: complaint, options: [.sortedKeys])
    }

    private func fromFile() throws -> [String: Any] {
        guard let file else { return [:] }
        let data =
            file == "-"
            ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
        guard let data else { throw CommandFailure.refused("there is no readable file \(file)") }
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw CommandFailure.refused("\(file) is not a JSON object")
        }
        return object
    }
}
