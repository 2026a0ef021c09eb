import OVABasics
import OVACatalog

/// What an image's page shows.
struct ImagePage {
  var base: String
  var signedIn: String?
  var name: String
  var path: String
  var back: String
  var verdict: [Badge]
  /// Why it is not whole; nil when it is.
  var trouble: String?
  var groups: [Group]
  var disks: [Disk]
  var hasDisks: Bool
  var files: [File]
  var hasFiles: Bool
  var findings: [Finding]
  var hasFindings: Bool
  var wasJudged: Bool

  /// Facts of a kind.
  struct Group {
    var title: String
    var facts: [Fact]
  }

  /// A fact.
  struct Fact {
    var name: String
    var value: String
  }

  /// A virtual disk.
  struct Disk {
    var name: String
    var capacity: String
    var slot: String
    var format: String
    var file: String
  }

  /// A file of the package.
  struct File {
    var name: String
    var size: String
    var digest: String?
  }

  /// What a rule found.
  struct Finding {
    var badge: Badge
    var rule: String
    var place: String
    var message: String
    var fix: String?
  }

  /// An image of the catalogue.
  init(base: String, user: String, package: PackageRow, times: APITime) {
    self.base = base
    signedIn = user
    let record = package.record
    name = record.name.inert
    path = record.path.inert
    back = package.owner == nil ? "\(base)/" : "\(base)/?of=me"
    let facts = package.facts
    verdict = Badge.verdict(
      Glance(
        state: package.state, size: facts?.size,
        errors: package.findings.count { $0.severity == "error" },
        warnings: package.findings.count { $0.severity == "warning" }))
    trouble = package.state == .whole ? nil : package.stateDetail?.inert
    groups = Self.groups(package, times)
    disks = package.disks.map { disk in
      Disk(
        name: disk.name.inert, capacity: disk.capacity.map(Self.size) ?? "",
        slot: (disk.slot ?? "").inert, format: (disk.format ?? "").inert,
        file: (disk.file ?? "").inert)
    }
    hasDisks = !disks.isEmpty
    files = package.files.map { file in
      File(
        name: file.name.inert, size: Self.size(file.size), digest: file.digests["sha256"]?.inert)
    }
    hasFiles = !files.isEmpty
    findings = package.findings.map { finding in
      Finding(
        badge: Badge(text: finding.severity, kind: finding.severity), rule: finding.rule,
        place: "\(finding.file)\(finding.line.map { ":\($0)" } ?? "")".inert,
        message: finding.message.inert, fix: finding.fix?.inert)
    }
    hasFindings = !findings.isEmpty
    wasJudged = facts != nil
  }

  private static func size(_ bytes: Int64) -> String {
    ByteCount(UInt64(clamping: bytes)).description
  }

  private static func groups(_ package: PackageRow, _ times: APITime) -> [Group] {
    let facts = package.facts
    let all: [(String, [(String, String?)])] = [
      (
        "Product",
        [
          ("Product", facts?.product), ("Vendor", facts?.vendor), ("Version", facts?.version),
          ("Guest system", facts?.guestSystem),
        ]
      ),
      (
        "Hardware",
        [
          ("Virtual systems", facts.flatMap { $0.systems > 1 ? "\($0.systems)" : nil }),
          ("CPUs", facts?.virtualCPUs.map { "\($0)" }), ("Memory", facts?.memory.map(size)),
          ("Network adapters", facts.map { "\($0.networkAdapters)" }),
          ("Hardware version", facts?.hardwareFamily), ("Firmware", facts?.firmware),
        ]
      ),
      (
        "Package",
        [
          ("Size", facts.map { size($0.size) }), ("Format", facts?.format),
          ("Added", PageTime.text(package.record.createdOn, times)),
          ("Updated", PageTime.text(package.record.updatedOn, times)),
        ]
      ),
    ]
    return all.compactMap { title, facts in
      let known = facts.compactMap { fact in
        fact.1.flatMap { $0.isEmpty ? nil : Fact(name: fact.0, value: $0.inert) }
      }
      return known.isEmpty ? nil : Group(title: title, facts: known)
    }
  }
}
