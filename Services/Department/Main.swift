import DepartmentService

@main
struct Main {
    static func main() async { await DepartmentService.run() }
}
