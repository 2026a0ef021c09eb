import OVAConfiguration
import Testing

@testable import OVACommands

@Suite struct CommandTreeTests {
  @Test func `a command is described alone as among all`() {
    #expect(CommandTree.commands.count > 20)
    for command in CommandTree.commands {
      #expect(CommandTree.describe(command.path) == command)
    }
  }

  @Test func `the names of commands lead to all of them and to no others`() {
    func paths(below path: [String]) -> [[String]] {
      CommandTree.names(below: path).flatMap { [path + [$0]] + paths(below: path + [$0]) }
    }
    #expect(paths(below: []) == CommandTree.commands.map(\.path))
    #expect(CommandTree.path(in: ["catalog", "list", "list"]) == ["catalog", "list"])
    #expect(CommandTree.path(in: ["help", "check"]) == [])
    #expect(CommandTree.command(["catalog", "lost"]) == nil && CommandTree.command([]) == nil)
  }
}
