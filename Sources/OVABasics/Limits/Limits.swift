/// Bounds on what input may cost.
///
/// Every limit lives here; the error or finding that hits one names it. The defaults leave an order of
/// magnitude above the largest real packages, and together they keep a command below 96 MiB, and a
/// kibibyte for each member and reference.
///
/// The limits travel to every reader of a package. Opening a package begins a `Budget` in them,
/// which all readers of that package share, so that what each may take is bounded in total, too.
public struct Limits: Hashable, Sendable {
  /// Members of one archive, or files of one package.
  public var members = 25_000
  /// Names in a folder that a package lies in, its own and others.
  public var folderNames = 100_000
  /// Bytes of one member's or file's name.
  public var nameBytes = 4_096
  /// Bytes of a descriptor.
  public var descriptorBytes: UInt64 = 12_800_000
  /// Bytes of a message bundle.
  public var bundleBytes: UInt64 = 4 << 20
  /// Bytes of a manifest.
  public var manifestBytes: UInt64 = 16 << 20
  /// Bytes of one line of a manifest.
  public var manifestLineBytes = 16_384
  /// Bytes of a certificate file.
  public var certificateBytes: UInt64 = 1 << 20
  /// Depth of nested XML elements.
  public var xmlDepth = 256
  /// Elements of one XML document.
  public var xmlElements = 2_000_000
  /// Attributes of one XML element.
  public var xmlAttributes = 10_000
  /// Declarations of a document type and in it, in a document of more than 50 KB.
  public var xmlDeclarations = 1_000
  /// Bytes of a disk's text descriptor.
  public var diskDescriptorBytes: UInt64 = 4 << 20
  /// Extents of one disk.
  public var diskExtents = 10_000
  /// Chunks that one file may be split into.
  public var chunks = 100_000
  /// Findings of one rule that are listed of a package; the others are counted.
  public var findings = 1_000
  /// Bytes that a package's parts may hold in memory together, as `Budget.Resource.heldBytes` counts
  /// them.
  public var heldBytes: UInt64 = 32 << 20
  /// Bytes that may be inflated of one package: all of its compressed files and grains together.
  public var inflatedBytes: UInt64 = 1 << 46
  /// Entries of tables, and grains, that are kept at a time of a package's disks: those of 384 GiB.
  public var tableEntries: UInt64 = 6_000_000
  /// Steps that a package may cost beyond a pass over its bytes, as `Budget.Resource.steps` counts
  /// them.
  public var steps: UInt64 = 400_000_000

  /// The budget that all readers of one package share; nil until a package is opened.
  public private(set) var budget: Budget?

  /// The defaults.
  public init() {}

  /// The same limits with a budget that begins at nothing, unless there is one already.
  public func withBudget() -> Limits {
    guard budget == nil else { return self }
    var limits = self
    limits.budget = Budget(self)
    return limits
  }

  /// The same limits with a budget of their own, for a part that is read beside the rest and let go.
  public func withOwnBudget() -> Limits {
    var limits = self
    limits.budget = Budget(self)
    return limits
  }

  /// Takes some of what the package may use; false, and nothing taken, when there is less left.
  ///
  /// Without a budget everything is granted.
  public func take(_ amount: Int, of resource: Budget.Resource) -> Bool {
    budget?.take(UInt64(clamping: amount), of: resource) ?? true
  }

  /// The limit of a resource.
  public func limit(of resource: Budget.Resource) -> UInt64 {
    switch resource {
    case .heldBytes: heldBytes
    case .inflatedBytes: inflatedBytes
    case .tableEntries: tableEntries
    case .steps: steps
    }
  }

  /// Returns the reason, as an error's words, why a package was not read further that needs more of
  /// a resource than its limit.
  public func excess(of resource: Budget.Resource) -> String {
    "\(resource.words) than the limit '\(resource.rawValue)' of \(limit(of: resource))"
  }
}

extension Limits: Codable {
  /// Only the bounds are sent to another process: what was used of a budget stays with its package.
  private enum CodingKeys: CodingKey {
    case members, folderNames, nameBytes, descriptorBytes, bundleBytes, manifestBytes
    case manifestLineBytes
    case certificateBytes, xmlDepth, xmlElements, xmlAttributes, xmlDeclarations
    case diskDescriptorBytes, diskExtents, chunks, findings
    case heldBytes, inflatedBytes, tableEntries, steps
  }
}
