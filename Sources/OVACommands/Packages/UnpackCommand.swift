import ArgumentParser
import OVAAuthoring
import OVABasics
import OVAIntegrity
import OVAPackage
import SystemPackage

/// `ova unpack`: the files of an archive in a folder of their own.
struct UnpackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpack",
    abstract: "Unpacks an archive (.ova) into a folder of its own.",
    discussion: """
      Digests are verified while the files are written. The folder appears when all of them are \
      right; an archive that would write outside it, or holds links, is refused. A signature that \
      does not fit the manifest is said, with exit code 1: somebody may have changed both.

      Examples:
        ova unpack web.ova
        ova unpack web.ova --directory appliances
      """)

  @Argument(
    help: ArgumentHelp("The archive, by its path, https or s3 URL.", valueName: "file"),
    completion: .file(extensions: ["ova"]))
  var path: PackageName

  @Option(
    name: [.customShort("C"), .long],
    help: ArgumentHelp("The folder in which the package's own is made.", valueName: "folder"),
    completion: .directory)
  var directory: FilePath = "."

  @Flag(
    help: "Replace the folder, where nothing is in it but files of the names in the archive.")
  var force = false

  @OptionGroup var configurationFile: ConfigurationFileOptions

  func validate() throws { try path.validate() }

  func run() throws {
    Output.outlivesReader()
    Interruption.isHandledByWork()
    try outcome().finish()
  }

  private func outcome() -> ExitStatus {
    do throws(PackageError) {
      let package =
        path.isRemote ? try RemoteInput.openWhole(path.text) : try Package.open(path.text)
      let progress = ProgressLine("unpacking")
      progress.begin(path.plain, bytes: package.files.reduce(0) { $0 &+ $1.size })
      defer { progress.end() }
      let outcome = try Unpacking(package, into: directory.text, replaces: force).run(
        isStopped: { Interruption.isRequested }, progress: { progress.add($0) })
      progress.end()
      switch outcome {
      case .written(let folder, let files, let verified):
        let digests =
          package.manifest == nil ? "there is no manifest" : "\(verified) digests verified"
        Output.standardOutput.line("\(folder.forDisplay): \(files) files, \(digests)")
        return status(ofSignature: package)
      case .refused(let refusals, let more):
        Output.standardError.line("ova: \(path.shown): not unpacked")
        for refusal in refusals {
          Output.standardError.line(
            "  \(refusal.place.description.forDisplay): \(refusal.reason.forDisplay)")
        }
        if more > 0 { Output.standardError.line("  and \(more) more") }
        return .findings
      case .stopped: return .interrupted
      }
    } catch {
      Output.standardError.error(error)
      return ExitStatus(error)
    }
  }

  /// Says why the signature does not fit, where it does not.
  private func status(ofSignature package: Package) -> ExitStatus {
    let faults = package.checkedOnThisThread(.none).signatureFaults
    for fault in faults { Output.standardError.line("ova: \(path.shown): \(fault.forDisplay)") }
    return faults.isEmpty ? .success : .findings
  }
}

extension CheckedPackage {
  /// The reasons why the signature does not vouch for the manifest, each a sentence; none where
  /// there is no signature. Who the signer is, and whether anybody trusts them, `ova check` says.
  fileprivate var signatureFaults: [String] {
    guard let certificate = package.certificate else { return [] }
    let name = certificate.file.name
    guard let signature else { return ["'\(name)' signs a manifest that is not there"] }
    var faults: [String] = []
    switch signature.signature {
    case .valid: break
    case .invalid, .wrongLength:
      faults.append(
        "the signature in '\(name)' does not fit the manifest and the certificate"
          + (signature.signer.map { " of '\($0.subject)'" } ?? ""))
    case .unsupportedKey(let key):
      faults.append("the signature in '\(name)' cannot be verified: its key is \(key)")
    case .unreadable: faults.append("the signature in '\(name)' cannot be read")
    case .noCertificate: faults.append("'\(name)' has no certificate that can be read")
    }
    if let other = signature.wrongManifestName {
      faults.append("the signature in '\(name)' is for '\(other)'")
    }
    for message in signature.messages {
      switch message {
      case .contentDiffers, .signatureInvalid:
        faults.append("the CMS signature in '\(name)' does not fit the manifest")
      case .verified, .signerMissing, .unsupported, .unreadable: break
      }
    }
    return faults
  }
}
