import Foundation
import Testing

@testable import OperationsService

@Suite struct BodyPresentationTests {
    @Test func jsonIsIndentedAndNothingElseChanges() {
        let body = BodyPresentation(Data(#"{"b":199.00,"a":"x: {\"y\"}, [","c":[],"d":[1,null]}"#.utf8))
        #expect(body.form == .json)
        #expect(
            body.text == """
                {
                  "b": 199.00,
                  "a": "x: {\\"y\\"}, [",
                  "c": [],
                  "d": [
                    1,
                    null
                  ]
                }
                """)
        #expect(body.omitted == 0)
    }

    @Test(arguments: [
        (Data(), BodyPresentation.Form.empty), (Data("{\"a\":".utf8), .text), (Data("投诉".utf8), .text),
        (Data("42".utf8), .json), (Data([0xFF, 0xFE]), .hex), (Data([0x41, 0x00]), .hex),
    ])
    func theFormIsFound(body: Data, form: BodyPresentation.Form) {
        #expect(BodyPresentation(body).form == form)
    }

    @Test func bytesAreShownInHexadecimal() {
        let body = BodyPresentation(Data([0x00, 0x41, 0xFF] + Array(repeating: 0x42, count: 15)))
        #expect(
            body.text == """
                000000  00 41 ff 42 42 42 42 42 42 42 42 42 42 42 42 42  .A.BBBBBBBBBBBBB
                000010  42 42                                            BB
                """)
    }

    @Test(arguments: [(UInt8(0x41), BodyPresentation.textLimit), (UInt8(0xFF), BodyPresentation.hexLimit)])
    func aPageNeverHoldsTooMuch(byte: UInt8, limit: Int) {
        let body = BodyPresentation(Data(repeating: byte, count: 1_000_000))
        #expect(body.omitted == 1_000_000 - limit)
        #expect(body.text.utf8.count < 200_000)
    }
}
