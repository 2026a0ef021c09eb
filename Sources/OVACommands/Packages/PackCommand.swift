import ArgumentParser
import OVAAuthoring
import OVABasics
import OVAIntegrity
import OVAPackage
import SystemPackage

/// `ova pack`: one archive from a descriptor and its files.
struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Packs a descriptor and its files into an archive (.ova).",
    discussion: """
      Descriptor first, then a new manifest, the certificate, and the files in the order of the \
      References. The package is checked before and the archive after it is written; it gets its \
      name only when it is sound.

      Examples:
        ova pack appliance/web.ovf --output web.ova
        ova pack appliance/web.ovf -o web.ova --sign key.pem --certificate cert.pem
      """)

  @Argument(
    help: ArgumentHelp("A descriptor (.ovf), or the folder that holds it.", valueName: "path"),
    completion: .file(extensions: ["ovf"]))
  var path: FilePath

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The archive to write.", valueName: "file"),
    completion: .file(extensions: ["ova"]))
  var output: FilePath

  @OptionGroup var manifest: ManifestOptions

  @OptionGroup var signing: SigningOptions

  @OptionGroup var configurationFile: ConfigurationFileOptions

  @Flag(help: "Replace an archive of that name.")
  var force = false

  func run() throws {
    Output.outlivesReader()
    let status: ExitStatus
    do throws(PackageError) {
      status = try pack()
    } catch {
      Output.standardError.error(error)
      throw ExitStatus(error)
    }
    try status.finish()
  }

  private func pack() throws(PackageError) -> ExitStatus {
    let progress = ProgressLine("checking")
    guard var planned = try planned(progress) else { return .findings }
    let written = try write(planned.packing.members, progress)
    let count = planned.packing.members.count
    planned.packing.letGoOfMembers()
    let errors = try JudgedPackage.findings(in: written, progress).errors
    guard errors.isEmpty else {
      Output.standardError.line("ova: \(output.shown): not written, since it would not be sound")
      Output.standardError.findings(errors)
      return .findings
    }
    try planned.files.confirmUnchanged()
    try written.commit()
    for note in planned.packing.notes { Output.standardError.line("ova: \(note.forDisplay)") }
    Output.standardOutput.line("\(output.shown): \(count) files, checked")
    return .success
  }

  private func write(
    _ members: [PackageWriter.Member], _ progress: ProgressLine
  ) throws(PackageError) -> WrittenArchive {
    try progress.writing(members, output.text) { (told) throws(PackageError) in
      try PackageWriter.write(members, to: output.text, replaces: force, progress: told)
    }
  }

  /// The content of the archive and the files that it is read from; nil, after a message, when the
  /// package is not sound. The package itself is gone before the archive is read.
  private func planned(
    _ progress: ProgressLine
  ) throws(PackageError) -> (packing: Packing, files: ReadFiles)? {
    let package = try Package.open(path)
    guard !package.isArchive else {
      throw PackageError(
        code: .notAFile, doing: "pack it", reason: "it is an archive already",
        place: Place(path.text), fix: "name a descriptor or a folder")
    }
    let signer = try signing.signer()
    let algorithm = manifest.chosen
    let before = JudgedPackage(package, algorithms: [algorithm ?? .sha256], progress: progress)
    try before.checked.confirmReadWhole()
    let errors = before.findings.errors
    guard errors.isEmpty else {
      Output.standardError.line("ova: \(path.shown): not packed, since it is not sound")
      Output.standardError.findings(errors)
      return nil
    }
    let packing = try Packing(before.checked, algorithm: algorithm, signer: signer)
    return (packing, package.readFiles)
  }
}

/// Options on the manifest that is written.
struct ManifestOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The digests of the manifest: sha1, sha256, sha384 or sha512.", valueName: "name"),
    transform: { text in
      guard DigestAlgorithm(spelled: text) != nil else {
        throw ValidationError("it is not one of sha1, sha256, sha384 and sha512")
      }
      return text
    })
  var algorithm: String?

  /// The algorithm that was asked for.
  var chosen: DigestAlgorithm? { algorithm.flatMap(DigestAlgorithm.init(spelled:)) }
}
