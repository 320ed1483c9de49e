/// An error that stops a service's start and says so in words an operator can act on.
package protocol StartupFailure: Error {
    /// What is wrong and what to do, without the service's name in front.
    var explanation: String { get }
    /// As in `sysexits.h`: 64 wrong usage, 69 something needed is unavailable, 70 a defect, 74 a file, 78 configuration.
    var exitCode: Int32 { get }
}

/// A start-up failure without a type of its own.
package struct CannotStart: StartupFailure {
    package let explanation: String
    package let exitCode: Int32

    package init(_ explanation: String, exitCode: Int32 = 70) {
        self.explanation = explanation
        self.exitCode = exitCode
    }
}

/// What is printed when a start failed, and with which code the process ends.
struct StartupReport: Equatable {
    let text: String
    let exitCode: Int32

    init(_ error: any Error, service: String) {
        switch error {
        case let failure as any StartupFailure:
            text = "\(service): \(Redaction.scrub(failure.explanation))"
            exitCode = failure.exitCode
        default:
            let words = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
            text = "\(service): cannot start: \(Redaction.scrub(words))"
            exitCode = 70
        }
    }
}
