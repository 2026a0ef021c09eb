/// A C library that the process runs with.
public struct LinkedLibrary: Hashable, Sendable {
  /// The library's own name, such as `libarchive`.
  public let name: String
  /// The version as the library tells it at run time; for libdeflate, which tells none, the one it
  /// was built against.
  public let version: String

  /// Makes the facts of a library.
  public init(name: String, version: String) {
    self.name = name
    self.version = version
  }
}
