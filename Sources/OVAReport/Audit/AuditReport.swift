/// What the audit page shows of repositories, ready to be laid out. Texts are as they were found;
/// the page makes them inert.
package struct AuditReport: Sendable {
  /// A number that matters, with its unit in words.
  package struct Tile: Sendable {
    let value: String
    let title: String
    /// `bad`, `warn`, `good` or nothing: how it is coloured.
    let tone: String

    package init(_ value: String, _ title: String, tone: String = "") {
      self.value = value
      self.title = title
      self.tone = tone
    }
  }

  /// What the last scan changed.
  package struct Change: Sendable {
    let kind: String
    let path: String
    let detail: String?

    package init(kind: String, path: String, detail: String?) {
      self.kind = kind
      self.path = path
      self.detail = detail
    }
  }

  /// How often something was found.
  package struct Count: Sendable {
    let name: String
    let severity: String
    let title: String
    let findings: Int
    let packages: Int

    package init(name: String, severity: String, title: String, findings: Int, packages: Int) {
      self.name = name
      self.severity = severity
      self.title = title
      self.findings = findings
      self.packages = packages
    }
  }

  /// A folder and what was found in it.
  package struct Folder: Sendable {
    package var path: String
    package var packages = 0
    package var errors = 0
    package var warnings = 0
    package var bytes: Int64 = 0

    package init(path: String) { self.path = path }
  }

  /// A finding of a package or of the whole.
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
    package var updatedOn: Int64 = 0
    package var errors = 0
    package var warnings = 0
    package var disks: [[String]] = []
    package var files: [[String]] = []
    package var findings: [Finding] = []

    package init() {}
  }

  /// Bars of a chart.
  package struct Chart: Sendable {
    let title: String
    let bars: [(label: String, count: Int)]

    package init(title: String, bars: [(label: String, count: Int)]) {
      self.title = title
      self.bars = bars
    }
  }

  /// Findings of the whole, of one kind.
  package struct Group: Sendable {
    let title: String
    let reclaimable: Int64
    let items: [(paths: [String], message: String, fix: String)]

    package init(
      title: String, reclaimable: Int64, items: [(paths: [String], message: String, fix: String)]
    ) {
      self.title = title
      self.reclaimable = reclaimable
      self.items = items
    }
  }

  package var title = "Audit of virtual appliances"
  /// What was looked at and when, in a sentence or two.
  package var coverage: [String] = []
  package var tiles: [Tile] = []
  package var changes: [Change] = []
  package var problems: [Change] = []
  package var rules: [Count] = []
  package var folders: [Folder] = []
  package var charts: [Chart] = []
  package var groups: [Group] = []
  package var packages: [Package] = []
  /// Packages that are not on the page, for it would be too long.
  package var packagesLeftOut = 0

  package init() {}
}
