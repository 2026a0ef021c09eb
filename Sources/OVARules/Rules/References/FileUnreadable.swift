import OVABasics
import OVAByteSource
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The system does not give a file's bytes.
  static let fileUnreadable = Rule(
    id: "file-unreadable",
    group: .references,
    title: "A file cannot be read",
    severity: .error,
    basis: .practice("A file that cannot be read can be neither checked nor imported."),
    why: "The file's permissions, its disk or the network keep it from being read. Nothing can be "
      + "said of what it holds; the rest of the package was checked.",
    fix: "Make the file readable, or get it again, then check again; a name that is too long for "
      + "the file system has to be shortened, also in the References.",
    triggering: [
      Example(
        replacing: #"href="web-disk1.vmdk""#,
        with: "href=\"" + String(repeating: "a", count: 300) + ".vmdk\"",
        caption: "a name that the file system does not take"),
      Example(
        .ova, .cutWhileChecked("web-disk1.vmdk"),
        caption: "the archive is cut short while it is checked"),
    ],
    passing: [.sound(.ova), .sound(.folder)]
  ) { checked, findings in
    for resolved in checked.package.references {
      guard case .unreadable(let path, let error) = resolved.target else { continue }
      findings.add(
        "'\(path.text)' cannot be read: \(error.reason)", at: resolved.reference.place,
        found: error.reason)
    }
    for file in checked.package.files {
      guard let path = file.path, let failure = checked.evidence.files[path]?.failure else {
        continue
      }
      let bytes = checked.evidence.files[path]?.bytesRead ?? 0
      findings.add(
        "'\(file.name)' could be read only up to byte \(bytes): \(failure.reason)",
        at: file.place, found: failure.reason, fix: failure.fix?.asSentence)
    }
    for disk in checked.package.disks {
      guard case .unreadable(let error) = disk.content,
        checked.evidence.of(disk.reference)?.failure == nil
      else { continue }
      findings.add(
        "'\(disk.reference.hrefText)' could not be looked at: \(error.reason)", at: disk.filePlace,
        found: error.reason)
    }
  }
}
