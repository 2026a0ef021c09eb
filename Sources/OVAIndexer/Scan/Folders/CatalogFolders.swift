import OVABasics
import OVACatalog

/// The folders that the catalog knows of a repository, in the order in which they are walked; a
/// page of them is in memory at a time.
struct CatalogFolders {
  private static let pageLength = 1000

  private let context: ScanContext
  private let repository: ScannedRepository
  private var page: ArraySlice<FolderRow> = []
  private var last: String?
  private var isOver = false

  init(context: ScanContext, repository: ScannedRepository) {
    self.context = context
    self.repository = repository
  }

  /// Hands over the folders before this one, which the walk did not meet, and returns what is known
  /// of this one; nil when nothing is.
  mutating func advance(
    to path: String, missed: (FolderRow) throws -> Void
  ) throws -> FolderRow? {
    while let next = try next() {
      let order = next.path.compareBytes(path)
      if order > 0 { return nil }
      page.removeFirst()
      if order == 0 { return next }
      try missed(next)
    }
    return nil
  }

  /// Hands over all that are left.
  mutating func finish(missed: (FolderRow) throws -> Void) throws {
    while let next = try next() {
      page.removeFirst()
      try missed(next)
    }
  }

  private mutating func next() throws -> FolderRow? {
    if page.isEmpty, !isOver {
      let rows = try context.store.read { [last] in
        try $0.folders(
          repository: repository.id, after: last, notOf: context.scan, limit: Self.pageLength)
      }
      page = rows[...]
      last = rows.last?.path
      isOver = rows.count < Self.pageLength
    }
    return page.first
  }
}
