import OVABasics

/// One image as the image API shows it, with nine keys.
public struct Record: Sendable {
  /// The id; it belongs to (data store, path) permanently.
  public var id: Int64
  /// The file's name: `a.ova`.
  public var name: String
  /// The data store's name: `vss-ISOs`.
  public var dataStore: String
  /// The label's folder; nil at the top of the label base.
  public var folder: String?
  /// The path below the label base: `VmImages/ubuntu/a.ova`.
  public var label: String
  /// The datastore path: `[vss-ISOs] VmImages/ubuntu/a.ova`.
  public var path: String
  /// True if everybody sees it.
  public var isPublic: Bool
  /// The time at which the package was added; seconds since 1970, UTC.
  public var createdOn: Int64
  /// The time at which the package's content last changed; seconds since 1970, UTC.
  public var updatedOn: Int64

  /// Makes a record from its parts.
  public init(
    id: Int64, name: String, dataStore: String, folder: String?, label: String, path: String,
    isPublic: Bool, createdOn: Int64, updatedOn: Int64
  ) {
    self.id = id
    self.name = name
    self.dataStore = dataStore
    self.folder = folder
    self.label = label
    self.path = path
    self.isPublic = isPublic
    self.createdOn = createdOn
    self.updatedOn = updatedOn
  }
}

extension Record: Hashable {
  /// Equal when all nine are, text by its bytes.
  public static func == (a: Record, b: Record) -> Bool {
    a.id == b.id && a.isPublic == b.isPublic && a.createdOn == b.createdOn
      && a.updatedOn == b.updatedOn && a.path.isExactly(b.path)
      && a.name.isExactly(b.name) && a.dataStore.isExactly(b.dataStore)
      && a.folder.isExactly(b.folder) && a.label.isExactly(b.label)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    path.hashBytes(into: &hasher)
  }
}
