import ArgumentParser
import OVAAuthoring
import OVABasics
import OVAIntegrity
import OVAPackage
import OVARules
import SystemPackage

/// `ova manifest`: a new manifest after an edit.
struct ManifestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manifest",
    abstract: "Recreates the manifest of a package, and signs it.",
    discussion: """
      The command to run after an edit. In a folder the manifest (and the certificate) beside the \
      descriptor are replaced; an archive is written anew with them, its members in the \
      standard's order, and takes the old one's place when a check has found nothing worse in it. \
      What is named is what is replaced, so that there is no --force.

      An edited descriptor is taken as it is. Where the old manifest has another digest for \
      another file, or cannot be compared with it, --accept-content is needed.

      Examples:
        ova manifest appliance/web.ovf
        ova manifest web.ova --sign key.pem --certificate certificate.pem
      """)

  @Argument(
    help: ArgumentHelp("An archive, descriptor or folder.", valueName: "path"),
    completion: .file(extensions: ["ova", "ovf"]))
  var path: FilePath

  @OptionGroup var manifest: ManifestOptions
  @OptionGroup var signing: SigningOptions

  @Flag(
    help: "Accept the bytes of files as they are, where the manifest does not vouch for them.")
  var acceptContent = false

  @Flag(help: "Give up a signature that fits, when only the form of the manifest changes.")
  var unsigned = false

  @OptionGroup var configurationFile: ConfigurationFileOptions

  func run() throws {
    Output.outlivesReader()
    let status: ExitStatus
    do throws(PackageError) {
      status = try remake()
    } catch {
      Output.standardError.error(error)
      throw ExitStatus(error)
    }
    try status.finish()
  }

  private func remake() throws(PackageError) -> ExitStatus {
    let signer = try signing.signer()
    let progress = ProgressLine("checking")
    var before = try remade(signer, progress)
    if let refusal = refusal(of: before.remaking) {
      Output.standardError.line("ova: \(path.shown): \(refusal)")
      return .findings
    }
    guard before.remaking.isNeeded else {
      Output.standardOutput.line(
        "\(before.remaking.manifestName.forDisplay): as it should be, nothing is written")
      return .success
    }
    if before.isArchive {
      let written = try write(before, progress)
      before.remaking.letGoOfFiles()
      let worse = try JudgedPackage.findings(in: written, progress)
        .rulesWithMoreErrors(than: before.findings)
      guard worse.isEmpty else {
        written.discard()
        Output.standardError.line(
          "ova: \(path.shown): not written, since it would have new errors "
            + "(\(worse.joined(separator: ", ")))")
        return .findings
      }
      try before.files.confirmUnchanged()
      try written.commit()
    } else {
      try before.files.confirmUnchanged()
      try before.remaking.writeBeside()
    }
    say(before.remaking, isSigned: signer != nil)
    return .success
  }

  /// A new manifest, and what is kept of the package that it is for: the package itself is gone
  /// before the one that is written is read.
  private struct Remade {
    var remaking: ManifestRemaking
    let findings: [Finding]
    let path: String
    let isArchive: Bool
    let files: ReadFiles
  }

  private func write(
    _ before: Remade, _ progress: ProgressLine
  ) throws(PackageError) -> WrittenArchive {
    try progress.writing(before.remaking.archiveMembers, before.path) {
      (told) throws(PackageError) in
      try before.remaking.writeArchive(progress: told)
    }
  }

  private func remade(
    _ signer: Signer?, _ progress: ProgressLine
  ) throws(PackageError) -> Remade {
    let package = try Package.open(path)
    let algorithm = manifest.chosen
    let judged = JudgedPackage(
      package, algorithms: [algorithm ?? FixPlan.algorithm(of: package)], progress: progress)
    try judged.checked.confirmReadWhole()
    return Remade(
      remaking: try ManifestRemaking(judged.checked, algorithm: algorithm, signer: signer),
      findings: judged.findings, path: package.path, isArchive: package.isArchive,
      files: package.readFiles)
  }

  /// The reason why nothing is written.
  private func refusal(of remaking: ManifestRemaking) -> String? {
    if !remaking.refusals.isEmpty {
      return "no manifest is made"
        + Self.lines(remaking.refusals, most: 1_000) {
          "\($0.place.description.forDisplay): \($0.reason.forDisplay)"
        }
    }
    if !remaking.doubts.isEmpty, !acceptContent {
      return "no manifest is made: it would accept bytes for which the old one does not vouch; "
        + "look at them, and say --accept-content"
        + Self.lines(remaking.doubts, most: 20) { doubt in
          let text = doubt.text.isEmpty ? "" : " \(doubt.text.forDisplay):"
          return "\(doubt.place.description.forDisplay):\(text) \(doubt.reason.forDisplay)"
        }
    }
    if remaking.losesGoodSignature, !unsigned {
      return "no manifest is made: only its form would change, and the signature would be lost; "
        + "say --sign KEY --certificate CERTIFICATE to sign it again, or --unsigned"
    }
    return nil
  }

  /// A line for each of the first ones, and one that says how many more there are.
  private static func lines<Element>(
    _ elements: [Element], most: Int, _ line: (Element) -> String
  ) -> String {
    let more = elements.count - most
    return elements.prefix(most).map { "\n  " + line($0) }.joined()
      + (more > 0 ? "\n  and \(more) more" : "")
  }

  private func say(_ remaking: ManifestRemaking, isSigned: Bool) {
    let files = remaking.fileCount == 1 ? "1 file" : "\(remaking.fileCount) files"
    Output.standardOutput.line(
      "\(remaking.manifestName.forDisplay): written, \(remaking.algorithm.name) of \(files)"
        + (isSigned ? ", signed" : ""))
    for change in remaking.changes {
      Output.standardOutput.line("  \(change.kind.rawValue)  \(change.fileName.forDisplay)")
    }
    if let certificate = remaking.droppedCertificate {
      Output.standardError.line(
        "ova: '\(certificate.forDisplay)' is left out: its signature does not fit the new manifest; "
          + "sign it again: ova manifest \(path.shown) --sign KEY --certificate CERTIFICATE")
    }
  }
}
