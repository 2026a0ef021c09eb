extension TargetProduct {
  /// The most virtual processors of a machine of a hardware family.
  static func mostProcessors(_ family: Int) -> UInt64 {
    switch family {
    case ..<7: 4
    case 7: 8
    case 8: 32
    case 9...10: 64
    case 11...14: 128
    case 15...17: 256
    case 18...21: 768
    default: 960
    }
  }

  /// The most memory of a machine of a hardware family, in GiB; nil for families of which it is not known.
  static func mostGibibytes(_ family: Int) -> UInt64? {
    switch family {
    case ..<7: 64
    // The editions differ: 255 or 256.
    case 7: 256
    case 8...10: 1011
    case 11...12: 4080
    case 13...17: 6128
    case 18...21: 24560
    default: nil
    }
  }
}
