/// A change that tools make to text unasked: other line ends, a byte order mark, a last line end.
public struct TextChange: Hashable, Sendable {
  /// The line ends after the change.
  public let lineEnds: LineEnds?
  /// The byte order mark that is put before the text or taken away; nil for neither.
  public let mark: Mark?
  /// The end that the last line gets or loses; nil for neither.
  public let lastEnd: Mark?

  /// Line ends that a text may have throughout.
  public enum LineEnds: Hashable, Sendable {
    case lineFeed, carriageReturnLineFeed
  }

  /// Something that is added or taken away.
  public enum Mark: Hashable, Sendable {
    case added, removed
  }

  /// Every change and what it makes of the bytes, those that leave them as they are left out.
  static func all(of bytes: [UInt8]) -> [(change: TextChange, bytes: [UInt8])] {
    var found: [(TextChange, [UInt8])] = []
    for lineEnds in [nil, LineEnds.carriageReturnLineFeed, .lineFeed] {
      let lines = lineEnds.map { changed(bytes, to: $0) } ?? bytes
      if lineEnds != nil, lines == bytes { continue }
      for mark in [nil, Mark.removed, .added] {
        guard let marked = changed(lines, mark: mark) else { continue }
        for lastEnd in [nil, Mark.removed, .added] {
          guard let ended = changed(marked, lastEnd: lastEnd, lineEnds) else { continue }
          if lineEnds == nil, mark == nil, lastEnd == nil { continue }
          found.append((TextChange(lineEnds: lineEnds, mark: mark, lastEnd: lastEnd), ended))
        }
      }
    }
    return found
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  private static func changed(_ bytes: [UInt8], to ends: LineEnds) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 16)
    for (index, byte) in bytes.enumerated() {
      switch ends {
      case .lineFeed:
        let isPair =
          byte == carriageReturn && index + 1 < bytes.count && bytes[index + 1] == lineFeed
        if !isPair { result.append(byte) }
      case .carriageReturnLineFeed:
        if byte == lineFeed, index == 0 || bytes[index - 1] != carriageReturn {
          result.append(carriageReturn)
        }
        result.append(byte)
      }
    }
    return result
  }

  private static func changed(_ bytes: [UInt8], mark: Mark?) -> [UInt8]? {
    let hasMark = bytes.starts(with: byteOrderMark)
    return switch mark {
    case nil: bytes
    case .removed: hasMark ? Array(bytes.dropFirst(3)) : nil
    case .added: hasMark ? nil : byteOrderMark + bytes
    }
  }

  private static func changed(
    _ bytes: [UInt8], lastEnd: Mark?, _ ends: LineEnds?
  ) -> [UInt8]? {
    let hasEnd = bytes.last == lineFeed
    switch lastEnd {
    case nil: return bytes
    case .added:
      let usesPairs =
        ends == .carriageReturnLineFeed
        || ends == nil
          && bytes.lastIndex(of: lineFeed).map { $0 > 0 && bytes[$0 - 1] == carriageReturn }
            ?? false
      return hasEnd ? nil : bytes + (usesPairs ? [carriageReturn, lineFeed] : [lineFeed])
    case .removed:
      guard hasEnd else { return nil }
      let rest = bytes.dropLast()
      return Array(rest.last == carriageReturn ? rest.dropLast() : rest)
    }
  }
}
