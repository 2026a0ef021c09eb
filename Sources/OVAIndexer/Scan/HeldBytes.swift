import OVACatalog

extension [FileRow] {
  /// About how many bytes of memory they take.
  var heldBytes: Int { reduce(0) { $0 + 450 + $1.name.utf8.count } }
}

extension [FindingRow] {
  /// About how many bytes of memory they take.
  var heldBytes: Int {
    reduce(0) { $0 + 250 + $1.message.utf8.count + ($1.fix?.utf8.count ?? 0) }
  }
}

extension PackageJob.Outcome {
  /// About how many bytes of memory it takes.
  var heldBytes: Int {
    guard case .save(let row, _, _) = kind else { return 500 }
    return 500 + row.files.heldBytes + row.findings.heldBytes + 300 * row.disks.count
      + 400 * row.verdicts.count + 200 * row.needs.count + (row.facts?.document.utf8.count ?? 0)
  }
}
