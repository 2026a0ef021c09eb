import ArgumentParser
import OVABasics
import OVAPackage
import OVAReport
import SystemPackage

/// `ova inspect`: what is this appliance?
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows what an appliance is: machines, hardware, disks, networks, files.",
    discussion: """
      Examples:
        ova inspect web.ova
        ova inspect --verbose appliance/web.ovf
        ova inspect --format ndjson *.ova | jq .path
        curl -s https://example.org/web.ova | ova inspect -
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, ndjson, vss }

  @OptionGroup var packages: PackageArguments

  @Option(
    help: """
      text for people; json or ndjson for programs; vss for what \
      'vss-cli ovf get' prints.
      """)
  var format: Format = .text

  @Option(help: "The language of texts that the package has in several, such as 'de-CH'.")
  var locale: String?

  @Option(
    name: .customLong("stdin-filename"),
    help: ArgumentHelp("What to call the package on standard input ('-').", valueName: "name"))
  var streamName: FilePath?

  @Flag(
    name: .shortAndLong,
    help: "Say more: properties, licenses, start order, settings, all devices and files.")
  var verbose = false

  @OptionGroup var configurationFile: ConfigurationFileOptions

  @OptionGroup var colors: ColorOptions

  func validate() throws { try packages.validateStreams() }

  func run() throws {
    var status = ExitStatus.success
    var documents: [JSON] = []
    for (index, path) in packages.paths.enumerated() {
      do throws(PackageError) {
        let (package, written) =
          path.isRemote
          ? try RemoteInput.onceMoreIfChanged { () throws(PackageError) in
            try read(path, isFirst: index == 0)
          } : try read(path, isFirst: index == 0)
        switch written {
        case .text(let text): Output.standardOutput.text(text)
        case .line(let json): Output.standardOutput.write(json.bytes() + [0x0A])
        case .document(let json): documents.append(json)
        }
        for failure in package.readFailures {
          Output.standardError.error(failure)
          status = status.and(.unreadable)
        }
      } catch {
        Output.standardError.line("ova: \(error.description.linesForDisplay)")
        status = status.and(.unreadable)
      }
    }
    switch format {
    case .json:
      // The document of one package stands by itself, as its readers have always known it.
      let isOne = packages.paths.count == 1 && documents.count == 1
      Output.standardOutput.write(
        (isOne ? documents.first ?? .null : InspectionJSON.run(documents)).pretty())
    case .vss:
      // The shape is that of another tool, which prints one package.
      let isOne = packages.paths.count == 1
      if !(isOne && documents.isEmpty) {
        Output.standardOutput.write((isOne ? documents.first ?? .null : .array(documents)).pretty())
      }
    case .text, .ndjson: break
    }
    try status.finish()
  }

  /// A package in one of the formats.
  private enum Written {
    case text(String)
    case line(JSON)
    case document(JSON)
  }

  private func read(
    _ path: PackageName, isFirst: Bool
  ) throws(PackageError) -> (Package, Written) {
    let package = try Package.open(
      path, streamName: streamName.map { PackageName(text: $0.text) })
    let written = written(package, isFirst: isFirst)
    // Nothing is said of a mix of two versions.
    try package.confirmUnchanged()
    return (package, written)
  }

  private func written(_ package: Package, isFirst: Bool) -> Written {
    switch format {
    case .text:
      let text = InspectionText(
        package, style: colors.isOn(for: .standardOutput) ? .colored : .plain, locale: locale,
        isVerbose: verbose)
      return .text((isFirst ? "" : "\n") + text.text())
    case .json: return .document(InspectionJSON(package, locale: locale).json())
    case .vss: return .document(VSSJSON(package, locale: locale).json())
    case .ndjson: return .line(InspectionJSON(package, locale: locale).json())
    }
  }
}
