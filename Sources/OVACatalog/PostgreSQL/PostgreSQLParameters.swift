import OVABasics

/// The values of a statement as libpq takes them: texts that end with a NUL.
struct PostgreSQLParameters {
  private var bytes: [CChar] = []
  /// The offset at which each text begins; nil for null.
  private var starts: [Int?] = []

  /// Throws when a text holds a NUL, which PostgreSQL stores in none.
  init(_ arguments: Arguments) throws {
    starts.reserveCapacity(arguments.values.count)
    for value in arguments.values {
      guard let value else {
        starts.append(nil)
        continue
      }
      let text = value.columnText
      guard !text.utf8.contains(0) else { throw PostgreSQLText.nul }
      append(text)
    }
  }

  init(texts: [String?]) {
    for text in texts {
      if let text { append(text) } else { starts.append(nil) }
    }
  }

  private mutating func append(_ text: String) {
    starts.append(bytes.count)
    bytes.append(contentsOf: text.utf8.lazy.map { CChar(bitPattern: $0) })
    bytes.append(0)
  }

  /// Hands over how many values there are, and pointers to them.
  func withPointers<Value>(
    _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?) -> Value
  ) -> Value {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      let pointers = unsafe starts.map { start in
        unsafe start.flatMap { start in unsafe bytes.baseAddress.map { unsafe $0 + start } }
      }
      return unsafe pointers.withUnsafeBufferPointer { pointers in
        unsafe body(Int32(clamping: pointers.count), pointers.baseAddress)
      }
    }
  }
}
