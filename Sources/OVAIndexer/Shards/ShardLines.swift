import Foundation
import OVABasics
import OVAByteSource
import OVACatalog

/// The lines of a part's file, each an object with one member that names its kind:
///
/// `header`, `problem` …, then for each repository `repository` and its folders in the order of their
/// paths, each as `folder`, `package` …, `unowned` …; and `end`.
struct ShardLine: Codable {
  /// Bytes of a line at most: more than a package with the most members that are read has.
  static let longest = 64 << 20

  var header: ShardHeader?
  var problem: ShardProblem?
  var repository: RepositoryLine?
  var folder: FolderLine?
  var package: PackageLine?
  var unowned: UnownedLine?
  var end: EndLine?

  /// The line's bytes with the line feed.
  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}

/// The header of a file: all but the part and the start is the same in all files of a run.
struct ShardHeader: Codable, Hashable {
  static let schema = "ovakit/shard/1.0"

  var schema = Self.schema
  /// The version of the program that wrote it.
  var program: String
  /// The run's id.
  var run: String
  /// The part, from 0.
  var shard: Int
  /// The number of parts.
  var shards: Int
  var depth: Int
  /// The time at which the scan of the part began, in seconds since 1970.
  var started: Int64
  /// The version of the rules and targets.
  var rules: Int
  /// The names of the targets.
  var targets: [String]
  /// True if the targets were given, and are to be the catalog's from now on.
  var choosesTargets: Bool
  /// True if digests were computed.
  var digests: Bool
  var repositories: [ShardRepository]

  enum CodingKeys: String, CodingKey {
    case schema, program, run, shard, shards, depth, started, rules, targets, digests, repositories
    case choosesTargets = "chooses_targets"
  }
}

/// The description of a repository.
struct ShardRepository: Codable, Hashable {
  var dataStore: String
  var root: String
  var folder: String
  var labelBase: String
  var isPublic: Bool
  var owner: String?
  /// Patterns of paths that were left out.
  var excludes: [String]

  enum CodingKeys: String, CodingKey {
    case root, folder, owner, excludes
    case dataStore = "data_store"
    case labelBase = "label_base"
    case isPublic = "public"
  }

  init(_ mapping: RepositoryMapping, excludes: [String]) {
    dataStore = mapping.dataStore
    root = mapping.root
    folder = mapping.folder
    labelBase = mapping.labelBase
    isPublic = mapping.isPublic
    owner = mapping.owner
    self.excludes = excludes
  }

  /// The mapping that it describes.
  func mapping() throws(CatalogError) -> RepositoryMapping {
    try RepositoryMapping(
      dataStore: dataStore, root: root, folder: folder, labelBase: labelBase, isPublic: isPublic,
      owner: owner)
  }
}

/// Something that could not be read.
struct ShardProblem: Codable, Hashable {
  /// A datastore path; in a repository's line a path below its folder.
  var path: String
  var reason: String
}

/// The number of a folder or mount in its file system.
struct ShardIdentity: Codable, Hashable {
  var device: Int64
  var inode: Int64

  init(_ identity: FolderIdentity) {
    device = identity.device
    inode = identity.inode
  }

  var identity: FolderIdentity { FolderIdentity(device: device, inode: inode) }
}

/// The state of a repository that a part saw.
struct RepositoryLine: Codable {
  /// A folder on which another file system is mounted.
  struct Mount: Codable, Hashable {
    var path: String
    var device: Int64?
  }

  /// Its place among the repositories of the header.
  var number: Int
  var folder: ShardIdentity?
  var root: ShardIdentity?
  var mounts: [Mount]
  /// True if nothing at all lies in the walked folder.
  var empty: Bool
  /// Folders and files below the walked folder that could not be looked at.
  var unread: [ShardProblem]
}

/// A folder of the part, as the scan left it.
struct FolderLine: Codable {
  /// The path below the walked folder, with a slash at the end; empty for the walked folder.
  var path: String
  var fingerprint: String?
  var rules: Int?

  var row: FolderRow { FolderRow(path: path, fingerprint: fingerprint, rulesVersion: rules) }
}

