import OVAPackage
import OVFDescriptor

extension Rule {
  /// An extent that is shipped and not listed.
  static let diskExtentUnlisted = Rule(
    id: "disk-extent-unlisted",
    group: .disks,
    title: "The data of a disk lies in a file that the descriptor does not list",
    severity: .error,
    basis: .clause("DSP0243 7.1"),
    why: "Importers copy the files of the References. The disk's text would arrive without its "
      + "data, which is in another file.",
    fix: "Convert the disk to one file: `qemu-img convert -O vmdk -o "
      + "subformat=streamOptimized,adapter_type=lsilogic DISK NEW.vmdk`; put NEW.vmdk in its "
      + "place, write streamOptimized into `ovf:format`, then run `ova fix PATH --accept-content "
      + "--write NEW.ova`.",
    triggering: [Example.soundFlat.shown],
    passing: [.sound(.ova)]
  ) { checked, findings in
    // A file that is stored with holes is listed all the same.
    let listed = checked.referencedPaths
    for disk in checked.package.disks {
      for path in Set(disk.extentFiles.map(\.path))
      where !listed.contains(path) && checked.package.file(at: path) != nil {
        findings.add(
          "the data of '\(disk.reference.hrefText)' is in '\(path.text)', which is not listed",
          at: disk.reference.reference.place, expected: "a File for '\(path.text)'")
      }
    }
  }
}

extension Example {
  /// The same example, on the rule's page.
  fileprivate var shown: Example {
    var example = self
    example.documented = true
    return example
  }
}
