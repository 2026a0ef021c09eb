import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

extension Package {
  /// The disks that a disk is the changes to, the nearest first; each at most once.
  func bases(of disk: Disk) -> [Disk] {
    var bases: [Disk] = []
    var next = disk
    while let id = next.parentReference?.text, !id.isEmpty, let base = envelope.disk(id: id),
      base !== disk, !bases.contains(where: { $0 === base }), bases.count < 256
    {
      bases.append(base)
      next = base
    }
    return bases
  }

  /// Returns the disk whose changes a disk holds, in words; nil for a disk that stands on its own.
  func changes(of disk: Disk) -> String? {
    if let base = bases(of: disk).first {
      let name = envelope.file(of: base)?.href?.text ?? base.id?.text ?? "another disk"
      return "changes to \(name)"
    }
    if let id = disk.parentReference?.text, !id.isEmpty {
      return "changes to the disk '\(id)', which there is not"
    }
    guard case .disk(let content) = self.content(of: disk)?.content, let base = content.base
    else { return nil }
    return base.name.map { "changes to \($0)" } ?? "changes to a disk that is not named"
  }
}

extension PackageDisk.Content {
  /// True if the disk itself says that its contents are encrypted.
  var isMarkedEncrypted: Bool {
    guard case .disk(let disk) = self else { return false }
    return disk.encryption != nil
  }
}
