import CPlatform
import OVAArchive
import OVABasics
import OVACatalog
import OVAIntegrity
import OVASandbox
import OVFXML
import VirtualDisks

/// Facts about the build of this command.
struct BuildFacts: Sendable {
  /// The version as people write it.
  let version: String
  /// The commit it was built from; nil for a build that is no release.
  let commit: String?
  /// The day of the commit, as `2026-11-29`; nil for a build that is no release.
  let date: String?
  /// The compiler; nil for a build that is no release.
  let toolchain: String?
  /// The C libraries that the process runs with, in the order of their names.
  let libraries: [LinkedLibrary]

  /// The facts of this process.
  static var current: BuildFacts {
    BuildFacts(
      version: OVAVersion.text, commit: text(unsafe ova_build_commit()),
      date: text(unsafe ova_build_date()), toolchain: text(unsafe ova_build_toolchain()),
      libraries: [glibc, .libarchive, .libdeflate, .libseccomp, .libxml2, .sqlite, .zlib])
  }

  private static var glibc: LinkedLibrary {
    LinkedLibrary(name: "glibc", version: text(unsafe ova_glibc_version()) ?? "unknown")
  }

  private static func text(_ words: UnsafePointer<CChar>?) -> String? {
    guard let words = unsafe words else { return nil }
    let text = unsafe String(cString: words)
    return text.isEmpty ? nil : text
  }
}
