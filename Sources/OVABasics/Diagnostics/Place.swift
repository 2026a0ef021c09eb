/// A place in a file: a line and column, or a byte offset.
///
/// Every fact that a rule may complain about carries one, so that a finding can always say where.
public struct Place: Hashable, Sendable {
  /// The file as a person would name it: a path, or `package.ova/member.vmdk` for a member.
  public var file: String
  /// The line, counted from 1, in text and XML.
  public var line: Int?
  /// The column, counted from 1, where the reader knows it and the line alone does not say it.
  public var column: Int?
  /// The byte offset from the start of the file, in binary formats.
  public var offset: UInt64?

  /// Makes a place; what is unknown stays nil.
  public init(_ file: String, line: Int? = nil, column: Int? = nil, offset: UInt64? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.offset = offset
  }

  /// Feeds the position, which tells most places apart without a look at the whole path.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(line)
    hasher.combine(column)
    hasher.combine(offset)
    hasher.combine(file.utf8.count)
  }

  /// The same line or offset, in a file of another name.
  public func renamed(_ file: String) -> Place {
    Place(file, line: line, column: column, offset: offset)
  }
}

extension Place {
  /// The position inside the file, to be named in a sentence: `line 12` or `line 1, column 340`.
  public var position: String {
    let words = line.map { "line \($0)" } ?? offset.map { "byte \($0)" } ?? "an unknown line"
    return column.map { "\(words), column \($0)" } ?? words
  }
}

extension Place: CustomStringConvertible {
  /// `a.ovf:12`, `a.ovf:12:7`, `disk.vmdk@1024` or just the file.
  public var description: String {
    if let line {
      return column.map { "\(file):\(line):\($0)" } ?? "\(file):\(line)"
    }
    return offset.map { "\(file)@\($0)" } ?? file
  }
}

extension Place: Comparable {
  /// Orders by file, then line, column and offset; unknown positions come first.
  public static func < (a: Place, b: Place) -> Bool {
    if a.file != b.file {
      return a.file.unicodeScalars.lexicographicallyPrecedes(b.file.unicodeScalars)
    }
    return (a.line ?? 0, a.column ?? 0, a.offset ?? 0) < (b.line ?? 0, b.column ?? 0, b.offset ?? 0)
  }
}
