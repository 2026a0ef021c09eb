/// A package as the catalog keeps it: what a scan found, ready to store.
public struct PackageRow: Hashable, Sendable {
  /// The state of a package.
  public enum State: String, CaseIterable, Sendable, Codable {
    /// All of it is there and was read.
    case whole
    /// It was written moments ago and may still grow.
    case changing
    /// A file that the descriptor references is not there yet.
    case waiting
    /// It ends before all of it is there; the detail says where and how much is missing.
    case truncated
    /// It was read and is no package: no archive, no descriptor, not well-formed, empty. A finding
    /// says which.
    case broken
    /// The machine could not read it, for want of a permission or by a failure; the detail says why.
    case unreadable
  }

  /// The nine keys; `id` is ignored, `createdOn` holds for a package never seen before, and
  /// `updatedOn` for one whose content moved.
  public var record: Record
  /// The user it belongs to; nil for a public one.
  public var owner: String?
  /// The repository it was found in, as `saveRepository` numbered it.
  public var repository: Int64?
  /// The state of the package.
  public var state: State
  /// The details of the state for people: "waiting for disk2.vmdk".
  public var stateDetail: String?
  /// Hardware and product; nil when the descriptor could not be read.
  public var facts: PackageFacts?
  /// The files, with their digests.
  public var files: [FileRow]
  /// The disks.
  public var disks: [DiskRow]
  /// The findings of the rules.
  public var findings: [FindingRow]
  /// The version of the rules that judged.
  public var rulesVersion: Int
  /// The version of the rules that found it broken, so that no later scan reads it in vain; nil in
  /// every other state.
  public var brokenFor: Int?
  /// The files that it keeps from being deleted beyond its own; written and never read back.
  public var needs: [FileNeed] = []
  /// The verdicts of targets; empty where it was judged for none.
  public var verdicts: [VerdictRow] = []

  /// Makes a package from its parts.
  public init(
    record: Record, owner: String? = nil, repository: Int64? = nil, state: State = .whole,
    stateDetail: String? = nil, facts: PackageFacts? = nil, files: [FileRow] = [],
    disks: [DiskRow] = [], findings: [FindingRow] = [], rulesVersion: Int = 0
  ) {
    self.record = record
    self.owner = owner
    self.repository = repository
    self.state = state
    self.stateDetail = stateDetail
    self.facts = facts
    self.files = files
    self.disks = disks
    self.findings = findings
    self.rulesVersion = rulesVersion
  }
}

/// Facts about an appliance: some in columns, all in a document.
public struct PackageFacts: Hashable, Sendable, Codable {
  /// `ova`, `ovf` or `folder`.
  public var format = "ova"
  /// The product, as the descriptor names it.
  public var product: String?
  /// The vendor of the product.
  public var vendor: String?
  /// The version of the product.
  public var version: String?
  /// The guest system.
  public var guestSystem: String?
  /// `vmx-13`.
  public var hardwareFamily: String?
  /// The firmware: `bios` or `efi`.
  public var firmware: String?
  /// Virtual systems in the package.
  public var systems = 0
  /// The sum of all systems.
  public var virtualCPUs: Int64?
  /// Bytes, of all systems together.
  public var memory: Int64?
  /// The number of network adapters of all systems.
  public var networkAdapters: Int64 = 0
  /// Bytes of all the package's files.
  public var size: Int64 = 0
  /// Everything known, as one JSON document.
  public var document = "{}"

  /// Nothing known.
  public init() {}
}

/// A virtual disk of a package.
public struct DiskRow: Hashable, Sendable, Codable {
  /// The descriptor's id of it.
  public var name: String
  /// The file behind it; nil for an empty disk.
  public var file: String?
  /// `vmdk streamOptimized`.
  public var format: String?
  /// Bytes.
  public var capacity: Int64?
  /// Bytes of the file.
  public var size: Int64?
  /// `SCSI 0:1`.
  public var slot: String?

  /// Makes a disk from its parts.
  public init(
    name: String, file: String? = nil, format: String? = nil, capacity: Int64? = nil,
    size: Int64? = nil, slot: String? = nil
  ) {
    self.name = name
    self.file = file
    self.format = format
    self.capacity = capacity
    self.size = size
    self.slot = slot
  }
}

/// A finding as it is stored.
public struct FindingRow: Hashable, Sendable, Codable {
  /// The rule's id.
  public var rule: String
  /// The version of the rule.
  public var ruleVersion: Int
  /// `error`, `warning` or `info`.
  public var severity: String
  /// The file that it is about.
  public var file: String
  /// The line in the file, from 1.
  public var line: Int?
  /// The message.
  public var message: String
  /// The fix.
  public var fix: String?

  /// Makes a finding from its parts.
  public init(
    rule: String, ruleVersion: Int = 1, severity: String, file: String, line: Int? = nil,
    message: String, fix: String? = nil
  ) {
    self.rule = rule
    self.ruleVersion = ruleVersion
    self.severity = severity
    self.file = file
    self.line = line
    self.message = message
    self.fix = fix
  }
}

/// The result of saving a package.
public struct SaveResult: Hashable, Sendable {
  /// The change of the package's row.
  public enum Change: String, Sendable {
    case added, changed, unchanged, returned, gone, renamed
  }

  /// The id.
  public var id: Int64
  /// The change.
  public var change: Change

  /// Makes a result from its parts.
  public init(id: Int64, change: Change) {
    self.id = id
    self.change = change
  }
}
