/// The content of the audit page. Texts are as they were found; the page makes them inert.
package struct AuditReport: Sendable {
  /// The tones of colors.
  package enum Tone: String, Sendable {
    case dead, bad, warn, good, info, plain
  }

  /// A number that matters, with its unit in words.
  package struct Tile: Sendable {
    let value: String
    let title: String
    let tone: Tone

    package init(_ value: String, _ title: String, tone: Tone = .plain) {
      self.value = value
      self.title = title
      self.tone = tone
    }
  }

  /// A part of all packages.
  package struct Share: Sendable {
    let title: String
    let count: Int
    let tone: Tone

    package init(_ title: String, _ count: Int, tone: Tone) {
      self.title = title
      self.count = count
      self.tone = tone
    }
  }

  /// Things of one kind that happened: packages added, findings fixed.
  package struct Happening: Sendable {
    /// Something that happened.
    package struct Item: Sendable {
      let path: String
      let detail: String?

      package init(path: String, detail: String? = nil) {
        self.path = path
        self.detail = detail
      }
    }

    /// For programs: `added`, `new-findings`.
    let kind: String
    let title: String
    let tone: Tone
    /// The total number, of which `items` are the first.
    let count: Int
    let items: [Item]

    package init(_ kind: String, _ title: String, tone: Tone, count: Int, items: [Item]) {
      self.kind = kind
      self.title = title
      self.tone = tone
      self.count = count
      self.items = items
    }
  }

  /// A package that something is told of.
  package struct Place: Sendable {
    package let id: Int64
    package let path: String
    /// The page that lists it, from 1; nil when none does.
    package let page: Int?

    package init(id: Int64, path: String, page: Int?) {
      self.id = id
      self.path = path
      self.page = page
    }
  }

  /// The number of findings of a rule.
  package struct Count: Sendable {
    package let rule: String
    package let severity: String
    package let title: String
    let why: String
    let fix: String
    let findings: Int
    package let packages: Int
    /// The first of the packages, those that need attention first.
    let places: [Place]

    package init(
      rule: String, severity: String, title: String, why: String, fix: String, findings: Int,
      packages: Int, places: [Place] = []
    ) {
      self.places = places
      self.rule = rule
      self.severity = severity
      self.title = title
      self.why = why
      self.fix = fix
      self.findings = findings
      self.packages = packages
    }
  }

  /// A folder with all below it, and how its packages are.
  package struct Folder: Sendable {
    package var path: String
    package var packages = 0
    package var withErrors = 0
    package var withWarnings = 0
    package var unreadable = 0
    package var bytes: Int64 = 0

    package init(path: String) { self.path = path }
  }

  /// A finding of a package.
  package struct Finding: Sendable {
    let severity: String
    let rule: String
    let message: String
    let place: String
    let fix: String?

    package init(severity: String, rule: String, message: String, place: String, fix: String?) {
      self.severity = severity
      self.rule = rule
      self.message = message
      self.place = place
      self.fix = fix
    }
  }

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

  package var title = "Audit of virtual appliances"
  /// The extent and time of the scan, in a sentence or two.
  package var coverage: [String] = []
  /// The verdict, in a sentence.
  package var verdict = ""
  /// The sums by their names for programs: `with_errors`.
  package var numbers: [(name: String, value: Int64)] = []
  /// All packages by how they are.
  package var shares: [Share] = []
  package var tiles: [Tile] = []
  /// Since when things happened: `since scan 12, 2026-01-01`.
  package var since = ""
  /// The changes.
  package var happenings: [Happening] = []
  /// All packages at the end of the last scans, the oldest first.
  package var trend: [Moment] = []
  /// The files that the last scan could not read; nil when there are none.
  package var unread: Happening?
  package var rules: [Count] = []
  /// The targets that packages were judged for, in their order.
  package var targets: [Target] = []
  package var folders: [Folder] = []
  /// Folders that `folders` leaves out.
  package var foldersLeftOut = 0
  package var charts: [Chart] = []
  package var groups: [Group] = []
  /// The packages of the page itself.
  package var packages: [Package] = []
  /// The links to the other pages; nil when the page is alone.
  package var paging: Paging?
  /// Packages that are counted and on no page, for it would be too long.
  package var packagesLeftOut = 0
  /// The program that made the report.
  package var maker = ""

  package init() {}
}
