import ArgumentParser
import OVABasics
import OVAPackage

/// The packages that a command is to look at.
struct PackageArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Archives (.ova), descriptors (.ovf) or folders that hold one; check takes '-'.",
      valueName: "path"),
    completion: .file(extensions: ["ova", "ovf"]))
  var paths: [String]

  func validate() throws {
    if paths.isEmpty { throw ValidationError("Name at least one package.") }
  }
}

/// How text is coloured.
struct ColorOptions: ParsableArguments {
  enum When: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

  @Option(help: "When to colour text.")
  var color: When = .auto

  /// Whether text that goes to `output` is coloured.
  func isOn(for output: Output) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto: output.isTerminal && Environment.allowsColor
    }
  }
}
