/// The change of one image between two scans.
public struct CatalogChange: Hashable, Sendable {
  /// The image's id.
  public var id: Int64
  /// The datastore path of the package.
  public var path: String
  /// The change.
  public var change: SaveResult.Change
  /// The path before a rename.
  public var detail: String?
  /// The last scan that changed it.
  public var scan: Int64
}

extension CatalogReader {
  /// Returns the changes after one scan, up to and with another, each image once, by path: an image
  /// that was added and removed is left out, and one that was added and changed was added.
  public func changes(after first: Int64, upTo last: Int64) throws -> [CatalogChange] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT i.id, i.path, c.change, c.detail, c.scan
        FROM scan_changes c JOIN images i ON i.id = c.image
        WHERE c.scan > ? AND c.scan <= ? ORDER BY i.path, i.id, c.scan
        """, arguments: [first, last])
    var result: [CatalogChange] = []
    while let row = try rows.next() {
      let next = CatalogChange(
        id: row[0], path: row[1], change: SaveResult.Change(rawValue: row[2]) ?? .changed,
        detail: row[3], scan: row[4])
      guard let before = result.last, before.id == next.id else {
        result.append(next)
        continue
      }
      result.removeLast()
      if let both = before.followed(by: next) { result.append(both) }
    }
    return result
  }
}

extension CatalogChange {
  /// Both changes as one; nil when the second undoes the first.
  fileprivate func followed(by next: CatalogChange) -> CatalogChange? {
    var both = next
    switch (change, next.change) {
    case (.added, .gone), (.renamed, .gone), (.returned, .gone): return nil
    case (.added, _), (.renamed, _), (.returned, .changed):
      both.change = change
      both.detail = detail
    case (.gone, .returned): both.change = .changed
    default: break
    }
    return both
  }
}
