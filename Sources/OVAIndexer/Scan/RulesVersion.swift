package import OVARules

extension Rule {
  /// A number that is another whenever a rule is added, retired or judges differently.
  package static func version(of rules: [Rule]) -> Int {
    // FNV-1a over ids and versions, in an order of its own.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for word in rules.map({ "\($0.id) \($0.version)\n" }).sorted() {
      for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return Int(truncatingIfNeeded: hash >> 1)
  }
}
