import CSeccomp
public import OVABasics

extension LinkedLibrary {
  /// The maker of filters for system calls.
  public static var libseccomp: LinkedLibrary {
    guard let version = unsafe seccomp_version() else {
      return LinkedLibrary(name: "libseccomp", version: "unknown")
    }
    return unsafe LinkedLibrary(
      name: "libseccomp",
      version: "\(version.pointee.major).\(version.pointee.minor).\(version.pointee.micro)")
  }
}
