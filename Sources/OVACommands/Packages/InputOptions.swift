import ArgumentParser
import OVABasics
import OVAPackage

/// The packages that a command is to look at.
struct PackageArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Archives (.ova), descriptors (.ovf), folders that hold one, their https and s3 URLs, or '-' "
        + "for standard input.",
      valueName: "path"),
    completion: .file(extensions: ["ova", "ovf"]))
  var paths: [PackageName]

  func validate() throws {
    if paths.isEmpty { throw ValidationError("Name at least one package.") }
    for path in paths { try path.validate() }
  }

  /// Standard input is there once.
  func validateStreams() throws {
    let streams = paths.count { $0 == .standardInput }
    if streams > 1 { throw ValidationError("Standard input ('-') can be read once.") }
  }
}

/// Options on colors.
struct ColorOptions: ParsableArguments {
  enum When: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

  @Option(help: "When to color text.")
  var color: When = .auto

  /// Returns whether text that goes to `output` is colored.
  func isOn(for output: Output) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto: output.isTerminal && Environment.allowsColor
    }
  }
}
