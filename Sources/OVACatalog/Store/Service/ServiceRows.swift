/// A token as the store shows it: never the token itself.
public struct TokenRow: Hashable, Sendable {
  /// The id.
  public var id: Int64
  /// The user.
  public var owner: String
  /// The name that the user gave it.
  public var name: String
  /// The time when it was made, in seconds since 1970.
  public var createdOn: Int64
  /// The time from which on it is not valid, in seconds since 1970; nil for never.
  public var expiresOn: Int64?
  /// The time of its last use, in seconds since 1970.
  public var lastUsedOn: Int64?
  /// The time when it was revoked, in seconds since 1970.
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
  /// The id.
  public var id: Int64
  /// The user who asked.
  public var username: String
  /// The state of the request.
  public var status: RequestStatus
  /// `VM`.
  public var type: String
  /// The name of the task that works on it.
  public var taskID: String?
  /// Paths.
  public var added: [String] = []
  /// Paths.
  public var deleted: [String] = []
  /// Files and folders that could not be read.
  public var errors: [String] = []
  /// The warnings of the scan.
  public var warnings: [String] = []
  /// The time when it was made, in seconds since 1970.
  public var createdOn: Int64
  /// The time of its last change, in seconds since 1970.
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
