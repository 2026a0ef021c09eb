extension CatalogStore {
  /// Indexes a folder with everything below it: reads what changed since the last time, and stores
  /// each package with its hardware, disks, digests and findings.
  ///
  /// Blocks the calling thread until it is done.
  /// - Parameters:
  ///   - folder: the folder, by its absolute path.
  ///   - dataStore: the name that records give to the folder.
  ///   - options: what is read, what is left out, how many packages at a time.
  ///   - progress: called with how far the scan is, from any thread.
  /// - Throws: `IndexError` when another scan works on the catalog; `CatalogError` when the catalog
  ///   cannot be read or written, or the name or folder cannot be used.
  @discardableResult
  public func index(
    folder: String, dataStore: String, options: ScanOptions = ScanOptions(),
    progress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) throws -> ScanSummary {
    let mapping = try RepositoryMapping(dataStore: dataStore, root: folder, isPublic: true)
    return try RepositoryScan(store: self, mappings: [mapping], options: options)
      .run(progress: progress)
  }

  /// Finds images.
  /// - Parameters:
  ///   - filter: conditions in the language of the image API, `name,like,ubu%;public,eq,true`; all
  ///     images when nil.
  ///   - sort: keys in the language of the image API, `path,asc;id,desc`; in the order of the catalog when nil.
  ///   - times: how times in the filter are read.
  ///   - paging: the page; all when nil.
  /// - Throws: `CatalogError` when the filter or sort is malformed, or the catalog cannot be read.
  public func images(
    matching filter: String? = nil, sort: String? = nil, times: APITime = APITime(zone: .utc),
    paging: Paging? = nil
  ) throws -> Page<Record> {
    let query = ImageQuery(
      scope: .all, filter: try Filter(filter, times: times), sort: try Sort(sort))
    return try read { try $0.page(query, paging: paging) }
  }
}

extension Record {
  /// Writes the record as the image API shows it, in JSON, with times in UTC.
  public func json() -> [UInt8] { json(times: APITime(zone: .utc)) }
}
