/// Damage as accidents and people with a purpose do it to an archive.
public enum Damage {
  /// The bytes that are put in the place of others.
  private static let pieces: [[UInt8]] = [
    "../", "/", "\u{0}", "\n", "\"", "<!DOCTYPE x>", "]]>", "&#0;", "99999999999999999999", "-1",
    "SHA256(", ")= ", "0", ".ovf", ".mf", ".cert", "gzip", "%2e%2e%2f", "KDMV", "\u{1F}\u{8B}",
    "ovf:size=\"1\"", "byte * 2^9999", "-----BEGIN CERTIFICATE-----", "ustar\u{0}", "é",
  ].map { Array($0.utf8) }

  /// The bytes with one to four changes; headers of tar are mostly made to add up again.
  public static func of(_ bytes: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
    var damaged = bytes
    for _ in 0..<Int.random(in: 1...4, using: &numbers) where !damaged.isEmpty {
      change(&damaged, &numbers)
    }
    if Int.random(in: 0..<4, using: &numbers) > 0 { addUp(&damaged) }
    return damaged
  }

  private static func change(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
    // What decides is at the front: headers, descriptor, manifest.
    let reach = Bool.random(using: &numbers) ? min(bytes.count, 16_384) : bytes.count
    let place = Int.random(in: 0..<reach, using: &numbers)
    let block = place / 512 * 512
    switch Int.random(in: 0..<9, using: &numbers) {
    case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
    case 1: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
    case 2: bytes.removeSubrange(place..<min(place + Int(numbers.next() % 40), bytes.count))
    case 3: bytes.removeSubrange(block..<min(block + 512, bytes.count))
    case 4: bytes.insert(contentsOf: bytes[block..<min(block + 512, bytes.count)], at: block)
    case 5: bytes.removeSubrange(place...)
    case 6:
      let other = Int.random(in: 0..<reach, using: &numbers) / 512 * 512
      for step in 0..<512 where max(block, other) + step < bytes.count {
        bytes.swapAt(block + step, other + step)
      }
    case 7:
      let piece = pieces.randomElement(using: &numbers) ?? []
      bytes.replaceSubrange(place..<min(place + piece.count, bytes.count), with: piece)
    default: bytes.insert(contentsOf: pieces.randomElement(using: &numbers) ?? [], at: place)
    }
  }

  /// Gives every header its right checksum.
  private static func addUp(_ bytes: inout [UInt8]) {
    for start in stride(from: 0, to: bytes.count - 511, by: 512)
    where bytes[start + 257..<start + 262].elementsEqual("ustar".utf8) {
      bytes.replaceSubrange(start + 148..<start + 156, with: Array("        ".utf8))
      let sum = bytes[start..<start + 512].reduce(0) { $0 + Int($1) }
      let digits = String(sum, radix: 8)
      let field = String(repeating: "0", count: 6 - digits.count) + digits + "\u{0} "
      bytes.replaceSubrange(start + 148..<start + 156, with: Array(field.utf8))
    }
  }
}
