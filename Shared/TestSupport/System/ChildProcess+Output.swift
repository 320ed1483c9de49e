import Foundation

extension ChildProcess {
    /// What a program wrote, and how it ended.
    package struct Result: Sendable {
        package let status: Int32
        package let output: Data
        package let errors: Data

        /// What it wrote to standard output.
        package var text: String { String(decoding: output, as: UTF8.self) }
        /// What it wrote to standard error.
        package var complaints: String { String(decoding: errors, as: UTF8.self) }
    }

    /// Runs a program to its end. Blocks.
    /// - Throws: `POSIXFailure` when it cannot be started; how it ends is for the caller to judge.
    package static func run(
        _ executable: String, _ arguments: [String] = [],
        environment: [String: String] = ProcessInfo.processInfo.environment, folder: String? = nil, input: Data = Data()
    ) throws -> Result {
        // Files, not pipes: a program that writes much to one stream while we read the other would wait for ever.
        let given = try scratch()
        let output = try scratch()
        let errors = try scratch()
        try given.write(contentsOf: input)
        try given.seek(toOffset: 0)
        let child = try ChildProcess(
            executable, arguments, environment: environment, folder: folder,
            input: .descriptor(given.fileDescriptor), output: .descriptor(output.fileDescriptor),
            errors: .descriptor(errors.fileDescriptor))
        let status = child.waitUntilEnd()
        return Result(status: status, output: try contents(of: output), errors: try contents(of: errors))
    }

    /// A file without a name, closed with its handle.
    private static func scratch() throws -> FileHandle {
        var name = Array("\(NSTemporaryDirectory())/redress-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw POSIXFailure("open a temporary file") }
        unlink(name)
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    private static func contents(of file: FileHandle) throws -> Data {
        try file.seek(toOffset: 0)
        return try file.readToEnd() ?? Data()
    }
}
