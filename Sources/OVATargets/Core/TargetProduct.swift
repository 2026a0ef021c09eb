/// A product that imports packages, with what is known of it.
public struct TargetProduct: Sendable, Identifiable {
  /// The stable name: `virtualbox`.
  public let id: String
  /// The product's name.
  public let title: String
  /// The sources that were read, and their versions.
  public let basis: String
  /// The releases that are distinguished, oldest first; empty where none are.
  public let releases: [TargetRelease]
  /// Its conditions.
  public let conditions: [TargetCondition]
  /// Products that it hands packages on to, whose conditions hold too.
  public let parts: [TargetProduct]
  /// True if it imports packages, so that what holds for every importer holds for it.
  public let importsPackages: Bool

  init(
    id: String, title: String, basis: String, releases: [TargetRelease] = [],
    conditions: [TargetCondition], parts: [TargetProduct] = [], importsPackages: Bool = true
  ) {
    self.id = id
    self.title = title
    self.basis = basis
    self.releases = releases
    self.conditions = conditions
    self.parts = parts
    self.importsPackages = importsPackages
  }

  /// Its own conditions, those of its parts, and those of every importer.
  public var allConditions: [TargetCondition] {
    ownAndParts + (importsPackages ? Self.everyImporter.conditions : [])
  }

  private var ownAndParts: [TargetCondition] { conditions + parts.flatMap(\.ownAndParts) }

  /// The newest release; nil where none are distinguished.
  public var newest: TargetRelease? { releases.last }
}

extension TargetProduct {
  /// The keys of all conditions.
  public static let conditionKeys: [String] = (all + [everyImporter]).flatMap {
    $0.conditions.map(\.key)
  }

  /// The condition with this key, in any letter case, and the product that it is of.
  public static func condition(
    _ key: String
  ) -> (product: TargetProduct, condition: TargetCondition)? {
    let key = key.lowercased()
    for product in all + [everyImporter] {
      if let found = product.conditions.first(where: { $0.key == key }) { return (product, found) }
    }
    return nil
  }
}

/// A release of a product.
public struct TargetRelease: Sendable, Hashable {
  /// The version as in a target's name: `8.0u2`.
  public let version: String
  /// Its place among the releases, from 0.
  public let order: Int
  /// The highest hardware family of VMware's that it runs; nil where that does not apply or is not
  /// known.
  public let family: Int?

  /// Numbers releases, oldest first.
  static func list(_ versions: [(version: String, family: Int?)]) -> [TargetRelease] {
    versions.enumerated().map {
      TargetRelease(version: $1.version, order: $0, family: $1.family)
    }
  }
}
