import CallbackService
import Runtime

@main
struct Main {
    static func main() async {
        await ServiceRunner.main(CallbackConfiguration.self) { configuration, context in
            try await CallbackService.build(configuration, context)
        }
    }
}
