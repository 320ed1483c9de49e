import RoutingService
import Runtime

@main
struct Main {
    static func main() async {
        await ServiceRunner.main(RoutingConfiguration.self, build: RoutingService.build)
    }
}
