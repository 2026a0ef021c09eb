import ArgumentParser
import OVABasics
import OVAPackage

/// `ova unpack`: the files of an archive in a folder of their own.
struct UnpackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpack",
    abstract: "Unpacks an archive (.ova) into a folder of its own.",
    discussion: """
      Digests are verified while the files are written. The folder appears when all of them are \
      right; an archive that would write outside it, or holds links, is refused.
      """)

  @Argument(
    help: ArgumentHelp("The archive.", valueName: "file"), completion: .file(extensions: ["ova"]))
  var path: String

  @Option(
    name: [.customShort("C"), .long],
    help: ArgumentHelp("The folder in which the package's own is made.", valueName: "folder"),
    completion: .directory)
  var directory: String = "."

  func run() throws {
    Interruption.isHandledByWork()
    try outcome().finish()
  }

  private func outcome() -> ExitStatus {
    do throws(PackageError) {
      let package = try Package.open(path)
      switch try Unpacking(package, into: directory).run(isStopped: { Interruption.isAsked }) {
      case .written(let folder, let files, let verified):
        let digests =
          package.manifest == nil ? "there is no manifest" : "\(verified) digests verified"
        Output.data.line("\(folder.inert): \(files) files, \(digests)")
        return .fine
      case .refused(let refusals):
        Output.words.line("ova: \(path.inert): not unpacked")
        for refusal in refusals {
          Output.words.line("  \(refusal.place.description.inert): \(refusal.reason.inert)")
        }
        return .findings
      case .stopped: return .interrupted
      }
    } catch {
      Output.words.error(error)
      return .unreadable
    }
  }
}
