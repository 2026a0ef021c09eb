import OVACommands

/// The process: everything is in `OVACommands`.
@main
enum OVA {
  static func main() async {
    await OVACommand.runProcess()
  }
}
