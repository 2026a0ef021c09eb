import HTTPTypes
import OVABasics
import OVACatalog

/// What the list's page shows.
struct ListPage {
  var base: String
  var user: String
  var isMine: Bool
  var search: String
  var sort: String
  var hasSearch: Bool
  var scope: String
  var columns: [Column]
  var rows: [Row]
  var total: Int
  var summary: String
  var first: String?
  var previous: String?
  var next: String?
  var last: String?
  var publicLink: String
  var mineLink: String

  /// A heading that sorts.
  struct Column {
    var title: String
    var link: String
    /// `ascending`, `descending` or `none`, as screen readers know it.
    var order: String
    var mark: String
  }

  /// An image.
  struct Row {
    var id: Int64
    var base: String
    var name: String
    var folder: String
    var updated: String
  }

  init(
    base: String, user: String, isMine: Bool, search: String, sort: String?,
    page: Page<Record>, paging: Paging, times: APITime
  ) {
    self.base = base
    self.user = user
    self.isMine = isMine
    self.search = search
    self.sort = sort ?? ""
    hasSearch = !search.isEmpty
    scope = isMine ? "me" : "all"
    total = page.total
    let pages = max(paging.pages(ofTotal: page.total), 1)
    summary =
      page.total == 0
      ? (search.isEmpty ? "No images yet." : "Nothing matches.")
      : "\(page.total) \(page.total == 1 ? "image" : "images"), page \(paging.page) of \(pages)"
    rows = page.rows.map { record in
      Row(
        id: record.id, base: base, name: record.name.inert,
        folder: (record.folder ?? "").inert, updated: times.string(from: record.updatedOn))
    }
    let scope = scope
    func link(sort: String?, page: Int, search: String, scope: String) -> String {
      var parts: [String] = []
      if scope == "me" { parts.append("of=me") }
      if !search.isEmpty { parts.append("q=\(URLText.encoded(search))") }
      if let sort { parts.append("sort=\(URLText.encoded(sort))") }
      if page > 1 { parts.append("page=\(page)") }
      return "\(base)/\(parts.isEmpty ? "" : "?")\(parts.joined(separator: "&"))"
    }
    columns = [("Name", "name"), ("Folder", "folder"), ("Updated", "updated_on")].map { column in
      let (title, field) = column
      let isUp = sort == "\(field),asc" || sort == field
      let isDown = sort == "\(field),desc"
      return Column(
        title: title,
        link: link(
          sort: "\(field),\(isUp ? "desc" : "asc")", page: 1, search: search, scope: scope),
        order: isUp ? "ascending" : isDown ? "descending" : "none",
        mark: isUp ? "▲" : isDown ? "▼" : "")
    }
    func pageLink(_ number: Int) -> String {
      link(sort: sort, page: number, search: search, scope: scope)
    }
    first = paging.page > 1 ? pageLink(1) : nil
    previous = paging.page > 1 ? pageLink(min(paging.page - 1, pages)) : nil
    next = paging.page < pages ? pageLink(paging.page + 1) : nil
    last = paging.page < pages ? pageLink(pages) : nil
    publicLink = link(sort: nil, page: 1, search: "", scope: "all")
    mineLink = link(sort: nil, page: 1, search: "", scope: "me")
  }
}

/// What an image's page shows.
struct ImagePage {
  var base: String
  var user: String
  var name: String
  var facts: [Fact]
  var disks: [DiskRow]
  var hasDisks: Bool
  var findings: [FindingRow]
  var hasFindings: Bool
  var wasJudged: Bool
  var files: [Fact]
  var hasFiles: Bool

  /// A line of a table.
  struct Fact {
    var name: String
    var value: String
  }

  init(base: String, user: String, package: PackageRow, times: APITime) {
    self.base = base
    self.user = user
    let record = package.record
    name = record.name.inert
    func size(_ bytes: Int64) -> String { ByteCount(UInt64(clamping: bytes)).description }
    var facts = [
      Fact(name: "Path", value: record.path.inert),
      Fact(name: "Added", value: times.string(from: record.createdOn)),
      Fact(name: "Updated", value: times.string(from: record.updatedOn)),
      Fact(name: "State", value: (package.stateDetail ?? package.state.rawValue).inert),
    ]
    if let known = package.facts {
      let rows: [(String, String?)] = [
        ("Product", known.product), ("Vendor", known.vendor), ("Version", known.version),
        ("Guest system", known.guestSystem), ("Hardware", known.hardwareFamily),
        ("Firmware", known.firmware), ("Virtual systems", "\(known.systems)"),
        ("CPUs", known.virtualCPUs.map { "\($0)" }), ("Memory", known.memory.map(size)),
        ("Network adapters", "\(known.networkAdapters)"), ("Size", size(known.size)),
      ]
      facts += rows.compactMap { row in row.1.map { Fact(name: row.0, value: $0.inert) } }
    }
    self.facts = facts
    disks = package.disks
    hasDisks = !package.disks.isEmpty
    findings = package.findings
    hasFindings = !package.findings.isEmpty
    wasJudged = package.facts != nil
    files = package.files.map { Fact(name: $0.name.inert, value: size($0.size)) }
    hasFiles = !package.files.isEmpty
  }
}

/// What the sign-in page shows.
struct SignInPage {
  var base: String
  var message: String?
}

/// What the page of the API shows.
struct DocsPage {
  var base: String
  var user: String
  var operations: [Operation]

  /// One thing that can be done.
  struct Operation {
    var method: String
    var path: String
    var summary: String
    var parameters: [Parameter]
  }

  /// A parameter of the query.
  struct Parameter {
    var name: String
    var about: String
  }

  init(base: String, user: String) {
    self.base = base
    self.user = user
    operations = Routes.all.flatMap { route -> [Operation] in
      if case .page = route.access { return [] }
      return route.operations.map { operation in
        Operation(
          method: operation.method.rawValue, path: route.path, summary: operation.summary,
          parameters: operation.parameters.map { Parameter(name: $0.name, about: $0.about) })
      }
    }
  }
}
