import OVABasics
import OVACatalog
import OVAPackage

/// Judges what lies in a repository and belongs to no package.
struct StrayAudit {
  private let reader: CatalogReader
  private let repository: ScannedRepository
  private let most: Int

  init(_ reader: CatalogReader, _ repository: ScannedRepository, most: Int) {
    self.reader = reader
    self.repository = repository
    self.most = most
  }

  private static let leftovers: Set<String> = [
    "part", "partial", "tmp", "temp", "filepart", "crdownload", "download",
  ]
  private static let disks: Set<String> = ["vmdk", "vhd", "vhdx", "vdi", "qcow2"]
  private static let belongings = disks.union(["mf", "cert", "nvram"])
  /// Files of a registered machine: what lies beside one is that machine's.
  private static let machines: Set<String> = ["vmx", "vmtx", "vbox", "vmcx"]

  func findings() throws -> [RepositoryFinding] {
    var homes: Set<String> = []
    try reader.forEachStray(repository: repository.id) { stray in
      if Self.machines.contains(stray.path.baseAndExtension.suffix) {
        homes.insert(folder(of: stray.path))
      }
    }
    var findings: [RepositoryFinding] = []
    try reader.forEachStray(repository: repository.id) { stray in
      guard findings.count < most, let finding = finding(of: stray) else { return }
      if finding.kind == .orphan {
        guard !homes.contains(folder(of: stray.path)), try !isExtent(stray.path) else { return }
      }
      findings.append(finding)
    }
    return findings
  }

  private func finding(of stray: StrayRow) -> RepositoryFinding? {
    let path = repository.prefix + stray.path
    let own = [repository.systemPath(stray.path)]
    let size = ByteCount(UInt64(clamping: stray.size)).description
    if stray.kind != "file" {
      return RepositoryFinding(
        .brokenLink, [path], deletable: own, message: stray.detail ?? stray.kind,
        fix: "remove the link, or let it lead to a file of the repository")
    }
    let suffix = stray.path.baseAndExtension.suffix
    if Self.leftovers.contains(suffix) {
      return RepositoryFinding(
        .leftover, [path], reclaimable: stray.size, deletable: own,
        message: "\(size) of an upload that did not end",
        fix: "upload the package again, and delete this")
    }
    guard Self.belongings.contains(suffix) || isChunk(stray.path) else { return nil }
    return RepositoryFinding(
      .orphan, [path], reclaimable: stray.size, deletable: own,
      message: "\(size) that no descriptor references",
      fix: "delete it, or bring back the descriptor that it belongs to")
  }

  private func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(path[...slash])
  }

  /// Whether it is a piece of a disk in chunks: `disk.vmdk.000000001`.
  private func isChunk(_ path: String) -> Bool {
    let parts = path.baseAndExtension
    return parts.suffix.utf8.count == 9
      && parts.suffix.utf8.allSatisfy { (0x30...0x39).contains($0) }
      && Self.belongings.contains(parts.base.baseAndExtension.suffix)
  }

  /// Whether it holds bytes of a disk whose text descriptor is a package's: `web-flat.vmdk` or
  /// `web-s001.vmdk` beside the package's `web.vmdk`. No descriptor of a package names it, and
  /// without it the disk is empty.
  private func isExtent(_ path: String) throws -> Bool {
    let parts = path.baseAndExtension
    guard parts.suffix == "vmdk", let dash = parts.base.utf8.lastIndex(of: UInt8(ascii: "-"))
    else { return false }
    let kind = parts.base[parts.base.utf8.index(after: dash)...].lowercased()
    let digits = kind.utf8.drop { !(0x30...0x39).contains($0) }
    let isNumbered =
      !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
      && ["", "s", "f"].contains(kind.dropLast(digits.count))
    guard isNumbered || ["flat", "delta", "sesparse", "rdm", "rdmp", "ctk"].contains(kind) else {
      return false
    }
    let folder = folder(of: path)
    let name = parts.base[..<dash].utf8.dropFirst(folder.utf8.count)
    return try reader.isPackaged(
      String(Substring(name)) + ".vmdk", in: repository.prefix + folder, of: repository.id)
  }
}
