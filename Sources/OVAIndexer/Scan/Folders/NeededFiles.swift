import OVABasics
import OVAByteSource
import OVACatalog
import OVAPackage
import VirtualDisks

/// Finds out what a file on disk needs beside itself: a disk the files of its extents and its
/// parent, a registered machine its disks, a content library all that lies in it.
///
/// Where a name cannot be followed, all that it may mean is needed: a file is never deleted because
/// a reference to it was not understood.
struct NeededFiles {
  /// The data store's root without links in its path, outside of which nothing is opened.
  private let root: String
  private let limits: Limits
  private var seen: Set<String> = []
  private(set) var needs: Set<FileNeed> = []

  /// Chains of parents are followed no further.
  private static let mostFiles = 256
  private static let mostText: UInt64 = 1 << 20

  init(root: String, limits: Limits) {
    self.root = root
    self.limits = limits
  }

  /// Returns whether a file may need others, by its name.
  static func mayNeed(_ name: String) -> Bool {
    let suffix = name.baseAndExtension.suffix
    return disks.contains(suffix) || machines.contains(suffix)
      || libraries.contains(name.lowercased())
  }

  private static let disks: Set<String> = [
    "vmdk", "qcow2", "qcow", "qed", "vhd", "avhd", "vhdx", "avhdx", "vdi",
  ]
  /// Files of a registered machine: what lies beside one is that machine's.
  private static let machines: Set<String> = ["vmx", "vmtx", "vbox", "vmcx", "vmsd", "xva", "pvs"]
  private static let libraries: Set<String> = ["lib.json", "items.json", "item.json"]

  /// Adds what a file needs.
  mutating func add(_ systemPath: String) {
    guard seen.count < Self.mostFiles, seen.insert(systemPath).inserted else { return }
    let parts = systemPath.split(separator: "/", omittingEmptySubsequences: false)
    let name = parts.last.map(String.init) ?? ""
    let folder = String(systemPath.dropLast(name.count))
    let suffix = name.baseAndExtension.suffix
    if Self.libraries.contains(name.lowercased()) {
      addLibrary(systemPath, folder)
    } else if Self.machines.contains(suffix) {
      needs.insert(.folder(folder))
      for name in DiskNames.quoted(in: text(systemPath)) { follow(name, from: folder, .machine) }
    } else if Self.disks.contains(suffix) {
      addDisk(systemPath, folder, suffix)
    }
  }

  /// Adds what a file needs that is a disk, whatever its name says.
  mutating func add(disk systemPath: String, in folder: String) {
    guard seen.insert(systemPath).inserted else { return }
    addDisk(systemPath, folder, systemPath.baseAndExtension.suffix)
  }

  private func text(_ systemPath: String) -> String {
    guard let file = try? FileSource(path: systemPath),
      let bytes = try? file.bytes(at: 0, count: Int(min(file.size, Self.mostText)))
    else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A published library, whose index names the files; a subscriber would miss them.
  private mutating func addLibrary(_ systemPath: String, _ folder: String) {
    let text = text(systemPath)
    if ["vcspVersion", "itemsHref", "selfHref", "vcsp."].contains(where: text.contains) {
      needs.insert(.below(folder))
    }
  }

  private mutating func addDisk(_ systemPath: String, _ folder: String, _ suffix: String) {
    guard let file = try? FileSource(path: systemPath) else {
      needs.insert(.folder(folder))
      return
    }
    guard let disk = try? VirtualDisk.open(file, limits: limits) else { return }
    add(disk, in: folder)
    switch DiskNames.parents(in: file, suffix: suffix) {
    case .none: break
    case .names(let names): for name in names { follow(name, from: folder, .parent) }
    case .unnamed: needs.insert(.suffix(suffix))
    }
  }

  /// Adds what a VMDK needs that was opened already.
  mutating func add(_ disk: VirtualDisk, in folder: String) {
    for name in disk.otherFiles { follow(name, from: folder, .extent) }
    guard let descriptor = disk.descriptor, descriptor.hasParent else { return }
    if let hint = descriptor.parentHint, !hint.isEmpty {
      follow(hint, from: folder, .parent)
    } else {
      needs.insert(.suffix("vmdk"))
    }
  }

  private enum Role { case extent, parent, machine }

  /// Adds the file that a name written in another file means.
  private mutating func follow(_ written: String, from folder: String, _ role: Role) {
    let name = written.replacing("\\", with: "/").replacing("file://", with: "")
    let last = name.split(separator: "/").last.map(String.init) ?? name
    var candidates = ["\(folder)\(last)"]
    if name.hasPrefix("/") {
      candidates.insert(name, at: 0)
    } else if !name.contains(":") {
      candidates.insert("\(folder)\(name)", at: 0)
    }
    for candidate in candidates {
      guard let real = candidate.realPath, real.hasPrefix(root == "/" ? "/" : root + "/"),
        let facts = try? FileFacts.of(path: real), facts.kind == .regular
      else { continue }
      needs.insert(.path(real))
      needs.insert(
        .file(device: Int64(bitPattern: facts.device), inode: Int64(bitPattern: facts.inode)))
      return add(real)
    }
    if !last.isEmpty { needs.insert(.name(last)) }
    // It may be there under a name that was read in the wrong encoding.
    if role == .extent || last.unicodeScalars.contains("\u{FFFD}") { needs.insert(.folder(folder)) }
  }

  /// Adds a file that is meant by its path, whether it is there or not.
  mutating func add(path systemPath: String) {
    guard let real = systemPath.realPath else { return }
    needs.insert(.path(real))
    guard let facts = try? FileFacts.of(path: real) else { return }
    needs.insert(
      .file(device: Int64(bitPattern: facts.device), inode: Int64(bitPattern: facts.inode)))
  }

  mutating func add(_ need: FileNeed) { needs.insert(need) }
}
