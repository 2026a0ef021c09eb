import ArgumentParser
import OVABasics
import OVAPackage
import OVAReport

/// `ova diff`: what is different in one package from another.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Shows what is different between two packages: hardware, disks, files, properties.",
    discussion: """
      Contents of files are compared by size, and by the digests that manifests give. Exit code 1 \
      says that there are differences.

      Examples:
        ova diff web-1.0.ova web-1.1.ova
        ova diff --format json old/web.ovf new/web.ovf
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: ArgumentHelp("The package before.", valueName: "first"))
  var first: PackageName

  @Argument(help: ArgumentHelp("The package after.", valueName: "second"))
  var second: PackageName

  @Option(help: "text for people; json for programs.")
  var format: Format = .text

  @OptionGroup var configurationFile: ConfigurationFileOptions

  @OptionGroup var colors: ColorOptions

  func validate() throws {
    try first.validate()
    try second.validate()
  }

  func run() throws {
    do {
      let packages = (try Self.opened(first), try Self.opened(second))
      // What could not be read would look like a difference.
      try packages.0.confirmReadWhole()
      try packages.1.confirmReadWhole()
      let diff = PackageDiff(packages.0, packages.1)
      try packages.0.confirmUnchanged()
      try packages.1.confirmUnchanged()
      switch format {
      case .text:
        Output.standardOutput.text(
          diff.text(style: colors.isOn(for: .standardOutput) ? .colored : .plain))
      case .json: Output.standardOutput.write(diff.json(first.plain, second.plain).pretty())
      }
      try (diff.differences.isEmpty ? ExitStatus.success : .findings).finish()
    } catch let error as PackageError {
      Output.standardError.line("ova: \(error.description.linesForDisplay)")
      throw ExitStatus.unreadable
    }
  }

  private static func opened(_ name: PackageName) throws(PackageError) -> Package {
    // Standard input is no package of two.
    if name == .standardInput { return try Package.open(name.text) }
    guard name.isRemote else { return try Package.open(name) }
    return try RemoteInput.onceMoreIfChanged { () throws(PackageError) in
      try Package.open(name)
    }
  }
}
