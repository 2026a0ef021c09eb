import OVABasics
import OVACatalog
import OVAIntegrity
import OVAPackage
import OVFDescriptor
import OVFXML
import VirtualDisks

/// The files that a package needs beyond its own, so that they are not deleted: parents of its
/// disks, files that its manifest names, and those that an unresolved reference may mean.
struct PackageNeeds {
  let package: Package
  let state: PackageRow.State
  /// The package's folder without links in its path, with a slash at the end.
  let folder: String
  /// The data store's root without links in its path.
  let root: String
  let limits: Limits

  /// Smaller files of the size that a missing one should have are no sign.
  private static let leastSize: UInt64 = 65_536

  func needs() -> [FileNeed] {
    var needed = NeededFiles(root: root, limits: limits)
    for disk in package.disks { add(disk, to: &needed) }
    guard !package.isArchive else { return needed.needs.sorted { $0.text < $1.text } }
    for reference in package.references { add(reference, to: &needed) }
    let own = Set(package.files.map(\.name))
    for entry in package.manifest?.manifest.entries ?? [] {
      let name = String(fileSystemBytes: entry.nameBytes)
      if !name.hasPrefix("/"), !own.contains(name) {
        needed.add(path: folder + name)
      }
    }
    if state == .waiting || state == .changing { needed.add(.folder(folder)) }
    return needed.needs.sorted { $0.text < $1.text }
  }

  private func add(_ disk: PackageDisk, to needed: inout NeededFiles) {
    guard case .disk(let content) = disk.content else { return }
    let file = disk.reference.file?.path
    let parent = file.map { $0.folder.isEmpty ? folder : "\(folder)\($0.folder)/" } ?? folder
    switch content.format {
    case .qcow2, .vhd, .vhdx, .vdi:
      // Their parents are looked for in the bytes, which for a member are the archive's.
      guard !package.isArchive, let file else { return }
      needed.add(disk: folder + file.text, in: parent)
    default:
      guard content.descriptor?.hasParent == true || !content.otherFiles.isEmpty else { return }
      needed.add(content, in: parent)
    }
  }

  private func add(_ reference: ResolvedReference, to needed: inout NeededFiles) {
    switch reference.target {
    case .file, .remote: return
    case .chunks(let chunks):
      guard !chunks.missing.isEmpty else { return }
      needed.add(.folder(folder))
    case .missing(let path, let near):
      for file in near { needed.add(path: folder + file.name) }
      needed.add(.name(path.name))
      if !path.folder.isEmpty { needed.add(.folder("\(folder)\(path.folder)/")) }
      if let size = reference.reference.size?.value, size >= Self.leastSize {
        needed.add(.size(Int64(clamping: size)))
      }
      needed.add(.folder(folder))
    case .leadsOut(let path):
      needed.add(path: folder + path.text)
      needed.add(.folder(folder))
    case .unsafe, .notAFile, .unreadable, .unclear:
      // Others follow what is not followed here: `../disks/a.vmdk`.
      if let href = reference.reference.href?.text {
        let name = href.replacing("\\", with: "/")
        needed.add(path: name.hasPrefix("/") ? name : folder + name)
        if let last = name.split(separator: "/").last { needed.add(.name(String(last))) }
      }
      needed.add(.folder(folder))
    }
  }
}
