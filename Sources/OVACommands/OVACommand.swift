package import ArgumentParser

/// The command `ova`.
package struct OVACommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "ova",
    abstract: "Opens, checks and catalogues virtual appliances (OVA and OVF).",
    discussion: """
      Exit codes: 0 nothing at or above the threshold, 1 findings, 2 wrong use, 3 some input could \
      not be read, 130 interrupted.
      """,
    version: OVAVersion.text,
    groupedSubcommands: [
      CommandGroup(
        name: "Packages",
        subcommands: [
          InspectCommand.self, CheckCommand.self, DiskCommand.self, SpecCommand.self,
          DiffCommand.self, FixCommand.self, ManifestCommand.self, PackCommand.self,
          UnpackCommand.self,
        ]),
      CommandGroup(
        name: "Repositories",
        subcommands: [ScanCommand.self, CatalogCommand.self, ReportCommand.self]),
      CommandGroup(name: "Image service", subcommands: [ServeCommand.self, TokenCommand.self]),
      CommandGroup(name: "Rules", subcommands: [RulesCommand.self, ExplainCommand.self]),
    ])

  package init() {}

  /// Runs the command line of this process and ends it with one of `ExitStatus`.
  ///
  /// On the main thread, since commands that block would otherwise hold one of the few threads that
  /// their own work is to be done on.
  @MainActor
  package static func runProcess() async -> Never {
    Interruption.endsProcess()
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      exit(withError: nil)
    } catch let status as ExitStatus {
      exit(withError: ExitCode(status.rawValue))
    } catch {
      let isHelp = exitCode(for: error) == .success
      let words = fullMessage(for: error)
      (isHelp ? Output.data : Output.words).line(words)
      if !isHelp,
        let hint = MistypedCommand.hint(
          for: Array(CommandLine.arguments.dropFirst()), root: OVACommand.self)
      {
        Output.words.line(hint)
      }
      exit(withError: ExitCode(isHelp ? 0 : ExitStatus.wrongUse.rawValue))
    }
  }
}

extension ExitStatus: Error {
  /// Ends the command with this status unless all is fine.
  func finish() throws {
    if self != .fine { throw self }
  }
}

/// The version of this build.
package enum OVAVersion {
  /// As people write it.
  package static let text = "0.1.0"
}
