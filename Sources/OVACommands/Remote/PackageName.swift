import ArgumentParser
import OVABasics
import OVAByteSource
import OVARemote
import SystemPackage

/// The name of a package or disk on the command line: a path, or a URL.
struct PackageName: ExpressibleByArgument, Hashable, Sendable {
  /// The path as text (see `FileNameText`), or the URL as it was written.
  let text: String

  init(text: String) { self.text = text }

  init?(argument: String) {
    let bytes = ProcessArguments.pathBytes(argument)
    // A path would lose one of the slashes.
    let url = String(decoding: bytes, as: UTF8.self)
    text = RemoteLocation.isMeant(by: url) ? url : FilePath(bytes: bytes).text
  }

  /// The name that means standard input.
  static let standardInput = PackageName(text: StreamOptions.standardInput.text)

  /// True if it is a URL.
  var isRemote: Bool { RemoteLocation.isMeant(by: text) }

  /// The name for messages and reports: without control characters, and of a URL without what may be
  /// a secret.
  var shown: String { plain.forDisplay }

  /// The same as text without loss, for reports.
  var plain: String { isRemote ? (try? RemoteLocation(text))?.name ?? "" : text }

  /// The path from the root of the file system; a URL as it is.
  var absolute: String { isRemote ? text : text.absolutePath }

  /// - Throws: `ValidationError` that says what is wrong with a URL.
  func validate() throws {
    guard isRemote else { return }
    do throws(ByteSourceError) {
      _ = try RemoteLocation(text)
    } catch {
      throw ValidationError(error)
    }
  }

  var defaultValueDescription: String { shown }
}

extension ValidationError {
  /// The error of what a URL is, as one of the command line.
  init(_ error: ByteSourceError) {
    self.init(
      "\(error.place.file.forDisplay): \(error.reason)" + (error.fix.map { "; \($0)" } ?? "") + ".")
  }
}
