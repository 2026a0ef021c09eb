import OVABasics
import OVFDescriptor
package import VirtualDisks

extension PackageDisk {
  /// The files, besides its own, in which the contents of a disk with a text descriptor lie or
  /// should lie, each with the part that it holds.
  package var extentFiles: [(path: PackagePath, part: VirtualDisk.Part)] {
    guard case .disk(let disk) = content, disk.format == .vmdkDescriptor,
      let extents = disk.descriptor?.extents
    else { return [] }
    return zip(extents, disk.parts).compactMap { extent, part in
      guard let name = extent.fileName ?? extent.name, extent.danger == nil,
        let path = path(beside: name)
      else { return nil }
      return (path, part)
    }
  }

  /// Every file of the package, besides its own, that the disk needs: its extents, the disk to
  /// which it holds only the changes, and the file of its data.
  package var neededFiles: [PackagePath] {
    guard case .disk(let disk) = content else { return [] }
    let names = [disk.base?.name, disk.structure?.dataFile].compactMap { $0 }
      .filter { ExtentDanger(name: $0) == nil }
    return extentFiles.map(\.path) + names.compactMap(path(beside:))
  }

  /// The path of a name that the disk's own file has for one beside it.
  private func path(beside name: String) -> PackagePath? {
    let folder: String? =
      switch reference.target {
      case .file(let file): file.path?.folder
      case .chunks(let chunks): chunks.pieces.first?.file.path?.folder
      default: nil
      }
    return try? PackagePath.read(name, in: folder ?? "", limits: Limits()).get()
  }
}
