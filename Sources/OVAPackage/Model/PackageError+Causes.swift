import OVAArchive
import OVABasics
package import OVAByteSource
import OVFDescriptor
import VirtualDisks

extension PackageError {
  /// The package's view of bytes that could not be had.
  package init(_ error: ByteSourceError) {
    let code: Code =
      switch error.code {
      case .notFound: .notFound
      case .permissionDenied: .permissionDenied
      case .notAFile: .notAFile
      case .limitExceeded: .limitExceeded
      case .changed: .changed
      case .inputOutput, .passed: .inputOutput
      }
    self.init(error, as: code)
  }

  /// The package's view of an archive that could not be read, with a look at what it is instead.
  init(_ error: ArchiveError, source: any ByteSource) {
    switch error.code {
    case .empty:
      self.init(
        code: .empty, doing: "open it", reason: "the file is empty", place: Place(source.name),
        fix: "fetch the package again")
    case .notAnArchive:
      let looks = (try? DiskFormat.recognize(source)) ?? .unknown
      self = .notAnArchive(looks, path: source.name)
    case .limitExceeded:
      self.init(
        code: .limitExceeded, doing: error.doing, reason: error.reason, place: error.place,
        fix: error.fix ?? Self.limitRemedy)
    case .inputOutput, .unreadableMember, .outputFailed, .outputExists, .sizeMismatch, .refused:
      self.init(error, as: .inputOutput)
    }
  }

  private static let limitRemedy =
    "see that it comes from whom it should: no product writes such packages"
  private static let xmlRemedy = "correct the XML there, or fetch the package again"

  private static func notAnArchive(_ looks: DiskFormat, path: String) -> PackageError {
    let reason =
      switch looks {
      case .unknown: "the file is not a tar archive, nor anything else that is known"
      case .zeros: "the file is not a tar archive; it holds nothing but zeros"
      default: "the file is not a tar archive; it looks like \(looks.name)"
      }
    return PackageError(
      code: .notAnArchive, doing: "open it", reason: reason, place: Place(path), fix: looks.remedy)
  }

  /// The package's view of a descriptor of which nothing can be said.
  init(_ error: DescriptorError, file: PackageFile) {
    if file.storedSize < file.size {
      self.init(
        code: .descriptorCut, doing: "read the descriptor",
        reason: "the archive ends inside it, \(file.size - file.storedSize) of \(file.size) bytes "
          + "are missing",
        place: file.place, fix: "fetch the package again")
      return
    }
    let looks = file.source.flatMap { try? DiskFormat.recognize($0) }
    let other = looks.flatMap(\.notADescriptor)
    let code: Code =
      switch error.code {
      case .limit: .limitExceeded
      case .library: .descriptorUnreadable
      case .notAnEnvelope: .descriptorNotOVF
      case .notXML: other == nil ? .descriptorMalformed : .descriptorNotOVF
      }
    self.init(
      code: code, doing: error.doing, reason: other ?? error.reason, place: error.place,
      fix: code == .limitExceeded
        ? Self.limitRemedy
        : other.flatMap { _ in looks?.remedy } ?? error.fix
          ?? (code == .descriptorMalformed ? Self.xmlRemedy : nil))
  }

  /// An archive without a descriptor.
  /// - Parameter source: its bytes, or the first of them.
  static func noDescriptor(
    in files: [PackageFile], path: String, source: any ByteSource
  ) -> PackageError {
    // Blocks of zeros are the end of an archive, and the start of some that are none.
    if files.isEmpty, let looks = try? DiskFormat.recognize(source), looks != .unknown,
      looks != .tar
    {
      return notAnArchive(looks, path: path)
    }
    let names = files.prefix(5).map(\.name.forDisplay).joined(separator: ", ")
    return PackageError(
      code: .noDescriptor, doing: "open the package",
      reason: files.isEmpty
        ? "the archive is empty"
        : "none of its \(files.count) members is a descriptor (.ovf): \(names)",
      place: Place(path),
      fix: "name an archive that has one; a disk alone is looked at with `ova disk`")
  }
}

extension DiskFormat {
  /// The advice for a file of this kind that was meant to be a package.
  fileprivate var remedy: String {
    switch self {
    case .gzip: "decompress it: `gunzip`"
    case .xz: "decompress it: `unxz`"
    case .bzip2: "decompress it: `bunzip2`"
    case .zstd: "decompress it: `unzstd`"
    case .zip: "unzip it, and name the package inside"
    case .sevenZip, .rar: "unpack it, and name the package inside"
    case .html: "the download failed: fetch the package again, and look at what the page says"
    case .gitLFSPointer: "fetch the file that the pointer stands for: `git lfs pull`"
    case .gitAnnexPointer: "fetch the file that the pointer stands for: `git annex get`"
    case .text: "name the descriptor (.ovf) or the archive (.ova)"
    case .xml: "if it is a descriptor, give it the ending .ovf"
    case _ where isDisk: "a disk alone is looked at with `ova disk`"
    default: "fetch the package again"
    }
  }

  /// The reason to give where these bytes were meant to be a descriptor; nil for what may be one.
  fileprivate var notADescriptor: String? {
    switch self {
    case .xml, .text, .unknown: nil
    case .empty: "the file is empty"
    default: "the file is not an OVF descriptor; it looks like \(name)"
    }
  }
}
