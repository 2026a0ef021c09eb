import OVABasics

/// An IP address.
public struct IPAddress: Hashable, Sendable {
  /// Four or sixteen bytes.
  public let bytes: [UInt8]

  /// Reads `192.0.2.1` or `2001:db8::1`; nil for other text. An IPv4 address that is mapped into
  /// IPv6 is the IPv4 address.
  public init?(_ text: some StringProtocol) {
    let text = String(text)
    if let four = Self.four(text[...]) {
      bytes = four
      return
    }
    guard let sixteen = Self.sixteen(text) else { return nil }
    let isMapped = sixteen.prefix(12).elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
    bytes = isMapped ? Array(sixteen.suffix(4)) : sixteen
  }

  private static func four(_ text: Substring) -> [UInt8]? {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) }),
        let byte = UInt8(String(Substring(part)))
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func sixteen(_ text: String) -> [UInt8]? {
    // A zone names an interface of one machine.
    let text = text.split(separator: "%", maxSplits: 1).first ?? ""
    let halves = text.components(around: "::")
    guard halves.count <= 2, text.utf8.contains(UInt8(ascii: ":")),
      let front = groups(halves[0]), let back = halves.count == 2 ? groups(halves[1]) : []
    else { return nil }
    let missing = 16 - front.count - back.count
    guard halves.count == 2 ? missing >= 2 : missing == 0 else { return nil }
    return front + [UInt8](repeating: 0, count: missing) + back
  }

  private static func groups(_ text: Substring) -> [UInt8]? {
    if text.isEmpty { return [] }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var bytes: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, let four = four(part) {
        bytes += four
        continue
      }
      guard (1...4).contains(part.utf8.count), part.utf8.first != UInt8(ascii: "+"),
        part.utf8.first != UInt8(ascii: "-"), let group = UInt16(part, radix: 16)
      else { return nil }
      bytes += [UInt8(group >> 8), UInt8(truncatingIfNeeded: group)]
    }
    return bytes.count <= 16 ? bytes : nil
  }

  /// The address, of IPv6 its first 64 bits, as text that is the same for the same.
  public var group: String {
    bytes.count == 4
      ? bytes.map { "\($0)" }.joined(separator: ".")
      : bytes.prefix(8).map { Hex.text(number: $0) }.joined(separator: ":")
  }
}

/// Addresses that begin with the same bits: `10.0.0.0/8`, or one address alone.
public struct NetworkRange: Hashable, Sendable {
  private let start: [UInt8]
  private let bits: Int

  /// Reads an address, or a range as `10.0.0.0/8` and `2001:db8::/32` name it; nil for other text.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(first) else { return nil }
    let all = address.bytes.count * 8
    var bits = all
    if parts.count == 2 {
      guard !parts[1].isEmpty, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(parts[1]), (0...all).contains(number)
      else { return nil }
      bits = number
    }
    start = address.bytes
    self.bits = bits
  }

  /// Returns whether an address is one of these.
  public func contains(_ address: IPAddress) -> Bool {
    guard address.bytes.count == start.count else { return false }
    let whole = bits / 8
    guard address.bytes.prefix(whole).elementsEqual(start.prefix(whole)) else { return false }
    let rest = bits % 8
    guard rest > 0 else { return true }
    let mask = UInt8(truncatingIfNeeded: 0xFF00 >> rest)
    return address.bytes[whole] & mask == start[whole] & mask
  }
}

extension Substring {
  /// The parts before and behind each of a separator, which is not there twice in good text.
  fileprivate func components(around separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
