import Foundation
import Testing
import Web

@Suite struct MultipartFormTests {
    private static func parts(_ body: String, boundary: String = "b") throws -> [MultipartForm.Part] {
        try MultipartForm.parse(Data(body.utf8), boundary: boundary)
    }

    @Test("Fields and files are read, and bytes stay what they are")
    func reading() throws {
        let bytes = Data((0...255).map { UInt8($0) })
        let heads = """
            --b\r
            Content-Disposition: form-data; name="a"\r
            \r
            \r
            --b\r
            Content-Type: image/png\r
            content-disposition: form-data; name="f"; filename="x\\y/图 %22.png"\r
            \r

            """
        var body = Data(heads.utf8)
        body += bytes + Data("\r\n--b--\r\n".utf8)
        let parts = try MultipartForm.parse(body, boundary: "b")
        #expect(parts.map(\.name) == ["a", "f"])
        #expect(parts[0].body.isEmpty)
        #expect(parts[0].fileName == nil)
        #expect(parts[1].fileName == "图 \".png")
        #expect(parts[1].mediaType == "image/png")
        #expect(parts[1].body == bytes)
    }

    @Test("Text after the last boundary is no part of the form; a boundary within a line is content")
    func boundaries() throws {
        let body = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx--b y\r\n--b--\r\nafterwards"
        #expect(try Self.parts(body).map { String(decoding: $0.body, as: UTF8.self) } == ["x--b y"])
    }

    @Test(
        "Whatever is of another form is refused as a whole",
        arguments: [
            "", "b", "--b", "--b\r\n", "--b\r\n\r\n\r\n--b--", "--b\r\nContent-Disposition: form-data\r\n\r\n\r\n--b--",
            "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\n\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx", "x--b\r\n\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--bc\r\n",
        ])
    func malformed(body: String) {
        #expect(throws: Problem.self) { try Self.parts(body) }
    }

    @Test("A boundary that is empty or too long is refused, and so are more parts than anybody sends")
    func limits() {
        #expect(throws: Problem.self) { try Self.parts("--\r\n", boundary: "") }
        #expect(throws: Problem.self) { try Self.parts("--b--", boundary: String(repeating: "b", count: 71)) }
        let part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n"
        #expect(throws: Problem.self) { try Self.parts(String(repeating: part, count: 201) + "--b--") }
    }

    @Test(
        "Header values with parameters",
        arguments: [
            ("text/html; charset=utf-8", "text/html", ["charset": "utf-8"]), ("a", "a", [:]),
            ("form-data; name=\"a;b\"; x=y", "form-data", ["name": "a;b", "x": "y"]), ("a;", "a", [:]),
            ("A ; B = \"c\"", "a", ["b": "c"]),
        ])
    func headerValues(text: String, value: String, parameters: [String: String]) {
        let header = ParameterizedValue(text)
        #expect(header?.value == value)
        #expect(header?.parameters == parameters)
    }

    @Test("Broken parameters are refused", arguments: ["a; b", "a; b=\"c", "a; b=\"c\"d"])
    func brokenParameters(text: String) {
        #expect(ParameterizedValue(text) == nil)
    }
}
