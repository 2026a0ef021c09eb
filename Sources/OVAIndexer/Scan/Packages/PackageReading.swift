import OVABasics
import OVAByteSource
import OVACatalog
import OVAIntegrity
import OVAPackage
import OVAPolicy
import OVAReport
import OVARules
import OVATargets
import OVFDescriptor
import OVFXML
import VirtualDisks

/// Turns an opened package into what the catalog keeps of it.
struct PackageReading {
  let package: Package
  /// The facts of the package's files before they were read, by their path in the package's folder.
  let facts: [ExactName: FileFacts]

  /// Files of the folder and members of the archive, without digests.
  func files(anchor: String, anchorFacts: FileFacts) -> [FileRow] {
    guard package.isArchive else {
      return package.files.compactMap { file in
        guard let path = file.path?.text, let facts = facts[ExactName(path)], file.kind == .file
        else {
          return nil
        }
        return FileRow(name: path, facts: facts)
      }
    }
    var rows = [FileRow(name: anchor, facts: anchorFacts)]
    var seen: Set<PackagePath> = []
    for member in package.files where member.kind == .file {
      guard let path = member.path, seen.insert(path).inserted else { continue }
      var row = FileRow(name: path.text, facts: anchorFacts)
      row.isMember = true
      row.size = Int64(clamping: min(member.size, member.storedSize))
      rows.append(row)
    }
    return rows
  }

  /// The first member that the archive ends inside of, with the bytes that are there and those that
  /// should be.
  var truncatedFile: (name: String, there: UInt64, size: UInt64)? {
    package.files.lazy.filter { $0.kind == .file && $0.storedSize < $0.size }
      .map { ($0.name, $0.storedSize, $0.size) }.first
  }

  /// Names that the descriptor references and that are not there.
  var missingReferences: [String] {
    package.references.flatMap { reference -> [String] in
      switch reference.target {
      case .missing(let path, _): return [path.text]
      case .chunks(let chunks):
        let name = reference.reference.href?.text ?? "a file in chunks"
        let expected = chunks.expectedCount ?? 0
        return chunks.missing.isEmpty && chunks.pieces.count >= expected
          ? [] : ["chunks of \(name)"]
      default: return []
      }
    }
  }

  /// Hardware and product in columns, and everything as a document.
  func packageFacts(size: Int64) -> PackageFacts {
    let envelope = package.envelope
    let option = envelope.defaultConfiguration
    let systems = envelope.virtualSystems
    let hardware = systems.compactMap { envelope.hardware(of: $0, in: option) }
    var facts = PackageFacts()
    facts.format = package.isArchive ? "ova" : "ovf"
    if let product = envelope.products.first {
      facts.product = text(product.product)
      facts.vendor = text(product.vendor)
      facts.version = text(product.version) ?? text(product.fullVersion)
    }
    facts.product = facts.product ?? systems.first.flatMap { text($0.name) ?? $0.id?.text }
    facts.guestSystem =
      systems.lazy.compactMap(\.operatingSystem).compactMap { envelope.guestName(of: $0) }.first
    facts.hardwareFamily = hardware.lazy.compactMap(\.families.first).first
    facts.firmware = hardware.lazy.compactMap(\.firmware).first
    facts.systems = systems.count
    facts.virtualCPUs = Self.sum(hardware.compactMap(\.virtualCPUs))
    facts.memory = Self.sum(hardware.compactMap(\.memoryBytes))
    facts.networkAdapters = Int64(hardware.reduce(0) { $0 + $1.networkAdapters.count })
    facts.size = size
    facts.document = String(decoding: InspectionJSON(package).json().bytes(), as: UTF8.self)
    return facts
  }

  private func text(_ message: Message?) -> String? {
    guard let message else { return nil }
    let text = package.envelope.text(of: message)
    return text.isEmpty ? nil : text
  }

  private static func sum(_ numbers: [UInt64]) -> Int64? {
    numbers.isEmpty
      ? nil
      : Int64(
        clamping: numbers.reduce(UInt64(0)) { sum, next in
          let (result, overflow) = sum.addingReportingOverflow(next)
          return overflow ? .max : result
        })
  }

