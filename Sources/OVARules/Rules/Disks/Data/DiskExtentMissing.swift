import OVABasics
import OVAPackage
import VirtualDisks

extension CheckedPackage {
  /// Returns whether the archive has a member of a name in the folder of a file, of whatever kind.
  fileprivate func hasMember(_ name: String, beside reference: ResolvedReference) -> Bool {
    let folder = reference.file?.path?.folder ?? ""
    guard case .success(let path) = PackagePath.read(name, in: folder, limits: Limits()) else {
      return false
    }
    return package.isArchive && package.file(at: path) != nil
  }
}

extension Rule {
  /// An extent that is not shipped.
  static let diskExtentMissing = Rule(
    id: "disk-extent-missing",
    group: .disks,
    title: "The data of a disk is not in the package",
    severity: .error,
    version: 2,
    basis: .practice(
      "A text descriptor has no data: `disk.vmdk` needs its `disk-flat.vmdk`. A QCOW2 disk with a "
        + "backing file holds only what was changed."),
    why: "The file is only the description of a disk, or holds only the changes to another; the "
      + "file with its data was left behind.",
    fix: "Convert the disk to one file where its other files are: `qemu-img convert -O vmdk -o "
      + "subformat=streamOptimized,adapter_type=lsilogic DISK NEW.vmdk`.",
    triggering: [
      Example(
        .folder, edits: [.flatFormat, .withoutSize],
        [.content("web-disk1.vmdk", .shapedDisk(.textDescriptor))]),
      .qcow2(QCOW2Example(backing: "base.qcow2"), caption: "a QCOW2 disk without its backing file"),
    ],
    passing: [.sound(.ova), .soundFlat]
  ) { checked, findings in
    for seen in checked.seenDisks {
      // An extent that is there in a form that cannot be read is said by rules on the archive.
      let isThere = seen.diagnostics(of: .missingExtent).allSatisfy { diagnostic in
        guard case .extentMissing(let name) = diagnostic.kind else { return false }
        return checked.hasMember(name, beside: seen.disk.reference)
      }
      if !isThere { findings.add(seen, .missingExtent) }
      if seen.content.format == .vmdkDescriptor { findings.add(seen, .otherFormat) }
    }
  }
}
