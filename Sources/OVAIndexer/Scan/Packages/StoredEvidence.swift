import OVABasics
import OVACatalog
import OVAIntegrity
import OVAPackage
import OVFXML

extension PackageReading {
  /// Returns whether a row is a file whose bytes digests are computed of.
  private func isHashed(_ row: FileRow) -> Bool { row.isMember == package.isArchive }

  /// Evidence made of digests that are known; nil when some are not.
  func evidence(of rows: [FileRow]) -> Evidence? {
    // Of chunks and compressed files more is judged than digests.
    let needsBytes = package.references.contains { reference in
      if case .chunks = reference.target { return true }
      return reference.isCompressed
    }
    guard !needsBytes else { return nil }
    var known: [String: [String: String]] = [:]
    for row in rows where isHashed(row) { known[row.name] = row.digests }
    var algorithms: Set<DigestAlgorithm> = []
    var result: [PackagePath: (size: UInt64, digests: [DigestValue])] = [:]
    for file in package.files {
      guard let path = file.path, file.source != nil, file.kind == .file else { continue }
      let digests = (known[path.text] ?? [:]).compactMap { name, hex in
        DigestAlgorithm(rawValue: name.uppercased()).flatMap { DigestValue($0, hex: hex) }
      }
      guard digests.contains(where: { $0.algorithm == .sha256 }) else { return nil }
      algorithms.formUnion(digests.map(\.algorithm))
      result[path] = (file.storedSize, digests.sorted { $0.algorithm < $1.algorithm })
    }
    let entries = package.manifest?.manifest.entries ?? []
    let named = Set(entries.flatMap(\.claim.algorithms))
    return named.isSubset(of: algorithms) ? Evidence(stored: result, of: package) : nil
  }

  /// Adds to rows the digests that a reading has shown.
  func add(_ evidence: Evidence, to rows: inout [FileRow]) {
    var seen: [ExactName: FileEvidence] = [:]
    for (path, file) in evidence.files { seen[ExactName(path.text)] = file }
    // What is there of a file that was cut has a digest, which is no digest of the file.
    for file in package.files where file.storedSize < file.size { seen[ExactName(file.name)] = nil }
    for index in rows.indices where isHashed(rows[index]) {
      guard let found = seen[ExactName(rows[index].name)] else { continue }
      rows[index].digests = Dictionary(
        found.digests.map { ($0.algorithm.name.lowercased(), $0.hex) }
      ) { first, _ in first }
    }
  }
}
