// What many packages have is asked for, and written, in a few statements: each is a way to a server
// and back.

extension CatalogReader {
  /// The files of images with their digests, and the facts that each digest was computed at.
  func filesOnServer(
    of ids: [Int64]
  ) throws -> [Int64: (files: [FileRow], digests: [KeptDigest])] {
    guard !ids.isEmpty else { return [:] }
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT f.name, f.member, f.size_bytes, f.modified_ns, f.changed_ns, f.inode,
            f.device, f.links, f.allocated_bytes, f.linked, f.image, d.algorithm, d.digest,
            d.size_bytes, d.modified_ns, d.inode, d.computed_on
          FROM files f LEFT JOIN digests d
            ON d.image = f.image AND d.member = f.member AND d.name = f.name
          WHERE f.image = ANY (?::bigint[]) ORDER BY f.image, f.member, f.name, d.algorithm
          """), arguments: [PostgreSQLText.array(of: ids)])
    var result: [Int64: (files: [FileRow], digests: [KeptDigest])] = [:]
    while let row = try rows.next() {
      let id: Int64 = row[10]
      var (files, digests) = result.removeValue(forKey: id) ?? ([], [])
      var file = FileRow(row)
      if files.last?.key != file.key {
        file.takePlace(row, from: 6)
        files.append(file)
      }
      if let algorithm: String = row[11] {
        files[files.count - 1].digests[algorithm] = row[12]
        let facts = FileRow(
          name: file.name, isMember: file.isMember, size: row[13], modified: row[14],
          inode: row[15])
        digests.append(
          KeptDigest(file: facts, algorithm: algorithm, digest: row[12], computedOn: row[16]))
      }
      result[id] = (files, digests)
    }
    return result
  }

  /// The severities of the findings of images.
  func findingsOnServer(
    of ids: [Int64]
  ) throws -> [Int64: [CatalogWriter.FindingKey: String]] {
    guard !ids.isEmpty else { return [:] }
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT rule, file, message, severity, image FROM findings
          WHERE image = ANY (?::bigint[])
          """), arguments: [PostgreSQLText.array(of: ids)])
    var result: [Int64: [CatalogWriter.FindingKey: String]] = [:]
    while let row = try rows.next() {
      result[row[4], default: [:]][CatalogWriter.FindingKey(row)] = row[3]
    }
    return result
  }
}

/// The results of reading the bytes of a package.
public struct DigestSave: Sendable {
  /// The image's id.
  public var id: Int64
  /// The files, with their digests at the facts given.
  public var files: [FileRow]
  /// The findings that hold now.
  public var findings: [FindingRow]
  /// The verdicts of targets that hold now.
  public var verdicts: [VerdictRow]
  /// True if nothing is left to be computed.
  public var isWhole: Bool

  /// Makes one from its parts.
  public init(
    id: Int64, files: [FileRow], findings: [FindingRow], verdicts: [VerdictRow], isWhole: Bool
  ) {
    self.id = id
    self.files = files
    self.findings = findings
    self.verdicts = verdicts
    self.isWhole = isWhole
  }
}

extension CatalogWriter {
  /// Stores what reading the bytes of packages has shown, as ``saveDigests(of:files:now:)`` and
  /// ``rejudge(_:findings:verdicts:rulesVersion:scan:)`` do of one. A server is asked once for all of
  /// them.
  /// - Parameter saves: in their order; a package that is there twice, since it was moved, is stored
  ///   twice.
  public func save(_ saves: [DigestSave], rulesVersion: Int, scan: Int64, now: Int64) throws {
    let ids = saves.map(\.id)
    // One statement changes no row twice.
    guard case .postgresql(let connection) = db.connection, saves.count > 1,
      Set(ids).count == ids.count
    else {
      for save in saves {
        try saveDigests(of: save.id, files: save.files, now: now)
        try rejudge(
          save.id, findings: save.findings, verdicts: save.verdicts, rulesVersion: rulesVersion,
          scan: scan)
        if save.isWhole { try setUnhashed(save.id, false) }
      }
      return
    }
    let part = PostgreSQLConnection.Part.packages("image", ids)
    let judged = try judgedOnServer(ids, before: scan)
    let known = try reader.filesOnServer(of: ids)
    let old = try reader.findingsOnServer(of: judged.sorted())
    var digests: [[(any ColumnValue)?]] = []
    for save in saves {
      let files = (known[save.id]?.files ?? []).byKey
      // Of two files with one name the last one's digests stay.
      var rows: [FileRow.Key: [String: KeptDigest]] = [:]
      for file in save.files where files[file.key]?.hasSameContentFacts(as: file) == true {
        for (algorithm, digest) in file.digests {
          rows[file.key, default: [:]][algorithm] = KeptDigest(
            file: file, algorithm: algorithm, digest: digest, computedOn: now)
        }
      }
      digests += rows.values.flatMap(\.values).map { $0.row(of: save.id) }
      if judged.contains(save.id) {
        try noteFindings(
          of: save.id, from: old[save.id] ?? [:], to: save.findings, in: scan, repaired: true)
      }
    }
    try connection.replace(digests, in: .digests, part: part, keepsOthers: true)
    try connection.replace(
      saves.flatMap { save in save.findings.enumerated().map { $1.row($0, of: save.id) } },
      in: .findings, part: part)
    try connection.replace(
      saves.flatMap { try Self.lastRows(of: $0.id, $0.verdicts) }, in: .verdicts, part: part)
    _ = try connection.execute(
      """
      UPDATE packages SET rules_version = CAST(?1 AS BIGINT)
      WHERE image = ANY (?2::bigint[]) AND rules_version <> CAST(?1 AS BIGINT)
      """, [rulesVersion, PostgreSQLText.array(of: ids)], keeps: true)
    try connection.replace(
      [], in: CopiedTable("unhashed", key: ["image"]),
      part: .packages("image", saves.filter(\.isWhole).map(\.id)))
  }

  /// Those of some packages that were judged before a scan, and not first by it.
  private func judgedOnServer(_ ids: [Int64], before scan: Int64) throws -> Set<Int64> {
    try Set(
      Int64.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT i.id FROM images i
            WHERE i.id = ANY (?1::bigint[]) AND \(Self.wasJudged(before: "CAST(?2 AS BIGINT)"))
            """), arguments: [PostgreSQLText.array(of: ids), scan]))
  }

  /// The values of the columns of `verdicts`; of one target the last verdict stays.
  static func lastRows(
    of id: Int64, _ verdicts: [VerdictRow]
  ) throws -> [[(any ColumnValue)?]] {
    let last = Dictionary(verdicts.enumerated().map { ($1.target, $0) }) { $1 }
    return try rows(of: id, verdicts).enumerated()
      .filter { last[verdicts[$0.offset].target] == $0.offset }.map(\.element)
  }
}
