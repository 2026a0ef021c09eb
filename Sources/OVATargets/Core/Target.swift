/// A product, in a release where releases differ, that a package may be imported into.
public struct Target: Sendable {
  /// The product.
  public let product: TargetProduct
  /// The release; nil where none are distinguished.
  public let release: TargetRelease?
  /// True if the name left the release open, so that the newest was taken.
  public let isNewestByDefault: Bool

  /// The name with the release: `vsphere-8.0u2`.
  public var id: String { product.id + (release.map { "-\($0.version)" } ?? "") }

  /// The name that means it: without a release where that was left open, so that a newer one is
  /// taken as soon as it is known.
  public var name: String { isNewestByDefault ? product.id : id }

  /// The product's name with the release.
  public var title: String { product.title + (release.map { " \($0.version)" } ?? "") }

  init(_ product: TargetProduct, _ release: TargetRelease?, isNewestByDefault: Bool = false) {
    self.product = product
    self.release = release
    self.isNewestByDefault = isNewestByDefault
  }
}

extension Target {
  /// The reasons why a name means no target.
  public enum NameFault: Error, Sendable, Hashable {
    /// No product has this name.
    case unknownProduct
    /// The product has no such release; these are known.
    case unknownRelease(product: String, known: [String])
  }

  /// Each product in its newest release.
  public static let all: [Target] = TargetProduct.all.map {
    Target($0, $0.newest, isNewestByDefault: $0.newest != nil)
  }

  /// The target of a name: a product's, with a release behind a hyphen or without. Letter case does
  /// not matter, blanks stand for hyphens, and a product's other names are known: `ESXi 7.0 U3` is
  /// `esxi-host-7.0u3`. The key of one of Cisco's limits, `cisco-csr1000v`, means `cisco`: the
  /// package's own class says which of them applies.
  public static func named(_ name: String) throws(NameFault) -> Target {
    let name = TargetSpelling.plain(name)
    if TargetProduct.cisco.conditions.contains(where: { $0.key == name }) {
      return Target(.cisco, nil)
    }
    guard let (product, version) = TargetSpelling.product(in: name) else { throw .unknownProduct }
    guard !version.isEmpty else {
      return Target(product, product.newest, isNewestByDefault: product.newest != nil)
    }
    guard let release = TargetSpelling.release(version, of: product) else {
      throw .unknownRelease(product: product.id, known: product.releases.map(\.version))
    }
    return Target(product, release)
  }
}
