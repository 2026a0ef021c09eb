import OVABasics
import OVAByteSource
import OVFDescriptor
import VirtualDisks

/// Looks at the bytes behind the disks of a descriptor: a few small reads for each.
struct DiskAssembly {
  let envelope: Envelope
  let references: [ResolvedReference]
  let table: any FileTable
  let limits: Limits
  /// The contents of files that are known already, which are then not looked at.
  var contents: [PackagePath: PackageDisk.Content] = [:]

  /// The memory that a disk takes, in bytes, with all that is looked up for it.
  private static let diskBytes = 2_560

  /// The disks that have a file, in the descriptor's order.
  func disks() -> [PackageDisk] {
    var byID: [[UInt8]: ResolvedReference] = [:]
    for reference in references {
      guard let id = reference.reference.id?.text else { continue }
      if byID[Array(id.utf8)] == nil { byID[Array(id.utf8)] = reference }
    }
    // A file is looked at once, however many disks it is for.
    var looks: [ObjectIdentifier: PackageDisk.Content?] = [:]
    return envelope.disks.compactMap { disk in
      guard let file = envelope.file(of: disk), let id = file.id?.text,
        let reference = byID[Array(id.utf8)]
      else { return nil }
      guard limits.take(Self.diskBytes, of: .heldBytes) else {
        let error = DiskError(
          code: .limitExceeded, doing: "open the disk", reason: limits.excess(of: .heldBytes),
          place: Place(reference.reference.href?.text ?? id))
        return PackageDisk(disk: disk, reference: reference, content: .unreadable(error))
      }
      let content = looks[ObjectIdentifier(reference)] ?? content(of: reference)
      looks[ObjectIdentifier(reference)] = content
      return PackageDisk(disk: disk, reference: reference, content: content)
    }
  }

  /// The images of CDs and DVDs, recognized by their names.
  func images() -> [PackageImage] {
    let ofDisks = Set(
      envelope.disks.compactMap { envelope.file(of: $0)?.id.map { Array($0.text.utf8) } })
    return references.compactMap { reference in
      let file = reference.reference
      guard file.isImageName,
        !ofDisks.contains(Array((file.id?.text ?? "").utf8)), case .file = reference.target
      else { return nil }
      return PackageImage(reference: reference, content: content(of: reference))
    }
  }

  private func content(of reference: ResolvedReference) -> PackageDisk.Content? {
    if reference.isCompressed { return nil }
    switch reference.target {
    case .file(let file):
      if let known = file.path.flatMap({ contents[$0] }) { return known }
      return file.source.flatMap { content($0, folder: file.path?.folder ?? "") }
    case .chunks(let chunks):
      return chunks.joined(name: reference.reference.href?.text ?? "").flatMap {
        content($0, folder: chunks.pieces.first?.file.path?.folder ?? "")
      }
    default: return nil
    }
  }

  /// Recognizes the content of bytes; the extents of a text descriptor are looked for beside it.
  private func content(_ source: any ByteSource, folder: String) -> PackageDisk.Content? {
    do throws(DiskError) {
      return .disk(
        try VirtualDisk.open(source, limits: limits) { name in
          guard case .success(let path) = PackagePath.read(name, in: folder, limits: limits) else {
            return nil
          }
          return table.file(at: path)?.source
        })
    } catch {
      // What a stream did not keep is unknown, not damaged.
      return error.code == .passed ? nil : .unreadable(error)
    }
  }
}
