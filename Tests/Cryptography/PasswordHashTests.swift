import Cryptography
import Testing

@Suite struct PasswordHashTests {
    private static let cheap = PasswordHash.Cost(logN: 4, r: 1, p: 1)

    @Test(
        "scrypt of the vectors of RFC 7914",
        arguments: [
            (
                "", "", PasswordHash.Cost(logN: 4, r: 1, p: 1),
                "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                    + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
            ),
            (
                "password", "NaCl", PasswordHash.Cost(logN: 10, r: 8, p: 16),
                "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                    + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
            ),
            (
                "pleaseletmein", "SodiumChloride", PasswordHash.Cost(logN: 14, r: 8, p: 1),
                "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                    + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
            ),
        ])
    func vectors(password: String, salt: String, cost: PasswordHash.Cost, expected: String) throws {
        let key = try PasswordHash.derive(
            password: Array(password.utf8), salt: Array(salt.utf8), cost: cost, length: 64)
        #expect(Hex.text(key) == expected)
    }

    @Test("A stored hash is read back, and knows its password and no other")
    func roundTrip() throws {
        let hash = try PasswordHash(password: "一个很长的口令", cost: Self.cheap)
        let stored = try #require(PasswordHash(hash.description))
        #expect(stored == hash)
        #expect(try stored.verify("一个很长的口令"))
        #expect(try !stored.verify("一个很长的口令 "))
        #expect(try !stored.verify(""))
    }

    @Test("The standard cost fits into the memory that libcrypto is given")
    func standardCost() throws {
        let hash = try PasswordHash(password: "x")
        #expect(hash.description.hasPrefix("$scrypt$ln=15,r=8,p=1$"))
        #expect(try hash.verify("x"))
    }

    @Test("The same password is stored differently each time")
    func saltIsFresh() throws {
        let first = try PasswordHash(password: "x", cost: Self.cheap)
        let second = try PasswordHash(password: "x", cost: Self.cheap)
        #expect(first.description != second.description)
    }

    @Test(
        "What is not a scrypt hash, or asks for too much, is refused",
        arguments: [
            "", "secret", "$scrypt$", "$argon2$ln=4,r=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA",
            "$scrypt$ln=4,r=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA",
            "$scrypt$ln=30,r=8,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA",
            "$scrypt$ln=4,r=0,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA",
            "$scrypt$ln=4,r=1,p=1$c2Fs*$aGFzaGhhc2hoYXNoaGFzaA", "$scrypt$ln=4,r=1,p=1$c2FsdHNhbHQ$eA",
        ])
    func malformed(text: String) {
        #expect(PasswordHash(text) == nil)
    }

    @Test("A cost out of bounds is an error, not a crash")
    func impossibleCost() {
        #expect(throws: CryptographyError.self) {
            try PasswordHash(password: "x", cost: PasswordHash.Cost(logN: 0, r: 8, p: 1))
        }
    }
}
