import OVAArchive
import OVABasics
import OVAByteSource
import OVFDescriptor
import VirtualDisks

extension PackageError {
  /// The package's view of bytes that could not be had.
  init(_ error: ByteSourceError) {
    let code: Code =
      switch error.code {
      case .notFound: .notFound
      case .permissionDenied: .permissionDenied
      case .notAFile: .notAFile
      case .limitExceeded: .limitExceeded
      case .inputOutput, .changed: .inputOutput
      }
    self.init(
      code: code, doing: error.doing, reason: error.reason, place: error.place, fix: error.fix)
  }

  /// The package's view of an archive that could not be read, with a look at what it is instead.
  init(_ error: ArchiveError, source: any ByteSource) {
    switch error.code {
    case .empty:
      self.init(
        code: .empty, doing: "open it", reason: "the file is empty", place: Place(source.name),
        fix: "fetch the package again")
    case .notAnArchive:
      let looks = DiskFormat.recognise(source)
      self.init(
        code: .notAnArchive, doing: "open it",
        reason: "it is not a tar archive; it looks like \(looks.description)",
        place: Place(source.name), fix: looks.remedy)
    case .limitExceeded:
      self.init(
        code: .limitExceeded, doing: error.doing, reason: error.reason, place: error.place,
        fix: error.fix)
    case .inputOutput, .unreadableMember, .outputFailed, .sizeMismatch, .refused:
      self.init(
        code: .inputOutput, doing: error.doing, reason: error.reason, place: error.place,
        fix: error.fix)
    }
  }

  /// The package's view of a descriptor of which nothing can be said.
  init(_ error: DescriptorError, file: PackageFile) {
    if file.storedSize < file.size {
      self.init(
        code: .descriptorUnreadable, doing: "read the descriptor",
        reason: "the archive ends inside it, \(file.size - file.storedSize) of \(file.size) bytes "
          + "are missing",
        place: file.place, fix: "fetch the package again")
      return
    }
    let looks = file.source.map { DiskFormat.recognise($0) }
    self.init(
      code: error.code == .limit ? .limitExceeded : .descriptorUnreadable, doing: error.doing,
      reason: looks.flatMap(\.notADescriptor) ?? error.reason, place: error.place,
      fix: error.fix ?? looks?.remedy)
  }

  /// An archive without a descriptor.
  static func noDescriptor(in files: [PackageFile], path: String) -> PackageError {
    let names = files.prefix(5).map(\.name.inert).joined(separator: ", ")
    return PackageError(
      code: .noDescriptor, doing: "open the package",
      reason: files.isEmpty
        ? "the archive is empty"
        : "none of its \(files.count) members is a descriptor (.ovf): \(names)",
      place: Place(path),
      fix: "name an archive that has one; a disk alone is looked at with `ova disk`")
  }
}
