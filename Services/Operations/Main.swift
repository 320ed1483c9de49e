import OperationsService
import Runtime

@main
struct Main {
    static func main() async {
        await ServiceRunner.main(OperationsConfiguration.self, build: OperationsService.build)
    }
}
