/// Content libraries of vCenter, as they lie on a data store: `contentlib-<uuid>`, in it a folder an
/// item. The server keeps an inventory of every file, so that none is to be removed by hand.
enum ContentLibrary {
  /// Returns whether a path leads into a content library.
  static func holds(_ path: String) -> Bool {
    path.utf8.split(separator: UInt8(ascii: "/")).contains { part in
      let name = part.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
      return name.starts(with: "contentlib-".utf8) && isUUID(name.dropFirst(11))
    }
  }

  private static func isUUID(_ bytes: ArraySlice<UInt8>) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12]
      && parts.joined().allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
