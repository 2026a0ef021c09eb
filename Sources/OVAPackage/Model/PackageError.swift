public import OVABasics

/// The error because of which nothing can be said of a package.
public typealias PackageError = Explained<PackageFailure>

/// The kinds of `PackageError`.
public enum PackageFailure: String, Sendable {
  /// There is nothing at that path.
  case notFound = "not-found"
  /// The file system forbids reading it.
  case permissionDenied = "permission-denied"
  /// It is neither a file nor a folder.
  case notAFile = "not-a-file"
  /// It is no tar archive; the reason says what it looks like.
  case notAnArchive = "not-an-archive"
  /// It has no bytes.
  case empty
  /// There is no descriptor in it.
  case noDescriptor = "no-descriptor"
  /// A folder holds several descriptors, so that it is not clear which is meant.
  case severalDescriptors = "several-descriptors"
  /// The descriptor is not well-formed XML.
  case descriptorMalformed = "descriptor-malformed"
  /// The descriptor is no OVF envelope, but other XML or something else altogether.
  case descriptorNotOVF = "descriptor-not-ovf"
  /// The archive ends inside its descriptor.
  case descriptorCut = "descriptor-cut"
  /// The descriptor's bytes cannot be had, or the library that reads them failed.
  case descriptorUnreadable = "descriptor-unreadable"
  /// A limit was hit; the reason names it.
  case limitExceeded = "limit-exceeded"
  /// The device or network failed.
  case inputOutput = "input-output"
  /// A file was written, cut or replaced while it was being read.
  case changed
  /// The confined process that parsed it ended without an answer.
  case parserStopped = "parser-stopped"
  /// Something could not be written.
  case outputFailed = "output-failed"
  /// Something has the name of what was to be written, and is not to be replaced.
  case outputExists = "output-exists"
  /// The request cannot be met with the given key, certificate or name.
  case inputUnusable = "input-unusable"
}

extension PackageFailure {
  /// True if the cause lies in the content, which was read: a finding. Of the others the machine
  /// did not let the content be read, or something else failed.
  public var isOfContent: Bool {
    switch self {
    case .notAnArchive, .empty, .noDescriptor, .severalDescriptors, .descriptorMalformed,
      .descriptorNotOVF, .descriptorCut, .limitExceeded:
      true
    case .notFound, .permissionDenied, .notAFile, .descriptorUnreadable, .inputOutput,
      .changed, .parserStopped, .outputFailed, .outputExists, .inputUnusable:
      false
    }
  }
}
