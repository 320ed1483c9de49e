import Contracts
import Cryptography
import Foundation
import Web

/// Lets a customer in who has the number and the code. Whether it was the number or the code that is wrong is not told,
/// and guessing is throttled. A right code does not use up attempts, but nobody gets in who has none left.
struct CustomerGate: Sendable {
    let files: CustomerFiles
    private let byNumber = AttemptLimiter(capacity: 40, refillEvery: 3)
    private let byAddress = AttemptLimiter(capacity: 600, refillEvery: 0.1)

    init(files: CustomerFiles) { self.files = files }

    /// What number and code come to.
    enum Verdict: Sendable {
        case admitted
        /// There is no complaint with both; one that was just sent may still be on its way here.
        case refused
        case throttled(seconds: Int)
    }

    func verdict(_ number: TicketNumber, code: String, _ context: some PageContext) async throws -> Verdict {
        let hash = try await files.trackingCodeHash(number)
        let given = SHA256.hex("\(number.text):\(Self.normalized(code))")
        let isRight = ConstantTime.equal(given, hash ?? String(repeating: "0", count: given.count))
        let now = context.site.realNow()
        let address = context.visit.remoteAddress
        for (limiter, key) in [(byNumber, "\(number.text) \(address)"), (byAddress, address)] {
            if let seconds = limiter.take(key, now: now) { return .throttled(seconds: seconds) }
            if isRight { limiter.giveBack(key, now: now) }
        }
        return isRight && hash != nil ? .admitted : .refused
    }

    /// - Throws: `Problem` with 404 or 429.
    func admit(_ number: TicketNumber, code: String, _ context: some PageContext) async throws {
        switch try await verdict(number, code: code, context) {
        case .admitted: return
        case .refused: throw Problem.notFound(Phrase("callback.refused.unknown"))
        case .throttled(let seconds): throw Problem.tooMany(retryAfter: seconds)
        }
    }

    /// As Intake reads codes before it hashes them: people type small letters, spaces and hyphens.
    static func normalized(_ code: String) -> String {
        code.uppercased().filter { !$0.isWhitespace && $0 != "-" }
    }
}
