import OVABasics

extension String {
  /// Calls `body` with the path as the operating system takes it; one with a NUL ends there.
  package func withFileSystemPath<Result>(
    _ body: (UnsafePointer<CChar>) throws -> Result
  ) rethrows -> Result {
    guard holdsEscapedBytes else { return unsafe try withCString(body) }
    let bytes = fileSystemBytes.map { CChar(bitPattern: $0) } + [0]
    return unsafe try bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return unsafe try "".withCString(body) }
      return unsafe try body(base)
    }
  }
}
