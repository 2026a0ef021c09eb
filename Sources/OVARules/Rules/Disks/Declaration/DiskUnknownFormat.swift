import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

extension Rule {
  /// A format that no reader knows.
  static let diskUnknownFormat = Rule(
    id: "disk-unknown-format",
    group: .disks,
    title: "A Disk's format is not one that importers know",
    severity: .warning,
    version: 3,
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
      Example(
        replacing: "vmdk.html#streamOptimized", with: "vmdk.html#streamoptimized",
        caption: "the letters' case counts"),
      Example(
        replacing: "http://www.vmware.com/interfaces", with: "https://www.vmware.com/interfaces"),
      Example(
        replacing: "vmdk.html#streamOptimized", with: "vmdk.html", caption: "of no kind",
        documented: false),
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
      let meant = format.text.meantDiskFormat
      findings.add(
        "the format '\(format.text)' of \(disk.title) is not known", at: format.place,
        expected: meant, found: format.text, fix: meant.map { "Write `\($0)`." })
    }
  }
}

extension String {
  /// True if it is the URI of a disk format that products know.
  fileprivate var isKnownDiskFormat: Bool {
    // Of VMware's own URIs each letter counts, since importers compare them whole.
    if declaredKind == .vmdk { return isExactVMDKFormat }
    return lowercased().hasPrefix("http") && declaredKind != nil
  }

  private var isExactVMDKFormat: Bool {
    Self.vmdkURIs.contains { uri in
      utf8.starts(with: uri.utf8) && Self.vmdkFragments.contains(String(dropFirst(uri.count)))
    }
  }

  /// The URI of VMware's that differs from this text in case, scheme or blanks alone.
  fileprivate var meantDiskFormat: String? {
    let text = trimmingBlanks.lowercased().replacing("https://", with: "http://")
    for uri in Self.vmdkURIs {
      for fragment in Self.vmdkFragments where text == (uri + fragment).lowercased() {
        return uri + fragment
      }
    }
    return nil
  }

  private static let vmdkURIs = [
    "http://www.vmware.com/interfaces/specifications/vmdk.html#",
    "http://www.vmware.com/specifications/vmdk.html#",
  ]
  /// Version 0.9 has words of its own.
  private static let vmdkFragments = DiskDescriptor.knownCreateTypes.union([
    "sparse", "compressed", "flat",
  ])
}
