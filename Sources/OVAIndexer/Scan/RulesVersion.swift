package import OVARules
package import OVATargets

extension Rule {
  /// A number that is another whenever a rule is added, retired or judges differently, and whenever
  /// a target, or a condition of one, does.
  /// - Parameter targets: those that packages are judged for as well.
  package static func version(of rules: [Rule], targets: [Target] = []) -> Int {
    let judged = targets.flatMap { target in
      target.product.allConditions.map {
        "\(target.id) \($0.key) \($0.effect.rawValue) \($0.version)\n"
      }
    }
    // FNV-1a over ids and versions, in an order of its own.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for word in rules.map({ "\($0.id) \($0.version)\n" }).sorted() + judged.sorted() {
      for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return Int(truncatingIfNeeded: hash >> 1)
  }
}
