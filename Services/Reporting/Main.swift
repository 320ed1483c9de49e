import ReportingService
import Runtime

@main
struct Main {
    static func main() async {
        await ServiceRunner.main(ReportingConfiguration.self, build: ReportingService.build)
    }
}
