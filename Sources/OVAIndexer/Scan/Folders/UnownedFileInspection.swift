import OVABasics
import OVAByteSource
import OVACatalog

/// Notes of what belongs to no package all that is needed to say later whether it may go.
struct UnownedFileInspection {
  let folder: RepositoryWalk.Folder
  let context: ScanContext
  let repository: ScannedRepository

  /// The reason not to advise anything about a new file: it may be an upload that goes on.
  static let young = "it was written moments ago"
  /// The reason not to advise anything about a file that lies elsewhere: who else uses it is not known.
  static let elsewhere = "it lies elsewhere than on this machine"

  func row(of file: FolderContents.File) -> UnownedFileRow {
    let isLinked = folder.isLinked || file.isLinked
    var needs: [FileNeed] = []
    if !isLinked, !repository.mapping.isRemote, NeededFiles.mayNeed(file.name) {
      needs = context.needs(
        of: repository.realPath(ofFolder: folder.path) + file.name, root: repository.realRoot)
    }
    return UnownedFileRow(
      path: folder.path + file.name, kind: "file", size: Int64(clamping: file.facts.size),
      modified: file.facts.modified,
      place: place(file.facts, isLinked: isLinked, doubt: folder.doubt ?? doubt(file.facts), needs))
  }

  func row(of link: FolderContents.LostLink) -> UnownedFileRow {
    let systemPath = folder.systemPath + link.name
    let facts = try? FileFacts.of(path: systemPath, followsLinks: false)
    var needs: [FileNeed] = []
    var doubt: String? = folder.doubt
    switch link.kind {
    case .leadsOut:
      // It may lead into another repository, whose audit has to know.
      var needed = NeededFiles(root: "/", limits: context.options.limits)
      needed.add(path: systemPath)
      if let real = systemPath.realPath, (try? FileFacts.of(path: real))?.kind == .folder {
        needed.add(.below(real + "/"))
      }
      needs = needed.needs.sorted { $0.text < $1.text }
      doubt = doubt ?? "what it leads to is elsewhere"
    case .brokenLink: doubt = doubt ?? brokenLinkDoubt(systemPath)
    case .loop, .unreadable: doubt = doubt ?? "it leads somewhere"
    }
    return UnownedFileRow(
      path: folder.path + link.name, kind: link.kind.rawValue, size: 0, modified: 0,
      detail: link.reason,
      place: facts.map { place($0, isLinked: folder.isLinked, doubt: doubt, needs) })
  }

  private func place(
    _ facts: FileFacts, isLinked: Bool, doubt: String?, _ needs: [FileNeed]
  ) -> UnownedFileRow.Place {
    UnownedFileRow.Place(
      device: Int64(bitPattern: facts.device), inode: Int64(bitPattern: facts.inode),
      links: Int64(clamping: facts.links), allocated: Int64(clamping: facts.allocated),
      isLinked: isLinked, doubt: doubt, needs: needs)
  }

  private func doubt(_ facts: FileFacts) -> String? {
    let age = context.options.clock().subtractingReportingOverflow(facts.modified)
    let settle = Int64(context.options.settle * 1_000_000_000)
    return !age.overflow && age.partialValue < settle && age.partialValue > -settle
      ? Self.young : nil
  }

  /// Returns the reason why a link that leads nowhere may lead somewhere again; nil when the folder
  /// of its target was seen and lies in the repository.
  private func brokenLinkDoubt(_ systemPath: String) -> String? {
    let away = "the folder that it leads to is not there now"
    guard let target = systemPath.linkTarget else { return away }
    let slash = target.utf8.lastIndex(of: UInt8(ascii: "/"))
    let above = slash.map { String(target[...$0]) } ?? ""
    let path = above.hasPrefix("/") ? above : folder.systemPath + above
    guard let real = path.realPath,
      real == repository.realRoot || real.hasPrefix(repository.realRoot + "/"),
      let listing = try? FolderListing.of(path: real), !listing.entries.isEmpty
    else { return away }
    return nil
  }
}
