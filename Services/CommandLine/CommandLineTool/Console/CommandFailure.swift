import ArgumentParser

/// Why a command did not do what it was asked, for the person or script that asked.
struct CommandFailure: Error, Hashable, CustomStringConvertible {
    /// What a script can tell apart. Usage errors end with 64, as ArgumentParser has them.
    enum Status: Int32, Sendable {
        /// It was understood and refused, or what it names does not exist.
        case refused = 1
        /// The service or the broker cannot be reached, or does not work.
        case unreachable = 2
    }

    let status: Status
    let message: String
    /// What to do about it.
    let advice: String?

    init(_ status: Status, _ message: String, advice: String? = nil) {
        self.status = status
        self.message = message
        self.advice = advice
    }

    var description: String { advice.map { "\(message)\n\($0)" } ?? message }

    static func refused(_ message: String, advice: String? = nil) -> CommandFailure {
        CommandFailure(.refused, message, advice: advice)
    }

    static func unreachable(_ message: String, advice: String? = nil) -> CommandFailure {
        CommandFailure(.unreachable, message, advice: advice)
    }
}
