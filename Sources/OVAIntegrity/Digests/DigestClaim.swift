/// The digest that a line of a manifest claims, as far as it can be read.
public struct DigestClaim: Hashable, Sendable {
  /// The algorithm, as the line names it.
  public let label: DigestLabel
  /// The hexadecimal digits in lower case, without what stands between or around them.
  public let digits: String

  /// Fewer digits than these prove nothing when they fit: 64 bits.
  public static let leastDigits = 16

  init(label: DigestLabel, digits: String) {
    self.label = label
    self.digits = digits
  }

  /// The digest, where the algorithm is known and no digit is missing or over. Without a label
  /// the number of digits tells the algorithm, as it does for whoever reads a list of `sha256sum`.
  public var digest: DigestValue? {
    switch label {
    case .algorithm(let algorithm): DigestValue(algorithm, hex: digits)
    case .absent: usualAlgorithm.flatMap { DigestValue($0, hex: digits) }
    case .notComputed, .unknown: nil
    }
  }

  /// The algorithm that is meant: the one that is named, else the usual one of so many digits.
  public var algorithm: DigestAlgorithm? {
    switch label {
    case .algorithm(let algorithm): algorithm
    case .absent, .unknown: usualAlgorithm
    case .notComputed: nil
    }
  }

  /// True if the number of digits is not the algorithm's.
  public var hasWrongLength: Bool {
    switch label {
    case .algorithm(let algorithm): algorithm.hexCount != digits.utf8.count
    case .absent, .unknown: usualAlgorithm == nil
    case .notComputed: false
    }
  }

  private var usualAlgorithm: DigestAlgorithm? {
    Self.usual.first { $0.hexCount == digits.utf8.count }
  }

  private static let usual = [.md5] + DigestAlgorithm.ofManifests

  /// The algorithms that are to be computed to compare the digest, the likeliest first.
  ///
  /// A digest that is cut short or names the wrong algorithm may have been made by several.
  public var algorithms: [DigestAlgorithm] {
    let count = digits.utf8.count
    let ofThisLength = Self.usual.filter { $0.hexCount == count }
    switch label {
    case .notComputed: return []
    case .algorithm(let named):
      return named.hexCount == count ? [named] : [named] + ofThisLength
    case .absent, .unknown:
      if !ofThisLength.isEmpty { return ofThisLength }
      let longer = Self.usual.filter { $0.hexCount > count }
      return longer.isEmpty ? Self.usual.reversed() : longer
    }
  }

  /// Algorithms that tell more only when none of `algorithms` fits.
  public var rareAlgorithms: [DigestAlgorithm] {
    switch label {
    case .absent, .unknown:
      [.sha3x256, .sha3x384, .sha3x512].filter { $0.hexCount == digits.utf8.count }
    case .algorithm, .notComputed: []
    }
  }

  /// The result of comparing the claim with the digests of a file.
  public enum Verdict: Hashable, Sendable {
    /// It is the file's, by this algorithm, or so long a part of it that nothing else is likely.
    case fits(DigestAlgorithm)
    /// It is not the file's.
    case contradicts
    /// Nothing can be said.
    case notComparable(Reason)
  }

  /// The reasons why a claim cannot be compared.
  public enum Reason: Hashable, Sendable {
    /// The algorithm, as written, cannot be computed here.
    case algorithm(String)
    /// The label, as written, names no algorithm, and no known one fits.
    case unknownAlgorithm(String)
    /// So few digits are there that they would fit many files.
    case fewDigits(Int)
    /// The file's bytes were not read, or not by this algorithm.
    case notRead
    /// The line's digest cannot be read.
    case unreadable
  }

  /// Compares the digest with those of a file, of which one by each of `algorithms` should be there.
  public func verdict(on digests: [DigestValue]) -> Verdict {
    if case .notComputed(let name) = label { return .notComparable(.algorithm(name)) }
    let known = digests.filter {
      algorithms.contains($0.algorithm) || rareAlgorithms.contains($0.algorithm)
    }
    let hexes = known.map { ($0.algorithm, $0.hex) }
    // A whole digest first: a part of another would fit by chance alone.
    if let whole = hexes.first(where: { $0.1 == digits }) { return .fits(whole.0) }
    let part = hexes.first { algorithm, hex in
      hex.count > digits.count
        ? hex.hasPrefix(digits) || hex.hasSuffix(digits)
        : digits.hasPrefix(hex) || digits.hasSuffix(hex)
    }
    if let part {
      let count = digits.utf8.count
      return count < Self.leastDigits ? .notComparable(.fewDigits(count)) : .fits(part.0)
    }
    guard algorithms.allSatisfy({ wanted in known.contains { $0.algorithm == wanted } }) else {
      return .notComparable(.notRead)
    }
    if case .unknown(let name) = label { return .notComparable(.unknownAlgorithm(name)) }
    return .contradicts
  }
}
