import CoreMetrics

/// What swift-metrics makes its metrics with. Instruments live as long as the process, as Prometheus wants it; a handler
/// whose name and dimensions another kind of metric has taken twice over still counts, but is not shown.
extension PrometheusRegistry: MetricsFactory {
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        instrument(label, suffix: "_total", .counter, dimensions) {
            .counter(CounterInstrument())
        } cast: {
            if case .counter(let counter) = $0 { counter } else { nil }
        } ?? CounterInstrument()
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        instrument(label, suffix: "_total", .counter, dimensions) {
            .floatingPointCounter(FloatingPointCounterInstrument())
        } cast: {
            if case .floatingPointCounter(let counter) = $0 { counter } else { nil }
        } ?? FloatingPointCounterInstrument()
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        aggregate ? histogram(label, suffix: "", dimensions, Self.recorderBounds) : gauge(label, dimensions)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, suffix: "_seconds", dimensions, Self.timerBounds)
    }

    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeInstrument {
        instrument(label, .gauge, dimensions) {
            .gauge(GaugeInstrument())
        } cast: {
            if case .gauge(let gauge) = $0 { gauge } else { nil }
        } ?? GaugeInstrument()
    }

    private func histogram(
        _ label: String, suffix: String, _ dimensions: [(String, String)], _ bounds: [Double]
    ) -> HistogramInstrument {
        instrument(label, suffix: suffix, .histogram, dimensions) {
            .histogram(HistogramInstrument(bounds: bounds))
        } cast: {
            if case .histogram(let histogram) = $0 { histogram } else { nil }
        } ?? HistogramInstrument(bounds: bounds)
    }
}
