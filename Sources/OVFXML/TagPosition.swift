internal import CXML2

/// The place of a start tag.
struct TagStart {
  /// Bytes from the start of the document.
  var offset: Int
  /// Characters from the start of the line, from 1.
  var column: Int
}

/// Lines inside a start tag: libxml2 only knows the line that the tag ends on.
@safe struct TagPosition {
  /// The line of the tag's `<`.
  let line: Int
  /// Its column where another start tag begins before it on the same line.
  let column: Int?
  let start: TagStart?
  private let end: UnsafePointer<xmlChar>?
  private var cursor: UnsafePointer<xmlChar>?
  private var cursorLine: Int

  init(_ context: xmlParserCtxtPtr?, after last: TagStart?) {
    guard let input = unsafe context?.pointee.input, let base = unsafe input.pointee.base,
      let current = unsafe input.pointee.cur, unsafe base <= current
    else {
      line = 1
      column = nil
      start = last
      unsafe end = nil
      unsafe cursor = nil
      cursorLine = 1
      return
    }
    // A start tag holds no other `<`, not even in its values.
    var begin = unsafe current
    var breaks = 0
    while unsafe begin > base {
      unsafe begin -= 1
      let byte = unsafe begin.pointee
      if byte == UInt8(ascii: "\n") { breaks += 1 }
      if byte == UInt8(ascii: "<") { break }
    }
    line = unsafe max(1, Int(input.pointee.line) - breaks)
    unsafe end = current
    unsafe cursor = begin
    cursorLine = line
    let before = unsafe UnsafeBufferPointer(start: base, count: begin - base)
    let gone = unsafe Int(clamping: input.pointee.consumed)
    (start, column) = unsafe Self.start(before, gone: gone, after: last)
  }

  /// Returns the offset of a tag, and its column unless no other tag begins before it on its line;
  /// every byte between two tags is looked at once at most.
  /// - Parameters:
  ///   - before: the bytes in front of it that libxml2 still has.
  ///   - gone: how many came before these.
  private static func start(
    _ before: UnsafeBufferPointer<xmlChar>, gone: Int, after last: TagStart?
  ) -> (TagStart, Int?) {
    let offset = gone.addingReportingOverflow(before.count).partialValue
    // An entity's text counts from its own start.
    let distance = last.map { offset - $0.offset }.flatMap { $0 > 0 ? $0 : nil }
    var characters = 0
    var index = before.count
    let floor = max(0, index - (distance ?? index))
    while index > floor {
      index -= 1
      let byte = unsafe before[index]
      if byte == UInt8(ascii: "\n") {
        return (TagStart(offset: offset, column: characters + 1), nil)
      }
      // Not the second or a later byte of a character in UTF-8.
      if byte & 0xC0 != 0x80 { characters += 1 }
    }
    guard let last, let distance else {
      return (TagStart(offset: offset, column: characters + 1), nil)
    }
    let unseen = max(0, distance - before.count)
    let column = last.column + unseen + characters
    return (TagStart(offset: offset, column: column), column)
  }

  /// The line of a value; of one that was copied because of references, the line reached so far.
  mutating func line(of value: UnsafePointer<xmlChar>) -> Int {
    guard let end = unsafe end, var cursor = unsafe cursor, unsafe value >= cursor,
      unsafe value <= end
    else { return cursorLine }
    while unsafe cursor < value {
      if unsafe cursor.pointee == UInt8(ascii: "\n") { cursorLine += 1 }
      unsafe cursor += 1
    }
    unsafe self.cursor = cursor
    return cursorLine
  }
}
