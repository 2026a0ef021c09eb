import ArgumentParser
import OVABasics
import OVAPackage
package import OVAReport

/// `ova spec`: the parameters of a deployment.
struct SpecCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spec",
    abstract: "Writes the deployment parameters of a package as a filled-in template.",
    discussion: """
      Only what the user may set is in it. The values of passwords are left empty.

      Examples:
        ova spec web.ova > web.yaml
        ova spec --format govc web.ova > options.json
        ova spec --format terraform --option large web.ova
      """)

  @Argument(
    help: ArgumentHelp(
      "An archive (.ova), a descriptor (.ovf), a folder that holds one, an https or s3 URL, or '-' "
        + "for standard input.",
      valueName: "path"),
    completion: .file(extensions: ["ova", "ovf"]))
  var path: PackageName

  @Option(
    help: "vss (vss-cli's additional parameters, YAML), govc (options, JSON) or terraform (tfvars)."
  )
  var format: DeploymentSpec.Format = .vss

  @Option(help: ArgumentHelp("The deployment option; the default if left out.", valueName: "id"))
  var option: String?

  @Option(help: "The language of comments that the package has in several, such as 'de-CH'.")
  var locale: String?

  @OptionGroup var configurationFile: ConfigurationFileOptions

  func validate() throws { try path.validate() }

  func run() throws {
    let package: Package
    do throws(PackageError) {
      package =
        path.isRemote
        ? try RemoteInput.onceMoreIfChanged { () throws(PackageError) in
          try Package.open(path)
        } : try Package.open(path)
    } catch {
      Output.standardError.line("ova: \(error.description.linesForDisplay)")
      throw ExitStatus.unreadable
    }
    let options = DeploymentSpec.options(of: package)
    if let option, !options.contains(where: { $0.utf8.elementsEqual(option.utf8) }) {
      let known = options.map { "'\($0.forDisplay)'" }.joined(separator: ", ")
      Output.standardError.line(
        "ova: \(path.shown) has no deployment option '\(option.forDisplay)'")
      Output.standardError.line(
        options.isEmpty
          ? "  fix: leave --option out; there are none" : "  fix: name one of \(known)")
      throw ExitStatus.wrongUse
    }
    let bytes = DeploymentSpec(package, option: option, locale: locale).bytes(format)
    do throws(PackageError) {
      try package.confirmUnchanged()
    } catch {
      Output.standardError.error(error)
      throw ExitStatus.unreadable
    }
    Output.standardOutput.write(bytes)
  }
}

extension DeploymentSpec.Format: ExpressibleByArgument {}
