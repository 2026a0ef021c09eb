import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// A format that nobody knows.
  static let diskUnknownFormat = Rule(
    id: "disk-unknown-format",
    group: .disks,
    title: "A Disk's format is not one that importers know",
    severity: .warning,
    version: 2,
    basis: .practice("ovftool: \"Not supported value 'vmdk.html#' for attribute 'format'\"."),
    why: "Importers compare the URI letter by letter; one that they do not know, or one that ends "
      + "at its `#`, is refused.",
    fix: "Write `http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized`, or "
      + "the URI of the format that it is.",
    triggering: [
      Example(replacing: "vmdk.html#streamOptimized", with: "vmdk.html#"),
      Example(
        replacing: "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized",
        with: "vmdk"),
    ],
    passing: [
      .sound(.folder),
      Example(
        replacing: "vmdk.html#streamOptimized", with: "vmdk.html#monolithicSparse",
        documented: false),
      Example(
        replacing: "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized",
        with: "http://en.wikipedia.org/wiki/Byte", caption: "oVirt's word for a raw disk"),
    ]
  ) { checked, findings in
    guard checked.package.envelope.dialect != .oVirt else { return }
    for disk in checked.package.envelope.disks {
      guard let format = disk.format, !format.text.isEmpty, !format.text.isKnownDiskFormat else {
        continue
      }
      findings.add(
        "the format '\(format.text)' of \(disk.title) is not known", at: format.place,
        found: format.text)
    }
  }
}

extension String {
  /// True if it is the URI of a disk format that products know.
  fileprivate var isKnownDiskFormat: Bool {
    if vmdkKind != nil { return true }
    let text = lowercased()
    if text.holds("/specifications/vmdk.html#") {
      // Version 0.9 has words of its own.
      return ["sparse", "compressed", "flat"].contains { text.hasSuffix("#" + $0) }
    }
    return text.hasPrefix("http") && declaredKind != nil
  }
}
