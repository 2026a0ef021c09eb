import ArgumentParser
import Glibc
import OVABasics
import OVAByteSource

/// Paths that a file or standard input lists.
enum PathList {
  /// The most bytes of a list.
  private static let mostBytes: UInt64 = 1 << 28

  /// The paths of a list, in their order: names of any bytes, each on a line, or ended by a NUL.
  /// - Parameters:
  ///   - path: the list's; `-` for standard input.
  ///   - isNullSeparated: whether paths end with a NUL, as `find -print0` writes them.
  /// - Throws: `ValidationError` when it cannot be read.
  static func paths(in path: String, isNullSeparated: Bool) throws -> [String] {
    let bytes: [UInt8]
    do throws(ByteSourceError) {
      bytes = try content(of: path)
    } catch {
      throw ValidationError("--paths-from \(path.forDisplay): \(error.reason.forDisplay)")
    }
    return paths(in: bytes, isNullSeparated: isNullSeparated)
  }

  /// All bytes of a file, which may be a pipe: `--paths-from <(find …)`.
  private static func content(of path: String) throws(ByteSourceError) -> [UInt8] {
    if path == StreamOptions.standardInput.text {
      return try DescriptorStream(descriptor: 0, name: "standard input").allBytes(mostBytes)
    }
    let descriptor = path.withFileSystemPath { open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else {
      throw ByteSourceError(errno: errno, doing: "open it", place: Place(path))
    }
    defer { close(descriptor) }
    return try DescriptorStream(descriptor: descriptor, name: path).allBytes(mostBytes)
  }

  /// The paths of a list. Empty ones are left out; in a list whose lines all end as Windows ends
  /// them, the carriage return is no part of a name.
  static func paths(in bytes: [UInt8], isNullSeparated: Bool) -> [String] {
    var lines = bytes.split(separator: isNullSeparated ? 0 : UInt8(ascii: "\n"))
    let carriageReturn = UInt8(ascii: "\r")
    if !isNullSeparated, lines.allSatisfy({ $0.last == carriageReturn }) {
      lines = lines.map { $0.dropLast() }.filter { !$0.isEmpty }
    }
    return lines.map { line in
      let name = String(fileSystemBytes: line)
      // In a list `-` is a file's name.
      return name == StreamOptions.standardInput.text ? "./-" : name
    }
  }
}

extension DescriptorStream {
  /// All bytes to the end.
  fileprivate func allBytes(_ most: UInt64) throws(ByteSourceError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var failure: ByteSourceError?
      let count = buffer.withUnsafeMutableBytes { piece in
        do throws(ByteSourceError) {
          return try read(into: piece)
        } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: buffer.prefix(count))
      guard UInt64(bytes.count) <= most else {
        throw ByteSourceError(
          code: .limitExceeded, doing: "read it whole",
          reason: "it is larger than the limit 'listBytes' of \(most)", place: Place(name))
      }
    }
  }
}
