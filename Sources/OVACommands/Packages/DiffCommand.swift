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
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: ArgumentHelp("The package before.", valueName: "first"))
  var first: String

  @Argument(help: ArgumentHelp("The package after.", valueName: "second"))
  var second: String

  @Option(help: "text for people; json for programs.")
  var format: Format = .text

  @OptionGroup var colors: ColorOptions

  func run() throws {
    do {
      let diff = PackageDiff(try Package.open(first), try Package.open(second))
      switch format {
      case .text:
        Output.data.write(diff.text(style: colors.isOn(for: .data) ? .colored : .plain))
      case .json: Output.data.write(diff.json(first, second).pretty())
      }
      try (diff.differences.isEmpty ? ExitStatus.fine : .findings).finish()
    } catch let error as PackageError {
      Output.words.line("ova: \(error.description.inertLines)")
      throw ExitStatus.unreadable
    }
  }
}
