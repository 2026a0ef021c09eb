public import OVABasics

/// Why nothing can be said of a package.
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
  /// The descriptor is not XML, or no OVF envelope.
  case descriptorUnreadable = "descriptor-unreadable"
  /// A limit was hit; the reason names it.
  case limitExceeded = "limit-exceeded"
  /// The device or network failed.
  case inputOutput = "input-output"
  /// Something could not be written.
  case outputFailed = "output-failed"
}
