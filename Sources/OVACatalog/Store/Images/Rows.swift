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
  public var state: State
  /// The details of the state for people: "waiting for disk2.vmdk".
  public var stateDetail: String?
  /// Hardware and product; nil when the descriptor could not be read.
  public var facts: PackageFacts?
  public var files: [FileRow]
  public var disks: [DiskRow]
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
  public var product: String?
  public var vendor: String?
  public var version: String?
  public var guestSystem: String?
  /// `vmx-13`.
  public var hardwareFamily: String?
  public var firmware: String?
  /// Virtual systems in the package.
  public var systems = 0
  /// The sum of all systems.
  public var virtualCPUs: Int64?
  /// Bytes, of all systems together.
  public var memory: Int64?
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
  public var ruleVersion: Int
  /// `error`, `warning` or `info`.
  public var severity: String
  public var file: String
  public var line: Int?
  public var message: String
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

  public var id: Int64
  public var change: Change

  /// Makes a result from its parts.
  public init(id: Int64, change: Change) {
    self.id = id
    self.change = change
  }
}

/// A run of the scanner.
public struct ScanRow: Hashable, Sendable {
  public var id: Int64
  /// Seconds since 1970.
  public var startedOn: Int64
  /// Nil while it runs, or when it was killed.
  public var finishedOn: Int64?
  public var counts: ScanCounts

  /// Makes a scan from its parts.
  public init(id: Int64, startedOn: Int64, finishedOn: Int64?, counts: ScanCounts) {
    self.id = id
    self.startedOn = startedOn
    self.finishedOn = finishedOn
    self.counts = counts
  }
}

/// The numbers of one scan.
public struct ScanCounts: Hashable, Sendable {
  public var packages = 0
  public var added = 0
  public var changed = 0
  public var gone = 0
  public var errors = 0
  /// True if something could not be read, so that the rest is not all there is.
  public var isPartial = false

  /// Nothing done.
  public init() {}
}

/// A token as the store shows it: never the token itself.
public struct TokenRow: Hashable, Sendable {
  public var id: Int64
  public var owner: String
  public var name: String
  public var createdOn: Int64
  public var expiresOn: Int64?
  public var lastUsedOn: Int64?
  public var revokedOn: Int64?

  /// Makes a token from its parts.
  public init(
    id: Int64, owner: String, name: String, createdOn: Int64, expiresOn: Int64? = nil,
    lastUsedOn: Int64? = nil, revokedOn: Int64? = nil
  ) {
    self.id = id
    self.owner = owner
    self.name = name
    self.createdOn = createdOn
    self.expiresOn = expiresOn
    self.lastUsedOn = lastUsedOn
    self.revokedOn = revokedOn
  }

  /// Returns whether it opens anything at an instant.
  public func isValid(at now: Int64) -> Bool {
    revokedOn == nil && expiresOn.map { now < $0 } ?? true
  }
}

/// A user's request to take up the files of their folder.
public struct SyncRequestRow: Hashable, Sendable {
  public var id: Int64
  public var username: String
  public var status: RequestStatus
  /// `VM`.
  public var type: String
  public var taskID: String?
  /// Paths.
  public var added: [String] = []
  /// Paths.
  public var deleted: [String] = []
  public var errors: [String] = []
  public var warnings: [String] = []
  public var createdOn: Int64
  public var updatedOn: Int64

  /// Makes a request from its parts.
  public init(
    id: Int64, username: String, status: RequestStatus, type: String, taskID: String?,
    added: [String] = [], deleted: [String] = [], errors: [String] = [], warnings: [String] = [],
    createdOn: Int64, updatedOn: Int64
  ) {
    self.id = id
    self.username = username
    self.status = status
    self.type = type
    self.taskID = taskID
    self.added = added
    self.deleted = deleted
    self.errors = errors
    self.warnings = warnings
    self.createdOn = createdOn
    self.updatedOn = updatedOn
  }
}

extension SyncRequestRow: FieldRow {
  public func value(of field: Field) -> FieldValue {
    switch field.name {
    case "created_on": .integer(createdOn)
    case "id": .integer(id)
    case "status": .text(status.rawValue)
    case "task_id": taskID.map(FieldValue.text) ?? .null
    case "type": .text(type)
    case "updated_on": .integer(updatedOn)
    case "username": .text(username)
    default: .null
    }
  }
}
