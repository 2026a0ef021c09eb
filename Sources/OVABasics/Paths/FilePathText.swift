public import SystemPackage

extension FilePath {
  /// The path of exactly these bytes; what follows a NUL is left out, as the system would.
  public init(bytes: some Sequence<UInt8>) {
    let characters = bytes.prefix { $0 != 0 }.map { CInterop.PlatformChar(bitPattern: $0) } + [0]
    self = characters.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { FilePath(platformString: $0) } ?? FilePath()
    }
  }

  /// The path that a text stands for, as the catalog, places and reports have paths; see
  /// `FileNameText`. Text from elsewhere is a path by its bytes: `FilePath(_:)`.
  public init(text: String) { self.init(bytes: text.fileSystemBytes) }

  /// The bytes, as system calls take them, without the NUL at the end.
  public var bytes: [UInt8] {
    withPlatformString { start in
      Array(UnsafeRawBufferPointer(UnsafeBufferPointer(start: start, count: length)))
    }
  }

  /// The path as text, without loss: what is not UTF-8 is escaped; see `FileNameText`.
  public var text: String { FileNameText.text(of: bytes) }

  /// The path for a message: control characters are escaped, too.
  public var shown: String { text.forDisplay }
}
