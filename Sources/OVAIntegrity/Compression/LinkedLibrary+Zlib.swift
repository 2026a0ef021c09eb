import CZlib
public import OVABasics

extension LinkedLibrary {
  /// The inflater of gzip files.
  public static var zlib: LinkedLibrary {
    LinkedLibrary(
      name: "zlib", version: unsafe zlibVersion().map { unsafe String(cString: $0) } ?? "")
  }
}