/// A package in the folder before it.
struct PackageLine: Codable {
  var name: String
  var state: PackageRow.State
  var detail: String?
  /// The version of the rules that judged it.
  var rules: Int
  /// The version of the rules that found it broken.
  var broken: Int?
  /// True if digests are still to be computed.
  var unhashed: Bool
  var facts: PackageFacts?
  var files: [FileRow]
  var disks: [DiskRow]
  var findings: [FindingRow]
  var verdicts: [VerdictRow]
  var needs: [String]

  /// The package's own file: the archive or the descriptor.
  var anchor: FileRow? { files.first { !$0.isMember && $0.name.isExactly(name) } }

  /// The time at which its content was last written, in seconds since 1970.
  var updated: Int64 {
    (files.lazy.filter { !$0.isMember }.map(\.modified).max() ?? 0).floorSeconds
  }
}

/// A file or link in the folder before it that belongs to no package.
struct UnownedLine: Codable {
  struct Place: Codable {
    var device: Int64
    var inode: Int64
    var links: Int64
    var allocated: Int64
    var linked: Bool
    var doubt: String?
    var needs: [String]
  }

  var name: String
  var kind: String
  var size: Int64
  var modified: Int64
  var detail: String?
  var place: Place?

  init(_ row: UnownedFileRow, name: String) {
    self.name = name
    kind = row.kind
    size = row.size
    modified = row.modified
    detail = row.detail
    place = row.place.map {
      Place(
        device: $0.device, inode: $0.inode, links: $0.links, allocated: $0.allocated,
        linked: $0.isLinked, doubt: $0.doubt, needs: $0.needs.map(\.text))
    }
  }

  func row(in folder: String, _ devices: DeviceNumbers) -> UnownedFileRow {
    UnownedFileRow(
      path: folder + name, kind: kind, size: size, modified: modified, detail: detail,
      place: place.map { place in
        UnownedFileRow.Place(
          device: devices.number(place.device), inode: place.inode, links: place.links,
          allocated: place.allocated, isLinked: place.linked, doubt: place.doubt,
          needs: devices.needs(place.needs))
      })
  }
}

/// The closing line.
struct EndLine: Codable, Hashable {
  var repositories = 0
  var folders = 0
  var packages = 0
  var unowned = 0
  var problems = 0
  /// Files that were looked at.
  var files = 0
  /// Packages whose bytes were read.
  var hashed = 0
  /// Bytes that were read for digests.
  var bytes: UInt64 = 0
  /// True if something could not be read.
  var partial = false
  /// The digest of all bytes before this line.
  var sha256 = ""
}

/// Gives the file systems that several machines see the numbers that one of them has for them.
///
/// A file system that is mounted from a server has another number on each machine, and the catalog
/// tells files of one content from hard links by it.
struct DeviceNumbers {
  private var numbers: [Int64: Int64] = [:]

  /// The numbers stay what they are.
  init() {}

  /// Takes over the numbers of `first` for what `line` tells of the same folders.
  mutating func add(_ line: RepositoryLine, as first: RepositoryLine) {
    func note(_ own: Int64?, _ other: Int64?) {
      guard let own, let other, own != other, numbers[own] == nil else { return }
      numbers[own] = other
    }
    note(line.folder?.device, first.folder?.device)
    note(line.root?.device, first.root?.device)
    for mount in line.mounts {
      note(mount.device, first.mounts.first { $0.path.isExactly(mount.path) }?.device)
    }
  }

  func number(_ device: Int64) -> Int64 { numbers[device] ?? device }

  func files(_ files: [FileRow]) -> [FileRow] {
    guard !numbers.isEmpty else { return files }
    return files.map { file in
      var file = file
      file.device = file.device.map(number)
      return file
    }
  }

  /// Those that this version knows.
  func needs(_ texts: [String]) -> [FileNeed] {
    texts.compactMap { text in
      guard case .file(let device, let inode)? = FileNeed(text: text) else {
        return FileNeed(text: text)
      }
      return .file(device: number(device), inode: inode)
    }
  }
}
