import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// Files lie in folders below the descriptor.
  static let hrefInFolder = Rule(
    id: "href-in-folder",
    group: .references,
    title: "Files lie in a folder below the descriptor",
    severity: .info,
    basis: .practice(
      "Importers that unpack an archive member by member do not make folders, and fail at the "
        + "first file in one."),
    why: "The standard lets an href lead into a folder below the descriptor. Some importers open "
      + "files by their bare names beside the descriptor, or unpack them without their folder.",
    fix: "Put the files beside the descriptor and shorten their hrefs to the names; then recreate "
      + "the manifest (`ova manifest`).",
    triggering: [
      Example(
        .folder,
        edits: [.init(old: #"href="web-disk1.vmdk""#, new: #"href="disks/web-disk1.vmdk""#)],
        [.rename("web-disk1.vmdk", to: "disks/web-disk1.vmdk")])
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder, edits: [.init(old: #"href="web-disk1.vmdk""#, new: #"href="./web-disk1.vmdk""#)],
        [], documented: false),
    ]
  ) { checked, findings in
    // oVirt's storage has a folder for each disk.
    guard checked.envelope.dialect != .oVirt else { return }
    let files = checked.package.references.filter { $0.folderInPackage != nil }
    guard let first = files.first, let folder = first.folderInPackage else { return }
    let href = first.reference.href
    let others = files.count - 1
    let more = others == 0 ? "" : others == 1 ? ", as does 1 other" : ", as do \(others) others"
    findings.add(
      "the file '\(href?.text ?? "")' lies in the folder '\(folder)'\(more)",
      at: href?.place ?? first.reference.place, expected: "a name without a folder",
      found: href?.text)
  }
}

extension ResolvedReference {
  /// The folder that the href leads into; nil for a file beside the descriptor, and for what leads
  /// nowhere or out of the package.
  fileprivate var folderInPackage: String? {
    switch target {
    case .unsafe, .leadsOut, .remote, .unclear: return nil
    case .file, .chunks, .missing, .notAFile, .unreadable: break
    }
    guard case .file(let path)? = reference.target else { return nil }
    let parts = path.split(separator: "/").filter { $0 != "." }
    return parts.count > 1 ? parts.dropLast().joined(separator: "/") : nil
  }
}
