import Foundation

/// What the process itself uses, under the names that Prometheus' own clients give it.
enum ProcessMetrics {
    static func describe(in registry: PrometheusRegistry) {
        registry.addPage { page(readings()) }
    }

    struct Readings {
        var processorSeconds: Double
        var residentBytes: Int
        var openFiles: Int
    }

    static func page(_ readings: Readings) -> String {
        """
        # HELP process_cpu_seconds_total Processor time used, in seconds.
        # TYPE process_cpu_seconds_total counter
        process_cpu_seconds_total \(PrometheusText.number(readings.processorSeconds))
        # HELP process_open_fds Files and sockets that are open.
        # TYPE process_open_fds gauge
        process_open_fds \(readings.openFiles)
        # HELP process_resident_memory_bytes Memory in use, in bytes.
        # TYPE process_resident_memory_bytes gauge
        process_resident_memory_bytes \(readings.residentBytes)

        """
    }

    private static func readings() -> Readings {
        var processor = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &processor)
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        let resident = pages.flatMap { $0.count > 1 ? Int($0[1]) : nil } ?? 0
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
        return Readings(
            processorSeconds: Double(processor.tv_sec) + Double(processor.tv_nsec) / 1e9,
            residentBytes: resident * Int(sysconf(Int32(_SC_PAGESIZE))),
            openFiles: files)
    }
}
