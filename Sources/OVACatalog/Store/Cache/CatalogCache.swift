import OVATime

/// The cache of a catalog: totals, orders and pages of lists, and tokens, for one state of it.
///
/// Counting a million rows costs more than showing a hundred of them, and a page far down costs
/// walking all before it; both are done once a state of the list. A token is looked up for each
/// request, and must open nothing once it is revoked: it is kept until the next write of any kind.
struct CatalogCache {
  private var generation: Int64 = -1
  private var totals: [ImageQuery: Int] = [:]
  private var orders: [ImageQuery: [Int64]] = [:]
  private var anchors: [ImageQuery: [[FieldValue]]] = [:]
  private var pages: [PageKey: RenderedPage] = [:]
  private var pageBytes = 0
  private var tokens: [[UInt8]: TokenRow] = [:]
  private var tokensVersion: DataVersion?

  struct PageKey: Hashable {
    var query: ImageQuery
    var paging: Paging?
    var times: APITime
  }

  /// Numbers kept at most: 32 MiB of ids.
  private static let mostIDs = 4 << 20
  private static let mostTotals = 1024
  private static let mostOrders = 256
  private static let mostAnchors = 1 << 16
  private static let mostPageBytes = 4 << 20
  private static let mostTokens = 4096

  func token(_ hash: [UInt8], at version: DataVersion) -> TokenRow? {
    version == tokensVersion ? tokens[hash] : nil
  }

  mutating func keep(_ token: TokenRow, _ hash: [UInt8], at version: DataVersion) {
    if version != tokensVersion || tokens.count >= Self.mostTokens {
      tokens.removeAll(keepingCapacity: true)
      tokensVersion = version
    }
    tokens[hash] = token
  }

  func page(_ key: PageKey, generation: Int64) -> RenderedPage? {
    generation == self.generation ? pages[key] : nil
  }

  mutating func keep(page: RenderedPage, _ key: PageKey, generation: Int64) {
    // An unpaged list may be of any length; a few of them would throw out all that is useful.
    let size = page.json.count
    guard size <= Self.mostPageBytes / 16, advance(to: generation) else { return }
    if pageBytes + size > Self.mostPageBytes {
      pages.removeAll(keepingCapacity: true)
      pageBytes = 0
    }
    pageBytes += size + 512
    pages[key] = page
  }

  func total(of query: ImageQuery, generation: Int64) -> Int? {
    generation == self.generation ? totals[query] : nil
  }

  func order(of query: ImageQuery, generation: Int64) -> [Int64]? {
    generation == self.generation ? orders[query] : nil
  }

  mutating func keep(total: Int, of query: ImageQuery, generation: Int64) {
    guard advance(to: generation) else { return }
    if totals.count >= Self.mostTotals { totals.removeAll(keepingCapacity: true) }
    totals[query] = total
  }

  mutating func keep(order: [Int64], of query: ImageQuery, generation: Int64) {
    guard advance(to: generation), order.count <= Self.mostIDs else { return }
    let kept = orders.values.reduce(0) { $0 + $1.count }
    if kept + order.count > Self.mostIDs || orders.count >= Self.mostOrders {
      orders.removeAll()
    }
    orders[query] = order
  }

  /// The values that rows at even distances in a list are ordered by, from its beginning on.
  func anchors(of query: ImageQuery, generation: Int64) -> [[FieldValue]] {
    generation == self.generation ? anchors[query] ?? [] : []
  }

  mutating func keep(anchors new: [[FieldValue]], of query: ImageQuery, generation: Int64) {
    // Another one may have walked further.
    guard advance(to: generation), new.count > anchors[query]?.count ?? 0 else { return }
    let kept = anchors.values.reduce(0) { $0 + $1.count }
    if kept + new.count > Self.mostAnchors { anchors.removeAll() }
    anchors[query] = new
  }

  /// Discards what was cached of an older state; false when the answer itself is of an older state.
  private mutating func advance(to generation: Int64) -> Bool {
    guard generation >= self.generation else { return false }
    if generation > self.generation {
      totals.removeAll(keepingCapacity: true)
      orders.removeAll()
      anchors.removeAll()
      pages.removeAll(keepingCapacity: true)
      pageBytes = 0
      self.generation = generation
    }
    return true
  }
}
