import Foundation

/// The folder of a private RabbitMQ node: its configuration, data, logs and cookie, apart from any other node of the
/// machine.
struct BrokerFolder: Sendable {
    struct Ports: Sendable {
        var amqp: Int
        var amqps: Int
        var management: Int
        var distribution: Int
        var epmd: Int
    }

    /// PEM files for a listener with TLS.
    struct Certificates: Sendable {
        var authority: String
        var certificate: String
        var key: String
    }

    let path: String
    let ports: Ports
    static let user = "redress"
    static let password = "redress-test"

    init(certificates: Certificates? = nil) throws {
        let chosen = try FreePorts.choose(5)
        ports = Ports(
            amqp: chosen[0], amqps: chosen[1], management: chosen[2], distribution: chosen[3], epmd: chosen[4])
        path = FileManager.default.temporaryDirectory.appendingPathComponent("redress-broker-\(UUID().uuidString)").path
        for folder in ["home", "data", "log"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
        }
        try configuration(certificates).write(toFile: "\(path)/rabbitmq.conf", atomically: true, encoding: .utf8)
        try "[rabbitmq_management,rabbitmq_consistent_hash_exchange].\n"
            .write(toFile: "\(path)/enabled_plugins", atomically: true, encoding: .utf8)
        try Self.guardian.write(toFile: "\(path)/guardian.sh", atomically: true, encoding: .utf8)
    }

    private func configuration(_ certificates: Certificates?) -> String {
        var lines = [
            "listeners.tcp.1 = 127.0.0.1:\(ports.amqp)",
            "management.tcp.ip = 127.0.0.1",
            "management.tcp.port = \(ports.management)",
            "default_user = \(Self.user)",
            "default_pass = \(Self.password)",
            "default_user_tags.administrator = true",
            "collect_statistics_interval = 500",
            "vm_memory_high_watermark.absolute = 2GB",
            "disk_free_limit.absolute = 10MB",
            "log.file.level = warning",
        ]
        if let certificates {
            lines += [
                "listeners.ssl.1 = 127.0.0.1:\(ports.amqps)",
                "ssl_options.cacertfile = \(certificates.authority)",
                "ssl_options.certfile = \(certificates.certificate)",
                "ssl_options.keyfile = \(certificates.key)",
                "ssl_options.verify = verify_none",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What every program of RabbitMQ needs to find this node and no other.
    var environment: [String: String] {
        [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "\(path)/home",
            "LANG": "C.UTF-8",
            "RABBITMQ_NODENAME": "redress-\(ports.amqp)@localhost",
            "RABBITMQ_CONFIG_FILE": "\(path)/rabbitmq.conf",
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_ENABLED_PLUGINS_FILE": "\(path)/enabled_plugins",
            "RABBITMQ_MNESIA_BASE": "\(path)/data",
            "RABBITMQ_LOG_BASE": "\(path)/log",
            "RABBITMQ_DIST_PORT": "\(ports.distribution)",
            "ERL_EPMD_PORT": "\(ports.epmd)",
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false",
            // The start script becomes the node itself, so that its process is the one to kill.
            "RUNNING_UNDER_SYSTEMD": "true",
        ]
    }

    /// Debian's programs of RabbitMQ, without the wrappers that change the user.
    static let programs = "/usr/lib/rabbitmq/bin"

    /// Keeps the node and its name server: does what it reads, one word a line, and when there is no more to read,
    /// because whoever started it is gone, however it went, it kills both and removes the folder.
    private static let guardian = """
        #!/bin/sh
        cd "$1" || exit 1
        epmd >> epmd.log 2>&1 < /dev/null &
        epmd=$!
        node=
        while read -r word; do
            case "$word" in
                start)
                    \(programs)/rabbitmq-server >> out.log 2>&1 < /dev/null &
                    node=$!
                    echo "$node" > node.pid ;;
                kill) kill -9 "$node"; wait "$node"; rm -f node.pid ;;
                stop) kill -TERM "$node"; wait "$node"; rm -f node.pid ;;
            esac
        done
        kill -CONT "$node"
        kill -9 "$node" "$epmd"
        wait
        cd /
        rm -rf "$1"

        """
}
