public import OVABasics
public import OVAByteSource

/// Writes a tar archive the way DSP0243 5.3 asks for: POSIX ustar, ordinary files only.
///
/// The same members give the same bytes: permissions 0644, owner and group 0 without names, and
/// the times it is given. Only a member that ustar cannot hold, of 8 GiB and more or with a name
/// that does not fit, is written with a GNU header.
@safe public final class TarWriter {
  /// Takes the archive's bytes, piece after piece, in order.
  public typealias Sink = (UnsafeRawBufferPointer) throws(ArchiveError) -> Void

  /// The extent of the zeros after the two end blocks.
  public enum Padding: Sendable {
    /// A whole record of 10,240 bytes, as `tar` pads to.
    case record
    /// No further: the archive ends with the end blocks.
    case none
  }

  /// The number of bytes written so far.
  public private(set) var bytesWritten: UInt64 = 0

  private let place: Place
  private let padding: Padding
  private let sink: Sink
  private var isOver = false

  /// The most bytes that the size field of ustar holds: 8 GiB - 1.
  public static let largestUstarSize: UInt64 = 0o77_777_777_777

  /// Begins an archive.
  /// - Parameters:
  ///   - name: what errors call it.
  ///   - padding: how far zeros follow the end blocks.
  ///   - sink: takes the bytes.
  public init(name: String, padding: Padding = .record, sink: @escaping Sink) {
    place = Place(name)
    self.padding = padding
    unsafe self.sink = unsafe sink
  }

  /// Appends a file whose content `body` writes, in as many pieces as it likes.
  /// - Parameters:
  ///   - name: the member's name.
  ///   - size: the content's length; `body` has to write exactly as much.
  ///   - modified: seconds since 1970 (UTC).
  /// - Throws: `ArchiveError`: `sizeMismatch` when `body` writes more or less, `refused` for a
  ///   name or size that no header holds, and what the sink or `body` throws. The archive is then
  ///   spoilt.
  public func append(
    name: String, size: UInt64, modified: Int64,
    body: (_ write: Sink) throws(ArchiveError) -> Void
  ) throws(ArchiveError) {
    let bytes = Array(name.utf8)
    guard !isOver, !bytes.isEmpty, !bytes.contains(0), let length = Int64(exactly: size) else {
      let reason = isOver ? "the archive is finished or spoilt" : "no header holds its name or size"
      throw ArchiveError(
        code: .refused, doing: "write member '\(name.forDisplay)'", reason: reason, place: place)
    }
    // Until the member is whole the archive is not.
    isOver = true
    let format: TarFormat = Self.fitsUstar(name: name, size: size) ? .ustar : .gnu
    let handle = unsafe try WriteHandle(format, place: place, sink: pass)
    try handle.begin(name: bytes, size: length, modified: Self.writable(modified))
    var rest = size
    unsafe try body { (piece) throws(ArchiveError) in
      guard UInt64(piece.count) <= rest else { throw mismatch(name, "more than", size) }
      unsafe try handle.write(piece)
      rest -= UInt64(piece.count)
    }
    guard rest == 0 else { throw mismatch(name, "\(size - rest) of", size) }
    try handle.finish()
    isOver = false
  }

  /// Appends a file with the bytes of a source, a mebibyte at a time.
  /// - Parameters:
  ///   - name: the member's name.
  ///   - source: the content.
  ///   - modified: seconds since 1970 (UTC).
  /// - Throws: `ArchiveError`, as the other form does; `inputOutput` when the source fails.
  public func append(
    name: String, source: any ByteSource, modified: Int64
  ) throws(ArchiveError) {
    unsafe try append(name: name, size: source.size, modified: modified) {
      (write) throws(ArchiveError) in
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
      defer { unsafe buffer.deallocate() }
      var offset: UInt64 = 0
      while offset < source.size {
        let count: Int
        do throws(ByteSourceError) {
          count = unsafe try source.read(at: offset, into: buffer)
        } catch {
          throw ArchiveError(error, doing: "write member '\(name.forDisplay)'")
        }
        guard count > 0 else { return }
        unsafe try write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        offset += UInt64(count)
      }
    }
  }

  /// Writes the two end blocks and the padding. Nothing can be appended afterwards.
  public func finish() throws(ArchiveError) {
    guard !isOver else {
      throw ArchiveError(
        code: .refused, doing: "finish the archive", reason: "it is finished or spoilt",
        place: place)
    }
    isOver = true
    var length = 2 * TarHeader.length
    let record = 10_240
    if padding == .record {
      let over = Int((bytesWritten + UInt64(length)) % UInt64(record))
      length += over == 0 ? 0 : record - over
    }
    let zeros = UnsafeMutableRawBufferPointer.allocate(byteCount: length, alignment: 16)
    defer { unsafe zeros.deallocate() }
    unsafe zeros.initializeMemory(as: UInt8.self, repeating: 0)
    unsafe try pass(UnsafeRawBufferPointer(zeros))
  }

  /// The header, of one block or more, under which a member of so many bytes is written.
  /// - Throws: `ArchiveError` `refused` for a name or size that no header holds.
  package static func header(
    name: String, size: UInt64, modified: Int64
  ) throws(ArchiveError) -> [UInt8] {
    var header: [UInt8] = []
    let bytes = Array(name.utf8)
    guard !bytes.isEmpty, !bytes.contains(0), let length = Int64(exactly: size) else {
      throw ArchiveError(
        code: .refused, doing: "write member '\(name.forDisplay)'",
        reason: "no header holds its name or size", place: Place(name))
    }
    let format: TarFormat = fitsUstar(name: name, size: size) ? .ustar : .gnu
    let handle = unsafe try WriteHandle(format, place: Place(name)) { piece in
      unsafe header.append(contentsOf: piece)
    }
    try handle.begin(name: bytes, size: length, modified: writable(modified))
    return header
  }

  private func pass(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    unsafe try sink(bytes)
    bytesWritten += UInt64(bytes.count)
  }

  private func mismatch(_ name: String, _ found: String, _ size: UInt64) -> ArchiveError {
    ArchiveError(
      code: .sizeMismatch, doing: "write member '\(name.forDisplay)'",
      reason: "\(found) the announced \(size) bytes came", place: place)
  }

  /// The nearest time that eleven octal digits hold: the years 1970 to 2242.
  private static func writable(_ modified: Int64) -> Int64 {
    min(max(modified, 0), Int64(largestUstarSize))
  }

  /// Returns whether a member of that name and size is written as plain ustar.
  public static func fitsUstar(name: String, size: UInt64) -> Bool {
    size <= largestUstarSize && fitsUstar(Array(name.utf8))
  }

  /// Returns whether a name fits into 100 bytes, or at a slash into 155 and 100.
  private static func fitsUstar(_ name: [UInt8]) -> Bool {
    if name.count <= 100 { return true }
    let slash = UInt8(ascii: "/")
    return name.indices.contains { index in
      name[index] == slash && (1...155).contains(index)
        && (1...100).contains(name.count - index - 1)
    }
  }
}
