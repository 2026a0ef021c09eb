/// Names of files as vSphere's content libraries keep them: `disk-1_8aa84709-….vmdk` is what the
/// descriptor calls `disk-1.vmdk`.
package enum LibraryName {
  /// The name without the identifier before its ending; nil when it has none.
  package static func withoutIdentifier(_ name: String) -> String? {
    let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) ?? name.utf8.endIndex
    let stem = name.utf8[..<dot]
    let length = 37
    guard stem.count > length, isIdentifier(stem.suffix(length)) else { return nil }
    return String(Substring(stem.dropLast(length))) + String(name[dot...])
  }

  /// Returns whether bytes are an underscore and a UUID.
  private static func isIdentifier(_ bytes: Substring.UTF8View) -> Bool {
    guard bytes.first == UInt8(ascii: "_") else { return false }
    let parts = bytes.dropFirst().split(
      separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12]
      && parts.joined().allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
      }
  }
}
