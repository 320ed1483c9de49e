import Cryptography
import Testing

@Suite struct EncodingTests {
    @Test(
        "Base64 of the vectors of RFC 4648, without padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ])
    func base64(text: String, encoded: String) {
        #expect(Base64.text(Array(text.utf8)) == encoded)
        #expect(Base64.bytes(encoded) == Array(text.utf8))
        #expect(Base64URL.text(Array(text.utf8)) == encoded)
        #expect(Base64URL.bytes(encoded) == Array(text.utf8))
    }

    @Test("The two alphabets are not mixed")
    func alphabets() {
        let bytes: [UInt8] = [0xfb, 0xff, 0xfe]
        #expect(Base64.text(bytes) == "+//+")
        #expect(Base64URL.text(bytes) == "-__-")
        #expect(Base64URL.bytes("-__-") == bytes)
        #expect(Base64URL.bytes("+//+") == nil)
        #expect(Base64.bytes("Zg==") == [0x66])
        #expect(Base64.bytes("Z") == nil)
    }

    @Test("Hexadecimal is read in either case, and refused when it is not pairs of digits")
    func hexadecimal() {
        #expect(Hex.text([0, 15, 16, 255]) == "000f10ff")
        #expect(Hex.bytes("000F10fF") == [0, 15, 16, 255])
        #expect(Hex.bytes("0") == nil)
        #expect(Hex.bytes("0g") == nil)
        #expect(Hex.bytes("é") == nil)
    }

    @Test("Random texts have the length and alphabet that was asked for, and differ")
    func random() {
        let text = SecureRandom.text(10, from: Array("ABC"))
        #expect(text.count == 10)
        #expect(text.allSatisfy { "ABC".contains($0) })
        #expect(SecureRandom.bytes(16).count == 16)
        #expect(SecureRandom.token() != SecureRandom.token())
        #expect(Base64URL.bytes(SecureRandom.token(bytes: 24))?.count == 24)
    }

    @Test(
        "Constant-time comparison compares",
        arguments: [
            ("", "", true), ("a", "a", true), ("a", "b", false), ("a", "ab", false), ("", "a", false),
        ])
    func comparison(left: String, right: String, equal: Bool) {
        #expect(ConstantTime.equal(left, right) == equal)
    }
}
