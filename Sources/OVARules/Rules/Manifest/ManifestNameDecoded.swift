import OVABasics
import OVAIntegrity
import OVAPackage
import OVFDescriptor

extension Rule {
  /// The manifest names a file otherwise than its href.
  static let manifestNameDecoded = Rule(
    id: "manifest-name-decoded",
    group: .manifest,
    title: "The manifest names a file otherwise than the descriptor",
    severity: .info,
    basis: .practice("ovftool writes the decoded name; the standard means the href as written"),
    why: "The href `my%20disk.vmdk` is the entry `my disk.vmdk` for some writers and "
      + "`my%20disk.vmdk` for others. Importers that know one form only find no entry.",
    fix: "Rename the file so that its href needs no percent signs, write the new name into the "
      + "href, and recreate the manifest (`ova manifest`).",
    triggering: [
      Example(
        .ova,
        edits: [Example.Edit(old: #"href="web-disk1.vmdk""#, new: #"href="web%20disk.vmdk""#)],
        [.rename("web-disk1.vmdk", to: "web disk.vmdk")])
    ],
    passing: [.sound(.ova)]
  ) { checked, findings in
    guard let manifest = checked.package.manifest?.manifest else { return }
    for resolved in checked.package.references {
      guard let href = resolved.reference.href?.text else { continue }
      let found = manifest.entries(for: href)
      guard found.isDecoded, let entry = found.entries.first else { continue }
      findings.add(
        "'\(href)' of the descriptor is '\(entry.fileName)' in the manifest", at: entry.place,
        expected: href, found: entry.fileName)
    }
  }
}
