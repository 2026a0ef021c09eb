import CDeflate
public import OVABasics

extension LinkedLibrary {
  /// The inflater of disks' grains.
  public static var libdeflate: LinkedLibrary {
    LinkedLibrary(name: "libdeflate", version: LIBDEFLATE_VERSION_STRING)
  }
}
