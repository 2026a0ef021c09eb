/// The content of the audit page. Texts are as they were found; the page makes them safe to show.
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

    /// The name for programs: `added`, `new-findings`.
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

  /// A package that is listed.
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
