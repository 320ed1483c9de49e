import Foundation
import Messaging

/// A dead letter as the API lists it.
struct LetterAnswer: Encodable, Sendable {
    struct Reason: Encodable, Sendable {
        var kind: String
        var message: String
        var place: String
    }

    var id: Int64
    var state: String
    var resolution: String?
    var consumer: String
    var queue: String
    var messageID: String
    var type: String
    var subject: String?
    var source: String?
    var reason: Reason
    var attempts: Int
    var occurrences: Int
    var replays: Int
    var replayOf: Int64?
    var publishError: String?
    var size: Int
    var parkedAt: Date
    var firstFailedAt: Date?
    var lastFailedAt: Date?
    var changedAt: Date

    init(_ letter: LetterSummary) {
        id = letter.id
        state = letter.state.name.rawValue
        resolution = letter.state.storedResolution
        consumer = letter.consumer
        queue = ConsumerName(text: letter.consumer)?.workQueue ?? ""
        messageID = letter.messageID
        type = letter.type
        subject = letter.subject.isEmpty ? nil : letter.subject
        source = letter.source.isEmpty ? nil : letter.source
        reason = Reason(kind: letter.kind, message: letter.reason, place: letter.place)
        attempts = letter.attempt
        occurrences = letter.occurrences
        replays = letter.replays
        replayOf = letter.replayOf
        publishError = letter.publishError
        size = letter.size
        parkedAt = letter.parkedAt
        firstFailedAt = letter.firstFailedAt
        lastFailedAt = letter.lastFailedAt
        changedAt = letter.changedAt
    }
}

/// The answer of `GET /operations/api/dead-letters`.
struct LetterListAnswer: Encodable, Sendable {
    var letters: [LetterAnswer]
    /// For `?cursor=`; absent on the last page.
    var next: Int64?
}

/// The answer of `GET /operations/api/dead-letters/{id}`.
struct LetterDetailAnswer: Encodable, Sendable {
    struct Body: Encodable, Sendable {
        /// The bytes as text when they are UTF-8, otherwise absent.
        var text: String?
        var base64: String?
        /// Bytes that are left out.
        var omitted: Int
    }

    struct Occurrence: Encodable, Sendable {
        var number: Int
        var failedAt: Date?
        var takenAt: Date
        var kind: String
        var reason: String
        var attempts: Int
    }

    /// More than any message of ours has.
    static let bodyLimit = 1024 * 1024

    var letter: LetterAnswer
    var contentType: String?
    var timestamp: Date?
    var headers: [String: HeaderJSON]
    var body: Body
    var occurrences: [Occurrence]
    var audit: [AuditEntry]

    init(_ letter: Letter) {
        self.letter = LetterAnswer(letter.summary)
        contentType = letter.message.contentType
        timestamp = letter.message.timestamp
        headers = letter.message.headers.mapValues(HeaderJSON.init)
        let shown = letter.message.body.prefix(Self.bodyLimit)
        let text = String(data: shown, encoding: .utf8)
        body = Body(
            text: text, base64: text == nil ? shown.base64EncodedString() : nil,
            omitted: letter.message.body.count - shown.count)
        occurrences = letter.parkings.map {
            Occurrence(
                number: $0.number, failedAt: $0.failedAt, takenAt: $0.takenAt, kind: $0.kind, reason: $0.reason,
                attempts: $0.attempt)
        }
        audit = letter.audit
    }
}

/// What became of a letter by a request.
struct LetterStateAnswer: Encodable, Sendable {
    var id: Int64
    var state: String
}

/// A header's value as plain JSON.
struct HeaderJSON: Encodable, Sendable {
    let value: HeaderValue

    init(_ value: HeaderValue) { self.value = value }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .text(let text): try container.encode(text)
        case .integer(let number): try container.encode(number)
        case .bool(let flag): try container.encode(flag)
        case .double(let number):
            if number.isFinite { try container.encode(number) } else { try container.encode("\(number)") }
        case .timestamp(let date): try container.encode(date)
        case .bytes(let data): try container.encode(data.base64EncodedString())
        case .list(let values): try container.encode(values.map(HeaderJSON.init))
        case .table(let values): try container.encode(values.mapValues(HeaderJSON.init))
        case .void: try container.encodeNil()
        }
    }
}
