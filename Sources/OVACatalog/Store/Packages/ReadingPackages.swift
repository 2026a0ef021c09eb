import OVABasics

/// The stored facts by which a scanner sees whether a package changed.
public struct KnownPackage: Hashable, Sendable {
  /// The image's id.
  public var id: Int64
  /// The datastore path.
  public var path: String
  /// The state of the package.
  public var state: PackageRow.State
  /// The version of the rules that judged it; nil when it was only imported or is unreadable.
  public var rulesVersion: Int?
  /// The version of the rules that found its content broken; nil when it was read, or when what
  /// kept it from being read may pass.
  public var brokenFor: Int?
  /// Its files, without their digests.
  public var files: [FileRow]
}

extension CatalogReader {
  /// Everything kept of a package; nil when there is none of that id in the scope.
  public func package(id: Int64, scope: ImageQuery.Scope) throws -> PackageRow? {
    guard let record = try record(id: id, scope: scope),
      let image = try Row.fetchOne(
        db.cachedStatement(
          sql: "SELECT owner, repository, state, state_detail, broken_for FROM images WHERE id = ?"),
        arguments: [id])
    else { return nil }
    var package = PackageRow(
      record: record, owner: image[0], repository: image[1],
      state: PackageRow.State(rawValue: image[2]) ?? .unreadable, stateDetail: image[3])
    package.brokenFor = image[4]
    let facts = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT format, product, vendor, version, guest_system, hardware_family, firmware,
            systems, virtual_cpus, memory_bytes, network_adapters, size_bytes, document,
            rules_version
          FROM packages WHERE image = ?
          """), arguments: [id])
    if let facts {
      package.facts = PackageFacts(facts)
      package.rulesVersion = facts[13]
    }
    package.files = try files(of: id)
    package.disks = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT name, file, format, capacity_bytes, size_bytes, slot
          FROM disks WHERE image = ? ORDER BY number
          """), arguments: [id]
    ).map {
      DiskRow(name: $0[0], file: $0[1], format: $0[2], capacity: $0[3], size: $0[4], slot: $0[5])
    }
    package.findings = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT rule, rule_version, severity, file, line, message, fix
          FROM findings WHERE image = ? ORDER BY number
          """), arguments: [id]
    ).map {
      FindingRow(
        rule: $0[0], ruleVersion: $0[1], severity: $0[2], file: $0[3], line: $0[4],
        message: $0[5], fix: $0[6])
    }
    package.verdicts = try verdicts(of: id)
    return package
  }

  /// The files of a package with the digests that still hold, members after files.
  public func files(of id: Int64) throws -> [FileRow] {
    var files: [FileRow] = []
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT f.name, f.member, f.size_bytes, f.modified_ns, f.changed_ns, f.inode,
            f.device, f.links, f.allocated_bytes, f.linked, d.algorithm, d.digest
          FROM files f LEFT JOIN digests d
            ON d.image = f.image AND d.member = f.member AND d.name = f.name
          WHERE f.image = ? ORDER BY f.member, f.name, d.algorithm
          """), arguments: [id])
    while let row = try rows.next() {
      let file = FileRow(row)
      let isSame = files.last.map {
        $0.isMember == file.isMember && $0.name.isExactly(file.name)
      }
      if isSame != true {
        files.append(file)
        files[files.count - 1].takePlace(row, from: 6)
      }
      if let algorithm: String = row[10] { files[files.count - 1].digests[algorithm] = row[11] }
    }
    return files
  }

  /// The packages, gone or not, that have a file of this inode, size and time: before a rename.
  public func packages(withFileLike file: FileRow) throws -> [Int64] {
    try Int64.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT DISTINCT image FROM files
          WHERE inode = ? AND member = 0 AND size_bytes = ? AND modified_ns = ? ORDER BY image
          """), arguments: [file.inode, file.size, file.modified])
  }

  /// The id of a path, gone or not, and whether it is gone.
  public func image(dataStore: String, path: String) throws -> (id: Int64, isGone: Bool)? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT id, gone_at IS NOT NULL FROM images WHERE data_store = ? AND path = ?"),
      arguments: [dataStore, path]
    ).map { ($0[0], $0[1]) }
  }
}

extension PackageFacts {
  init(_ row: Row) {
    self.init()
    format = row[0]
    product = row[1]
    vendor = row[2]
    version = row[3]
    guestSystem = row[4]
    hardwareFamily = row[5]
    firmware = row[6]
    systems = row[7]
    virtualCPUs = row[8]
    memory = row[9]
    networkAdapters = row[10]
    size = row[11]
    document = row[12]
  }
}

extension FileRow {
  /// Takes device, links, allocated bytes and whether it is linked, in this order.
  mutating func takePlace(_ row: Row, from index: Int) {
    device = row[index]
    links = row[index + 1]
    allocated = row[index + 2]
    isLinked = row[index + 3]
  }

  /// Takes name, member, size, modified, changed and inode, in this order.
  init(_ row: Row) {
    self.init(
      name: row[0], isMember: row[1], size: row[2], modified: row[3], changed: row[4],
      inode: row[5])
  }
}
