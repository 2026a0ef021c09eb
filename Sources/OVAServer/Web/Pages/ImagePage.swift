import OVABasics
import OVACatalog
import OVAReport
import OVATime

/// The content of an image's page.
struct ImagePage {
  var base: String
  var signedIn: String?
  var formToken: String
  var name: String
  var path: String
  var back: String
  var backTitle: String
  var verdict: [Badge]
  /// The reason why it is not whole; nil when it is.
  var trouble: Trouble?
  var groups: [Group]
  /// Each machine of several, with its own hardware; empty for a package of one.
  var machines: [Group]
  var hasMachines: Bool
  /// Machines that are not shown.
  var machinesLeft: Int?
  var disks: [Disk]
  var hasDisks: Bool
  var files: [File]
  var hasFiles: Bool
  /// The findings, shown before everything else, when there are errors.
  var urgent: Findings?
  /// The findings, shown at the end, when there are no errors.
  var calm: Findings?

  /// The verdicts of the targets; empty where scans judge for none.
  var targets: [Target]
  var hasTargets: Bool

  /// The verdict of a target on the image.
  struct Target {
    var id: String
    var title: String
    var badge: Badge
    var reasons: [Reason]
    var hasReasons: Bool
  }

  /// A reason for the verdict.
  struct Reason {
    var badge: Badge
    var title: [[String: Any]]
    var condition: String
    var outcome: [[String: Any]]
    /// The circumstance besides the package that decides; nil where the package does.
    var decision: String?
    var places: [String]
    /// The places that are not shown.
    var placesLeft: String?
    var fix: Fix?
  }

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

  /// The reason why a package is not whole.
  struct Trouble {
    var text: String
    var kind: String
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

  /// The findings of the rules.
  struct Findings {
    var findings: [Finding]
    /// The reason why there are none; nil when there are.
    var none: String?
  }

  /// A finding.
  struct Finding {
    var badge: Badge
    var rule: String
    var place: String
    var message: String
    /// Text, and code where back-ticks were; nil when there is no fix.
    var fix: Fix?
  }

  /// The way to fix it, as an instruction.
  struct Fix {
    var parts: [[String: Any]]
  }

  private static let mostMachines = 100

  /// An image of the catalog; `place` is the list that it was opened from.
  init(_ frame: PageFrame, package: PackageRow, place: ListPlace, times: APITime) {
    base = frame.base
    signedIn = frame.signedIn
    formToken = frame.formToken
    let record = package.record
    name = record.name.forDisplay
    path = record.path.forDisplay
    let list = place.with { if package.owner != nil && !record.isPublic { $0.isMine = true } }
    back = "\(base)/\(list.query)"
    backTitle = list.isMine ? "My images" : "All images"
    let verdict = Badge.verdict(
      ImageSummary(
        state: package.state, size: package.facts?.size,
        errors: package.findings.count { $0.severity == "error" },
        warnings: package.findings.count { $0.severity == "warning" }))
    self.verdict = verdict
    trouble =
      package.state == .whole
      ? nil
      : package.stateDetail.map {
        Trouble(text: $0.forDisplay, kind: verdict.first?.kind ?? "info")
      }
    let stored = package.facts.map { StoredMachines.of(document: $0.document) } ?? []
    groups = Self.groups(package, stored, times)
    let several = stored.count > 1 ? stored : []
    machines = several.prefix(Self.mostMachines).enumerated().map(Self.machine)
    hasMachines = !machines.isEmpty
    machinesLeft = several.count > machines.count ? several.count - machines.count : nil
    disks = package.disks.map { disk in
      Disk(
        name: disk.name.forDisplay, capacity: disk.capacity.map(Self.size) ?? "",
        slot: (disk.slot ?? "").forDisplay, format: (disk.format ?? "").forDisplay,
        file: (disk.file ?? "").forDisplay)
    }
    hasDisks = !disks.isEmpty
    files = package.files.map { file in
      File(
        name: file.name.forDisplay, size: Self.size(file.size),
        digest: file.digests["sha256"]?.forDisplay)
    }
    hasFiles = !files.isEmpty
    targets = package.verdicts.map { Target(StoredVerdict($0)) }
    hasTargets = !targets.isEmpty
    let findings = Self.findings(package)
    let hasErrors = package.findings.contains { $0.severity == "error" }
    (urgent, calm) = hasErrors ? (findings, nil) : (nil, findings)
  }

