import OVABasics
import OVAPackage

/// Results about one package that several rules need and one computes.
enum CachedResult: Int {
  case capacities, seenDisks, referencedFiles, referencedPaths, containers, optionIDs,
    hardwareSections, items, hardware, properties,
    disksByConfiguration, listedPaths, quantityProperties, unplaced
}

extension CheckedPackage {
  /// Returns a result, which `compute` makes for the first rule that needs it.
  func cached<Value: Sendable>(_ result: CachedResult, _ compute: () -> Value) -> Value {
    if let known = resultCache.result(result.rawValue) as? Stored<Value> { return known.value }
    let stored = Stored(compute())
    resultCache.store(stored, as: result.rawValue)
    return stored.value
  }
}

private final class Stored<Value: Sendable>: Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}
