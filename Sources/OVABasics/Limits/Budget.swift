import Synchronization

/// Counts what all readers of one package use of the resources that its limits allow.
///
/// Each reader takes what it is about to use and gives back what it lets go; the sum is bounded
/// however many files, disks and bundles a package has. Safe from several threads.
public final class Budget: Sendable {
  /// The resources that are counted.
  public enum Resource: String, Sendable, CaseIterable {
    /// Bytes that stay in memory as long as the package does, by estimate: an XML element counts
    /// with what is built of it.
    case heldBytes
    /// Bytes that come out of compressed files and grains.
    case inflatedBytes
    /// Entries of disks' tables, and grains, that are kept while they are compared.
    case tableEntries
    /// Comparisons of names and the like, where an input could make more of them than it has bytes.
    case steps
  }

  private let limits: [UInt64]
  private let used: Mutex<[UInt64]>

  /// A budget of which nothing is used.
  init(_ limits: Limits) {
    self.limits = Resource.allCases.map(limits.limit)
    used = Mutex(Resource.allCases.map { _ in 0 })
  }

  /// Takes an amount; false, and nothing taken, when it does not fit.
  func take(_ amount: UInt64, of resource: Resource) -> Bool {
    let index = resource.index
    return used.withLock { used in
      let (sum, overflow) = used[index].addingReportingOverflow(amount)
      guard !overflow, sum <= limits[index] else { return false }
      used[index] = sum
      return true
    }
  }

  /// Takes held bytes for something that can be done without: only while most of them are left for
  /// what cannot.
  public func spare(_ bytes: Int) -> Bool {
    let index = Resource.heldBytes.index
    return used.withLock { used in
      let (sum, overflow) = used[index].addingReportingOverflow(UInt64(clamping: bytes))
      guard !overflow, sum <= limits[index] / 4 else { return false }
      used[index] = sum
      return true
    }
  }

  /// Returns an amount that was taken and is no longer used.
  public func giveBack(_ amount: Int, of resource: Resource) {
    let index = resource.index
    used.withLock { $0[index] -= min($0[index], UInt64(clamping: amount)) }
  }

  /// The amount of a resource that is used.
  public func used(_ resource: Resource) -> UInt64 {
    used.withLock { $0[resource.index] }
  }
}

extension Budget: Hashable {
  /// A budget is equal to itself alone.
  public static func == (a: Budget, b: Budget) -> Bool { a === b }

  /// Feeds its identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension Budget.Resource {
  fileprivate var index: Int {
    switch self {
    case .heldBytes: 0
    case .inflatedBytes: 1
    case .tableEntries: 2
    case .steps: 3
    }
  }

  /// The beginning of a sentence that ends in the limit.
  var words: String {
    switch self {
    case .heldBytes: "it takes more memory"
    case .inflatedBytes: "more bytes come out of its compressed files"
    case .tableEntries: "the tables of its disks have more entries"
    case .steps: "reading it takes more steps"
    }
  }
}
