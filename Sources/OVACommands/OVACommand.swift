package import ArgumentParser
import Glibc
import OVASandbox

/// The command `ova`.
package struct OVACommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "ova",
    abstract: "Opens, checks and catalogs virtual appliances (OVA and OVF).",
    discussion: """
      Exit codes: 0 nothing at or above the threshold, 1 findings, 2 wrong use, 3 the machine did \
      not let some input be read, 4 standard output or a file could not be written, 75 a shard or a \
      merge has no result yet and is to be tried again, 130 interrupted. \
      Where several hold, the greatest. A file that is there is never replaced without --force \
      (2). A command that only writes to standard output is ended by the signal when its reader \
      goes away. -V is --version.

      Examples:
        ova check web.ova
        ova inspect web.ova
        ova explain manifest-absent
        ova help catalog list
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
      CommandGroup(
        name: "This command", subcommands: [ConfigCommand.self, VersionCommand.self]),
    ])

  package init() {}

  /// Runs the command line of this process and ends it with one of `ExitStatus`.
  ///
  /// On the main thread, since commands that block would otherwise hold one of the few threads that
  /// their own work is to be done on.
  @MainActor
  package static func runProcess() async -> Never {
    if ProcessArguments.texts == [WorkerProgram.argument] { SandboxedRole.runProcess() }
    Output.holdStandardStreams()
    // Without them each command line would look empty, and end well with the help page.
    guard ProcessArguments.areKnown else {
      Output.standardError.line("ova: the arguments cannot be read: /proc is not mounted")
      Output.standardError.line("  fix: mount it here: mount -t proc proc /proc")
      end(.unreadable)
    }
    // Without the parser of arguments, which would take most of the time.
    if ProcessArguments.texts == ["--version"] {
      Output.standardOutput.line(OVAVersion.text)
      end(.success)
    }
    Interruption.endsProcess()
    end(await runConfigured())
  }

  /// Runs a command line as a process would, and gives what it wrote instead of writing it.
  ///
  /// Standard input, the environment and the working folder are this process's.
  @MainActor
  package static func result(of arguments: [String]) async -> CommandResult {
    let captured = CapturedOutput()
    let status = await Output.$captured.withValue(captured) {
      await ProcessArguments.$replacement.withValue(arguments) { await runConfigured() }
    }
    return captured.result(status)
  }

  /// Runs the command line with what the environment and the configuration add to it.
  @MainActor
  private static func runConfigured() async -> ExitStatus {
    do {
      return await run(try .ofProcess())
    } catch let status as ExitStatus {
      return status
    } catch {
      let plain = ConfiguredArguments(plain: ProcessArguments.texts)
      return report(error, of: plain, isRunning: false)
    }
  }

  /// Runs a command line; its errors are reported.
  @MainActor
  private static func run(_ arguments: ConfiguredArguments) async -> ExitStatus {
    var isRunning = false
    do {
      var command = try ProcessArguments.parsed(arguments.texts, as: OVACommand.self)
      isRunning = true
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      return .success
    } catch let status as ExitStatus {
      return status
    } catch {
      return report(error, of: arguments, isRunning: isRunning)
    }
  }

  /// Writes what the argument parser says: help that was asked for, or what is wrong with the
  /// arguments.
  private static func report(
    _ error: any Error, of arguments: ConfiguredArguments, isRunning: Bool
  ) -> ExitStatus {
    var words = UsageLine.fitted(ProcessArguments.shown(fullMessage(for: error)))
    if exitCode(for: error) == .success {
      Output.standardOutput.line(words)
      return .success
    }
    let given = arguments.given.map(ProcessArguments.shown)
    // What a command that runs has against a value ends with the usage of `ova`.
    if isRunning, let usage = words.firstRange(of: "\nUsage:") {
      words = words[..<usage.lowerBound] + usageLines(of: CommandTree.path(in: given))
    }
    let fault =
      MistypedCommand.unknownCommand(in: given) ?? MistypedCommand.lackedOption(in: given)
    if let fault {
      let usage = words.firstRange(of: "\nUsage:").map { words[$0.lowerBound...] } ?? ""
      words = "Error: \(fault)\(usage)"
    }
    Output.standardError.line(words)
    if fault == nil, let note = arguments.note { Output.standardError.line(note) }
    return .wrongUse
  }

  /// The lines on a command's usage below an error, with a line feed before them.
  private static func usageLines(of path: [String]) -> String {
    do {
      _ = try parseAsRoot(path + ["--no-such-option"])
      return ""
    } catch {
      let words = UsageLine.fitted(fullMessage(for: error))
      return words.firstRange(of: "\nUsage:").map { String(words[$0.lowerBound...]) } ?? ""
    }
  }

  private static func end(_ status: ExitStatus) -> Never {
    let whole = Output.closeData() ? status : status.and(.unwritten)
    Glibc.exit(whole.rawValue)
  }
}

extension ExitStatus: Error {
  /// Ends the command with this status unless it is a success.
  func finish() throws {
    if self != .success { throw self }
  }
}

/// The version of this build.
package enum OVAVersion {
  /// The version as people write it.
  package static let text = "0.1.0"
}
