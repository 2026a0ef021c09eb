/// Reading of names that are only bytes.
enum MemberName {
  /// Returns the irregularities of a name by itself.
  static func kinds(_ name: [UInt8]) -> [TarDiagnosticKind] {
    var kinds: [TarDiagnosticKind] = []
    if name.isEmpty { kinds.append(.emptyName) }
    if name.starts(with: Array("./".utf8)) { kinds.append(.dotPrefix) }
    if isAbsolute(name) { kinds.append(.absoluteName) }
    let parts = name.split(whereSeparator: isSeparator)
    if parts.contains(where: { $0.elementsEqual("..".utf8) }) { kinds.append(.climbingName) }
    if let last = parts.last, last.starts(with: Array("._".utf8)) { kinds.append(.appleDouble) }
    return kinds
  }

  /// Returns the form in which names are compared: without `.` components, doubled and closing
  /// slashes.
  static func canonical(_ name: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let parts = name.split(separator: slash).filter { !$0.elementsEqual(".".utf8) }
    return (name.first == slash ? [slash] : []) + parts.joined(separator: [slash])
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
  }

  private static func isAbsolute(_ name: [UInt8]) -> Bool {
    guard let first = name.first else { return false }
    if isSeparator(first) { return true }
    let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20)
    return isLetter && name.count > 2 && name[1] == UInt8(ascii: ":") && isSeparator(name[2])
  }
}