  private static func findings(_ package: PackageRow) -> Findings {
    let weights = ["error": 0, "warning": 1]
    let sorted = package.findings.enumerated().sorted { a, b in
      let (x, y) = (weights[a.element.severity] ?? 2, weights[b.element.severity] ?? 2)
      return x == y ? a.offset < b.offset : x < y
    }
    let findings = sorted.map { _, finding in
      Finding(
        badge: Badge(text: finding.severity.forDisplay, kind: kind(of: finding.severity)),
        rule: finding.rule.forDisplay,
        place: finding.file.forDisplay + (finding.line.map { ", line \($0)" } ?? ""),
        message: finding.message.forDisplay,
        fix: finding.fix.map { Fix(parts: Markup.codeParts($0)) })
    }
    let none =
      package.facts != nil
      ? "None."
      : package.state == .unreadable ? "Not checked: it cannot be read." : "Not checked yet."
    return Findings(findings: findings, none: findings.isEmpty ? none : nil)
  }

  private static func kind(of severity: String) -> String {
    ["error", "warning", "info"].contains(severity) ? severity : "unknown"
  }

  private static func size(_ bytes: Int64) -> String {
    ByteCount(UInt64(clamping: bytes)).description
  }

  // MARK: Facts

  private static func groups(
    _ package: PackageRow, _ machines: [StoredMachines.Machine], _ times: APITime
  ) -> [Group] {
    let facts = package.facts
    let isOne = machines.count == 1
    let networks = isOne ? self.networks(of: machines[0]) : nil
    let all: [(String, [(String, String?)])] = [
      (
        "Product",
        [
          ("Product", facts?.product), ("Vendor", facts?.vendor), ("Version", facts?.version),
          ("Guest system", facts?.guestSystem),
        ]
      ),
      (
        facts.map { $0.systems > 1 } ?? false ? "Hardware of all machines" : "Hardware",
        [
          ("Machines", facts.flatMap { $0.systems > 1 ? "\($0.systems)" : nil }),
          ("CPUs", facts?.virtualCPUs.map { "\($0)" }), ("Memory", facts?.memory.map(size)),
          ("Network adapters", facts.map { counted($0.networkAdapters, networks) }),
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
    return all.compactMap { group($0, $1) }
  }

  /// A group with the facts that are known; nil when none is.
  private static func group(_ title: String, _ facts: [(String, String?)]) -> Group? {
    let known = facts.compactMap { name, value in
      value.flatMap { $0.isEmpty ? nil : Fact(name: name, value: $0.forDisplay) }
    }
    return known.isEmpty ? nil : Group(title: title.forDisplay, facts: known)
  }

  private static func machine(number: Int, _ machine: StoredMachines.Machine) -> Group {
    let hardware = machine.hardware
    let title = machine.name ?? machine.id ?? "Machine \(number + 1)"
    let disks = hardware?.disks.enumerated().map { index, disk in
      let what = disk.file ?? disk.name ?? "disk \(index + 1)"
      return [disk.slot, disk.capacity.map(size), what].compactMap(\.self).joined(separator: " · ")
    }
    let facts: [(String, String?)] =
      [
        ("Id", machine.name == nil ? nil : machine.id), ("Guest system", machine.guest?.name),
        ("CPUs", hardware?.processors.map { "\($0)" }), ("Memory", hardware?.memory.map(size)),
        (
          "Network adapters",
          hardware.map { counted(Int64($0.adapters.count), networks(of: machine)) }
        ), ("Hardware version", hardware?.families.joined(separator: " ")),
        ("Firmware", hardware?.firmware),
      ]
      + (disks ?? []).enumerated().map { ("Disk \($0 + 1)", $1) }
    return group(title, facts) ?? Group(title: title.forDisplay, facts: [])
  }

  /// The networks that the adapters are in, each once.
  private static func networks(of machine: StoredMachines.Machine) -> String? {
    var seen: Set<String> = []
    let names = (machine.hardware?.adapters ?? []).flatMap(\.networks).filter {
      seen.insert($0).inserted
    }
    return names.isEmpty ? nil : names.joined(separator: ", ")
  }

  private static func counted(_ adapters: Int64, _ networks: String?) -> String {
    networks.map { "\(adapters) (\($0))" } ?? "\(adapters)"
  }
}
