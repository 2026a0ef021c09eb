/// A table as it is filled: its name and its columns, those of its key first.
struct CopiedTable {
  let name: String
  /// The columns that tell a row from all others.
  let key: [String]
  var columns: [String]

  init(_ name: String, key: [String], _ others: [String] = []) {
    self.name = name
    self.key = key
    columns = key + others
  }

  static let repositories = CopiedTable(
    "repositories", key: ["id"],
    [
      "data_store", "root", "folder", "label_base", "public", "owner", "device", "inode",
      "root_device", "root_inode", "last_scan", "complete_scan",
    ])
  static let images = CopiedTable(
    "images", key: ["id"],
    [
      "data_store", "path", "name", "folder", "label", "public", "owner", "created_on",
      "updated_on", "position", "gone_at", "repository", "state", "state_detail", "broken_for",
    ])
  static let files = CopiedTable(
    "files", key: ["image", "member", "name"],
    [
      "size_bytes", "modified_ns", "changed_ns", "inode", "device", "links", "allocated_bytes",
      "linked",
    ])
  static let digests = CopiedTable(
    "digests", key: ["image", "member", "name", "algorithm"],
    ["digest", "size_bytes", "modified_ns", "inode", "computed_on"])
  static let disks = CopiedTable(
    "disks", key: ["image", "number"],
    ["name", "file", "format", "capacity_bytes", "size_bytes", "slot"])
  static let findings = CopiedTable(
    "findings", key: ["image", "number"],
    ["rule", "rule_version", "severity", "file", "line", "message", "fix"])
  static let needs = CopiedTable("needs", key: ["image", "need"])
  static let folders = CopiedTable(
    "folders", key: ["repository", "path"], ["fingerprint", "rules_version", "scan"])
  static let strays = CopiedTable(
    "strays", key: ["repository", "folder", "name"],
    ["kind", "size_bytes", "modified_ns", "detail"])
  static let strayPlaces = CopiedTable(
    "stray_places", key: ["repository", "folder", "name"],
    ["device", "inode", "links", "allocated_bytes", "linked", "doubt", "needs"])
  static let verdicts = CopiedTable(
    "verdicts", key: ["image", "target"], ["number", "verdict", "reasons"])
  static let targets = CopiedTable("targets", key: ["number"], ["name"])

  /// Everything a catalog holds, each table after those that its rows refer to.
  static let all = [
    repositories,
    images,
    CopiedTable("packages", key: ["image"], CatalogWriter.factColumns + ["further"]),
    files,
    digests,
    disks,
    findings,
    needs,
    CopiedTable("unhashed", key: ["image"]),
    folders,
    CopiedTable("mounts", key: ["repository", "path"]),
    strays,
    strayPlaces,
    targets,
    verdicts,
    CopiedTable(
      "scans", key: ["id"],
      [
        "started_on", "finished_on", "packages", "added", "changed", "gone", "errors", "partial",
      ]),
    CopiedTable("scan_changes", key: ["scan", "image"], ["change", "detail"]),
    CopiedTable("scan_errors", key: ["scan", "number"], ["path", "reason"]),
    CopiedTable(
      "scan_findings", key: ["scan", "image", "rule", "file", "message"], ["severity", "change"]),
    CopiedTable(
      "scan_totals", key: ["scan"],
      ["packages", "bytes", "errors", "warnings", "with_errors", "unreadable"]),
    CopiedTable(
      "tokens", key: ["id"],
      ["hash", "owner", "name", "created_on", "expires_on", "last_used_on", "revoked_on"]),
    CopiedTable(
      "sync_requests", key: ["id"],
      [
        "username", "status", "type", "task_id", "added", "deleted", "errors", "warnings",
        "created_on", "updated_on",
      ]),
    CopiedTable("letters", key: ["request"], ["created_on", "attempts", "due_on", "failure"]),
  ]
}
