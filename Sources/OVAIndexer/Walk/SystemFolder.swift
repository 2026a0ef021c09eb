/// Folders that file servers and operating systems keep for themselves inside what they share:
/// snapshots, waste baskets, thumbnails. They hold copies of files that were, and no images.
package enum SystemFolder {
  /// The names in lower case; they are compared without regard to the case of ASCII letters. Those
  /// that begin with a dot (`.snapshot`, `.Trash-1000`, `.zfs`) are left out with all hidden names.
  private static let names: Set<[UInt8]> = Set(
    [
      // Linux, NetApp, Synology, QNAP, Windows, macOS servers.
      "lost+found", "~snapshot", "#snapshot", "#recycle", "@eadir", "@recycle",
      "@recently-snapshot", "@__thumb", "$recycle.bin", "system volume information",
      "network trash folder",
    ].map { Array($0.utf8) })

  /// Returns whether a name is hidden or a system's own, so that it is no part of a repository.
  package static func isLeftOut(_ name: some Sequence<UInt8>) -> Bool {
    var bytes: [UInt8] = []
    for byte in name {
      if bytes.isEmpty {
        if byte == UInt8(ascii: ".") { return true }
        // Most names are distinguished by their first byte.
        guard Self.firstBytes.contains(byte) else { return false }
      }
      bytes.append((0x41...0x5A).contains(byte) ? byte + 0x20 : byte)
      // None is longer.
      if bytes.count > 32 { return false }
    }
    return names.contains(bytes)
  }

  private static let firstBytes: Set<UInt8> = Set("lLnNsS~#@$".utf8)
}
