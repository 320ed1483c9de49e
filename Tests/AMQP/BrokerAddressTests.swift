import AMQP
import Testing

@Suite("The broker's address")
struct BrokerAddressTests {
    @Test(
        "A URL says where the broker is and who we are",
        arguments: [
            ("amqp://localhost", BrokerAddress(host: "localhost")),
            ("amqp://localhost/", BrokerAddress(host: "localhost")),
            ("amqp://localhost/%2F", BrokerAddress(host: "localhost")),
            (
                "amqp://me:secret@broker:5673/redress",
                BrokerAddress(host: "broker", port: 5673, user: "me", password: "secret", virtualHost: "redress")
            ),
            (
                "AMQP://m%40il:p%3Aa%2Fs%25s@broker/a%2Fb",
                BrokerAddress(host: "broker", user: "m@il", password: "p:a/s%s", virtualHost: "a/b")
            ),
            (
                "amqp://%E7%94%A8%E6%88%B7:%E5%AF%86%E7%A0%81@broker",
                BrokerAddress(host: "broker", user: "用户", password: "密码")
            ),
            ("amqp://me:@broker", BrokerAddress(host: "broker", user: "me", password: "")),
            ("amqp://[::1]:5999", BrokerAddress(host: "::1", port: 5999)),
            (
                "amqp://b?heartbeat=30&connection_timeout=2",
                BrokerAddress(host: "b", heartbeat: 30, connectTimeout: 2)
            ),
            ("amqps://b", BrokerAddress(host: "b", port: 5671, tls: .init())),
            (
                "amqps://b?cacertfile=%2Fca.pem&certfile=/c.pem&keyfile=/k.pem",
                BrokerAddress(
                    host: "b", port: 5671,
                    tls: .init(authorityFile: "/ca.pem", certificateFile: "/c.pem", keyFile: "/k.pem"))
            ),
        ])
    func reads(url: String, expected: BrokerAddress) throws {
        #expect(try BrokerAddress(url) == expected)
    }

    @Test(
        "What is wrong with a URL is named",
        arguments: [
            ("", BrokerAddressError.notAURL), ("broker:5672", .wrongScheme("broker")), ("localhost", .notAURL),
            ("amqp://a b", .notAURL), ("amqp://用户@b", .notAURL),
            ("http://broker", .wrongScheme("http")), ("amqp://", .missingHost),
            ("amqp:///vhost", .missingHost), ("amqp://b:0", .invalidPort), ("amqp://b:70000", .invalidPort),
            ("amqp://b/a/b", .nestedPath), ("amqp://b/%FF", .invalidEncoding("virtual host")),
            ("amqp://b/a%00b", .invalidEncoding("virtual host")), ("amqp://u%00:p@b", .invalidEncoding("user")),
            ("amqp://b#x", .fragment), ("amqp://b?hartbeat=1", .unknownOption("hartbeat")),
            ("amqp://b?heartbeat=10&heartbeat=20", .repeatedOption("heartbeat")),
            (
                "amqp://b?heartbeat=0",
                .invalidOption(name: "heartbeat", value: "0", expected: "seconds from 1 to 300")
            ),
            (
                "amqp://b?connection_timeout=5s",
                .invalidOption(name: "connection_timeout", value: "5s", expected: "seconds from 1 to 120")
            ),
            ("amqp://b?cacertfile=/ca.pem", .optionNeedsTLS("cacertfile")),
            ("amqps://b?certfile=/c.pem", .keyWithoutCertificate),
            (
                "amqps://b?cacertfile=",
                .invalidOption(name: "cacertfile", value: "", expected: "the path of a PEM file")
            ),
        ])
    func names(url: String, expected: BrokerAddressError) {
        #expect(throws: expected) { try BrokerAddress(url) }
    }

    @Test("The password is never shown, however the address is printed")
    func passwordIsHidden() throws {
        let address = try BrokerAddress("amqps://me:s3cret@broker/redress")
        var dumped = ""
        dump(address, to: &dumped)
        for text in ["\(address)", String(reflecting: address), dumped, "\([address])", "\(Optional(address) as Any)"] {
            #expect(!text.contains("s3cret"))
        }
        #expect("\(address)" == "amqps://me@broker:5671/redress")
    }

    @Test("A wrong URL's error does not repeat the password")
    func errorHidesPassword() {
        for url in ["amqp://me:s3cret@b:99999", "http://me:s3cret@b", "amqp://me:s3cret@b?x=1", "amqp://me:s3 cret@b"] {
            #expect {
                try BrokerAddress(url)
            } throws: {
                !"\($0)".contains("cret")
            }
        }
    }
}
