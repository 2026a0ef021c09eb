public import OVABasics

/// A file that is put into the guest's environment: a `File` of an `EnvironmentFilesSection`
/// (OVF 2, `EnvironmentFile_Type` of the schema).
public struct EnvironmentFile: Hashable, Sendable {
  /// The id of the file in the References.
  public let fileReference: SourceValue<String>?
  /// The path, relative to the root of the environment.
  public let path: SourceValue<String>?
  /// The place in the source.
  public let place: Place
}

/// The boot order of a machine: a `CIM_BootConfigSetting` of a `BootDeviceSection` (OVF 2).
public struct BootConfiguration: Hashable, Sendable {
  /// The boot sources, in the order to be tried.
  public let sources: [Source]
  /// The place in the source.
  public let place: Place

  /// One thing to boot from: a `CIM_BootSourceSetting`.
  public struct Source: Hashable, Sendable {
    /// Its name.
    public let instanceID: String?
    /// The device as CIM writes it, such as `CIM:Hard-Disk:1`.
    public let device: String?
    /// The place in the source.
    public let place: Place
  }
}

/// The number of instances of a machine or collection: a `ScaleOutSection` (OVF 2).
public struct ScaleOut: Hashable, Sendable {
  /// The machine or collection that is deployed several times.
  public let id: SourceValue<String>?
  /// A text for people.
  public let description: Message?
  /// The numbers, one for each configuration or one for all.
  public let counts: [InstanceCount]

  /// The number of instances in some configurations.
  public struct InstanceCount: Hashable, Sendable {
    /// The fewest; 1 where absent.
    public let minimum: SourceValue<UInt32>?
    /// The default number.
    public let initial: SourceValue<UInt32>?
    /// The most; without bound where absent.
    public let maximum: SourceValue<UInt32>?
    /// The configurations, split; nil means all.
    public let configurations: SourceValue<[String]>?
    /// The place in the source.
    public let place: Place
  }
}

/// A group of machines with a rule on where they run: a `PlacementGroupSection` (OVF 2).
public struct PlacementGroup: Hashable, Sendable {
  /// The name by which members mean it.
  public let id: SourceValue<String>?
  /// `affinity`, `availability` or a vendor's own word.
  public let policy: SourceValue<String>?
  /// A text for people.
  public let description: Message?
}

/// The keys of what is encrypted in the descriptor: an `EncryptionSection` (OVF 2).
public struct Encryption: Hashable, Sendable {
  /// The keys and key derivations, in order.
  public let keys: [Key]

  /// An `EncryptedKey` or a `DerivedKey`.
  public struct Key: Hashable, Sendable {
    /// The encrypted parts, as URIs such as `#first`.
    public let references: [SourceValue<String>]
    /// The place in the source.
    public let place: Place
  }
}