  /// The disks of the descriptor in their order.
  func disks() -> [DiskRow] {
    let envelope = package.envelope
    let option = envelope.defaultConfiguration
    var slots: [Place: String] = [:]
    for system in envelope.virtualSystems {
      for device in envelope.hardware(of: system, in: option)?.disks ?? [] {
        if case .disk(let disk, _) = device.backing { slots[disk.place] = device.slotText }
      }
    }
    return envelope.disks.enumerated().map { index, disk in
      let content = package.content(of: disk)
      let capacity = envelope.capacity(of: disk, in: option).flatMap { try? $0.get() }
      return DiskRow(
        name: disk.id?.text ?? "disk \(index + 1)",
        file: envelope.file(of: disk).flatMap { $0.href?.text ?? $0.id?.text },
        format: content?.content?.title ?? disk.formatName,
        capacity: capacity.map { Int64(clamping: $0) },
        size: content.flatMap(Self.size).map { Int64(clamping: $0) }, slot: slots[disk.place])
    }
  }

  /// The bytes of a disk's file that are there, of a truncated archive's last one fewer than it says.
  private static func size(of disk: PackageDisk) -> UInt64? {
    if case .file(let file) = disk.reference.target { return min(file.size, file.storedSize) }
    return disk.storedSize
  }

  private static let ruleVersions = Dictionary(Rule.all.map { ($0.id, $0.version) }) {
    first, _ in first
  }

  /// Judges a package by the rules and for the targets of these names, with files named as the
  /// catalog names them. Names that mean no target any more are left out.
  static func judgment(
    of checked: CheckedPackage, targets names: [String], policy: PackagePolicy? = nil
  ) -> (findings: [FindingRow], verdicts: [VerdictRow]) {
    let path = checked.package.path
    let own = policy.map(Rule.rules) ?? []
    // Joining copies every rule, which costs more than most of them take to judge.
    let findings = Rule.findings(of: own.isEmpty ? Rule.all : Rule.all + own, in: checked)
    let targets = names.compactMap { try? Target.named($0) }
    let answers = TargetAnswer.answers(for: targets, of: checked, findings: findings)
    return (
      rows(of: findings, path: path, own: own),
      answers.map { answer in VerdictRow(answer) { name(of: $0, beside: path) } }
    )
  }

  /// Returns the findings on a file whose content is no package; none on a file that the machine
  /// could not read.
  static func findings(of failure: PackageError, path: String) -> [FindingRow] {
    rows(of: Rule.findings(of: failure), path: path)
  }

  /// - Parameter own: the rules of a policy, whose versions are its own.
  private static func rows(
    of findings: [Finding], path: String, own: [Rule] = []
  ) -> [FindingRow] {
    findings.map { finding in
      let policyRule = own.first { $0.id == finding.rule }
      return FindingRow(
        rule: finding.rule,
        ruleVersion: policyRule?.version ?? ruleVersions[finding.rule] ?? 1,
        severity: finding.severity.rawValue, file: name(of: finding.place.file, beside: path),
        line: finding.place.line, message: finding.message, fix: finding.fix)
    }
  }
}

extension PackageReading {
  /// A file's path below the folder of a package.
  private static func name(of file: String, beside path: String) -> String {
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
    return file.hasPrefix(folder) ? String(file.dropFirst(folder.count)) : file
  }
}

extension FileRow {
  init(name: String, facts: FileFacts) {
    self.init(
      name: name, size: Int64(clamping: facts.size), modified: facts.modified,
      changed: facts.changed, inode: Int64(bitPattern: facts.inode))
    device = Int64(bitPattern: facts.device)
    links = Int64(clamping: facts.links)
    allocated = Int64(clamping: facts.allocated)
  }

  /// Returns whether nothing about the file on disk is another.
  func isUnchanged(_ facts: FileFacts) -> Bool {
    size == Int64(clamping: facts.size) && modified == facts.modified && changed == facts.changed
      && inode == Int64(bitPattern: facts.inode)
  }
}
