/// The parts of the report below its first figures: packages, charts, the trend, pages, targets.
extension AuditReport {
  /// A package with its hardware, files and findings.
  package struct Package: Sendable {
    package var id: Int64 = 0
    package var path = ""
    package var state = ""
    package var stateDetail: String?
    package var product = ""
    package var guest = ""
    package var hardware = ""
    package var bytes: Int64 = 0
    package var updated = ""
    /// Seconds since 1970.
    package var updatedOn: Int64 = 0
    package var errors = 0
    package var warnings = 0
    /// The change that the last scan made; nil when it left it alone.
    package var change: String?
    package var disks: [[String]] = []
    package var files: [[String]] = []
    package var findings: [Finding] = []
    /// The verdict of each target: its id and the verdict's word for programs.
    package var verdicts: [(target: String, verdict: String)] = []
    /// Disks, files and findings that the catalog has and `disks`, `files`, `findings` have not.
    package var leftOut = 0

    package init() {}
  }

  /// Bars of a chart, each a part of one whole.
  package struct Chart: Sendable {
    let title: String
    /// The unit of the bars: `packages`.
    let unit: String
    let bars: [(label: String, count: Int)]
    /// The values that have no bar of their own, as one bar: the number of values, and of their
    /// packages.
    let rest: (values: Int, count: Int)?

    package init(
      title: String, unit: String = "packages", bars: [(label: String, count: Int)],
      rest: (values: Int, count: Int)? = nil
    ) {
      self.title = title
      self.unit = unit
      self.bars = bars
      self.rest = rest
    }
  }

  /// All packages in numbers at the end of a scan.
  package struct Moment: Sendable {
    let scan: Int64
    /// The time at which the scan ended.
    let time: String
    let packages: Int
    let bytes: Int64
    let errors: Int
    let warnings: Int

    package init(
      scan: Int64, time: String, packages: Int, bytes: Int64, errors: Int, warnings: Int
    ) {
      self.scan = scan
      self.time = time
      self.packages = packages
      self.bytes = bytes
      self.errors = errors
      self.warnings = warnings
    }
  }

  /// Packages over several files: the page itself lists the first, further pages the others.
  package struct Paging: Sendable {
    /// The file of the page itself.
    let home: String
    /// Packages of one page.
    package let perPage: Int
    /// Pages in all, with the page itself.
    package let pages: Int

    package init(home: String, perPage: Int, pages: Int) {
      self.home = home
      self.perPage = perPage
      self.pages = pages
    }

    /// The file of a page beside the page itself: `audit-packages-2.html`.
    package func file(of page: Int) -> String {
      guard page > 1 else { return home }
      let dot = home.utf8.lastIndex(of: UInt8(ascii: ".")) ?? home.endIndex
      let (stem, suffix) = dot > home.startIndex ? (home[..<dot], home[dot...]) : (home[...], "")
      return "\(stem)-packages-\(page)\(suffix)"
    }
  }

  /// A target and how many packages it takes.
  package struct Target: Sendable {
    /// A condition that holds for some of the packages.
    package struct Reason: Sendable {
      package let condition: String
      package let effect: String
      package let title: String
      let fix: String
      package let packages: Int

      package init(
        condition: String, effect: String, title: String, fix: String, packages: Int
      ) {
        self.condition = condition
        self.effect = effect
        self.title = title
        self.fix = fix
        self.packages = packages
      }
    }

    package let id: String
    package let title: String
    package let fails: Int
    package let loss: Int
    package let unknown: Int
    package let nothingKnown: Int
    /// Packages that were not judged: those that are broken, unreadable or in the making.
    package let unjudged: Int
    /// The most frequent reasons why packages are not taken as they are, the most severe first.
    package let reasons: [Reason]

    package init(
      id: String, title: String, fails: Int, loss: Int, unknown: Int, nothingKnown: Int,
      unjudged: Int, reasons: [Reason]
    ) {
      self.id = id
      self.title = title
      self.fails = fails
      self.loss = loss
      self.unknown = unknown
      self.nothingKnown = nothingKnown
      self.unjudged = unjudged
      self.reasons = reasons
    }
  }

  /// Findings of the whole, of one kind.
  package struct Group: Sendable {
    let kind: String
    let title: String
    /// The total number, of which `items` are the first.
    let count: Int
    let reclaimable: Int64
    let items: [(paths: [String], message: String, fix: String)]

    package init(
      kind: String, title: String, count: Int, reclaimable: Int64,
      items: [(paths: [String], message: String, fix: String)]
    ) {
      self.kind = kind
      self.title = title
      self.count = count
      self.reclaimable = reclaimable
      self.items = items
    }
  }
}
