import IntakeService
import Runtime

/// `redress-intake`: hears complaints, gives them their number, and tells the other services.
@main
struct Main {
    static func main() async {
        await ServiceRunner.main(IntakeConfiguration.self) { configuration, context in
            try await IntakeService.build(configuration, context)
        }
    }
}
