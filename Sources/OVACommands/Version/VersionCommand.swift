import ArgumentParser
import OVABasics
import OVAReport

/// `ova version`: where the command comes from, and what this machine has.
struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version",
    abstract: "Shows the version, what it was built from, and what this machine has.",
    discussion: """
      Name all of it when you report a fault. 'ova --version' shows the number alone.

      Examples:
        ova version
        ova version --json
      """)

  @Flag(help: "A JSON object for programs.")
  var json = false

  func run() {
    let build = BuildFacts.current
    let host = HostFacts.current
    if json {
      Output.standardOutput.write(Self.document(build, host).pretty())
    } else {
      Output.standardOutput.text(Self.text(build, host))
    }
  }

  static func text(_ build: BuildFacts, _ host: HostFacts) -> String {
    let commit = build.commit.map { commit in commit + (build.date.map { " of \($0)" } ?? "") }
    let rows = [
      ("commit", commit ?? "unknown: this is no release"),
      ("toolchain", build.toolchain ?? "unknown: this is no release"),
      ("libraries", build.libraries.map { "\($0.name) \($0.version)" }.joined(separator: ", ")),
      ("kernel", host.kernel),
      ("processors", "\(host.processors)"),
      ("open files", host.openFiles.map { "\($0) at most" } ?? "no limit"),
      ("file size", bytes(host.fileBytes)),
      ("memory", bytes(host.group.memoryBytes)),
      (
        "devices",
        host.group.deviceLimits.isEmpty
          ? "no limit" : host.group.deviceLimits.joined(separator: "; ")
      ),
      ("Landlock", host.landlock.map { "version \($0)" } ?? "not available"),
      ("seccomp", host.filtersCalls ? "available" : "not available"),
    ]
    let width = (rows.map(\.0.count).max() ?? 0) + 2
    return "ova \(build.version)\n"
      + rows.map { name, value in
        "  " + name + String(repeating: " ", count: width - name.count) + value + "\n"
      }.joined()
  }

  /// A limit in words.
  private static func bytes(_ most: UInt64?) -> String {
    most.map { "\($0) bytes at most" } ?? "no limit"
  }

  static func document(_ build: BuildFacts, _ host: HostFacts) -> JSON {
    .object([
      ("schema", .string("ovakit/version/1.1")),
      ("version", .string(build.version)),
      ("commit", .text(build.commit)),
      ("date", .text(build.date)),
      ("toolchain", .text(build.toolchain)),
      ("libraries", .object(build.libraries.map { ($0.name, .string($0.version)) })),
      (
        "machine",
        .object([
          ("kernel", .string(host.kernel)),
          ("processors", .number(host.processors)),
          ("open_files", .number(host.openFiles)),
          ("file_bytes", .number(host.fileBytes)),
          ("memory_bytes", .number(host.group.memoryBytes)),
          ("device_limits", .array(host.group.deviceLimits.map { .string($0) })),
          ("landlock", .number(host.landlock)),
          ("seccomp", .bool(host.filtersCalls)),
        ])
      ),
    ])
  }
}
