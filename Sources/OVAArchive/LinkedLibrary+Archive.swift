import CArchive
public import OVABasics

extension LinkedLibrary {
  /// The reader and writer of tar archives.
  public static var libarchive: LinkedLibrary {
    let number = archive_version_number()
    return LinkedLibrary(
      name: "libarchive", version: "\(number / 1_000_000).\(number / 1000 % 1000).\(number % 1000)")
  }
}
