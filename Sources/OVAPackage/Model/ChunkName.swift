import OVABasics

/// The path of a chunk: `disk.vmdk.000000002` is number 2 of `disk.vmdk` (clause 7.1).
struct ChunkName {
  /// The path that the whole file would have.
  let whole: PackagePath
  let number: Int

  /// Nil for a path that does not end in a dot and nine digits.
  init?(_ path: PackagePath) {
    guard let (name, number) = Self.parts(of: path.text),
      case .success(let whole) = PackagePath.read(name, limits: Limits())
    else { return nil }
    self.whole = whole
    self.number = number
  }

  /// The name of the whole file and the number, of a name that ends in a dot and nine digits.
  static func parts(of name: String) -> (whole: String, number: Int)? {
    let digits = name.utf8.suffix(9)
    let rest = name.utf8.dropLast(9)
    guard digits.count == 9, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      rest.last == UInt8(ascii: "."), let number = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    return (String(decoding: rest.dropLast(), as: UTF8.self), number)
  }
}
