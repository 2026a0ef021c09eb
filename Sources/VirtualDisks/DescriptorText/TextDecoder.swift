import Glibc

/// Turns text of a declared encoding into UTF-8, by the C library's iconv.
@safe final class TextDecoder {
  private let handle: iconv_t

  /// - Parameter encoding: the name as files declare it; code pages of Windows by any of their names.
  /// - Returns: nil where the C library does not know it.
  init?(encoding: String) {
    // What the name is looked up by must lead to no other file.
    let isName =
      !encoding.isEmpty && encoding.utf8.count <= 40
      && encoding.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
          || [0x2D, 0x2E, 0x3A, 0x5F].contains(byte)
      }
    guard isName, let handle = unsafe Self.names(of: encoding).lazy.compactMap(Self.open).first
    else { return nil }
    unsafe self.handle = unsafe handle
  }

  deinit { unsafe iconv_close(handle) }

  /// The name, and where it is a code page of Windows the C library's name of it.
  private static func names(of encoding: String) -> [String] {
    let folded = encoding.lowercased()
    for prefix in ["windows-", "cp", "ms", "ibm-"] where folded.hasPrefix(prefix) {
      let number = folded.dropFirst(prefix.count)
      if !number.isEmpty, number.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        return [encoding, "CP\(number)", "IBM\(number)"]
      }
    }
    return [encoding]
  }

  private static func open(_ name: String) -> iconv_t? {
    let handle = unsafe iconv_open("UTF-8", name)
    return unsafe handle == iconv_t(bitPattern: -1) ? nil : handle
  }

  /// The text of `bytes`; nil where they are not of the encoding.
  func text(_ bytes: some Collection<UInt8>) -> String? {
    var input = bytes.map { CChar(bitPattern: $0) }
    // No character of any encoding takes more than 4 bytes of UTF-8 for each of its own.
    var output = [CChar](repeating: 0, count: input.count * 4 + 16)
    var made = 0
    let isWhole = unsafe input.withUnsafeMutableBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output -> Bool in
        var from = input.baseAddress
        var into = output.baseAddress
        var left = input.count
        var room = output.count
        // Back to the first state, in encodings that have states.
        _ = unsafe iconv(handle, nil, nil, nil, nil)
        guard unsafe iconv(handle, &from, &left, &into, &room) != -1, left == 0
        else { return false }
        made = output.count - room
        return true
      }
    }
    guard isWhole else { return nil }
    return String(validating: output.prefix(made).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
