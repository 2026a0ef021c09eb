import CArchive
import Glibc
import OVABasics

/// A libarchive writer for one member. The one place where its functions are called for writing.
///
/// Each member has a handle of its own, since the library keeps one dialect for a whole archive
/// and only a member that plain ustar cannot hold shall be in another.
@safe final class WriteHandle {
  private let archive: OpaquePointer
  private let sinkContext: SinkContext
  private let place: Place

  /// Prepares to write a member of `format` to `sink`.
  init(_ format: TarFormat, place: Place, sink: @escaping TarWriter.Sink) throws(ArchiveError) {
    guard let archive = unsafe archive_write_new() else {
      throw ArchiveError(
        code: .refused, doing: "write the archive", reason: "out of memory", place: place)
    }
    unsafe self.archive = unsafe archive
    unsafe sinkContext = SinkContext(sink)
    self.place = place
    switch format {
    case .ustar: try check(unsafe archive_write_set_format_ustar(archive))
    case .gnu: try check(unsafe archive_write_set_format_gnutar(archive))
    }
    // Without a buffer of the library's own each piece goes on as it came.
    try check(unsafe archive_write_set_bytes_per_block(archive, 0))
    let context = unsafe Unmanaged.passUnretained(sinkContext).toOpaque()
    try check(
      unsafe archive_write_open(
        archive, context, nil,
        { _, context, base, count in
          guard let context = unsafe context else { return -1 }
          let sink = unsafe Unmanaged<SinkContext>.fromOpaque(context).takeUnretainedValue()
          return unsafe sink.write(UnsafeRawBufferPointer(start: base, count: count))
        }, nil))
  }

  deinit {
    // Else freeing it would write the end blocks that only the archive's end has.
    _ = unsafe archive_write_fail(archive)
    _ = unsafe archive_write_free(archive)
  }

  /// Writes the header of an ordinary file.
  func begin(name: [UInt8], size: Int64, modified: Int64) throws(ArchiveError) {
    guard let entry = unsafe archive_entry_new() else {
      throw ArchiveError(
        code: .refused, doing: "write the archive", reason: "out of memory", place: place)
    }
    defer { unsafe archive_entry_free(entry) }
    unsafe (name.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { text in
      unsafe archive_entry_set_pathname(entry, text.baseAddress)
    }
    unsafe archive_entry_set_filetype(entry, UInt32(Glibc.S_IFREG))
    unsafe archive_entry_set_perm(entry, 0o644)
    unsafe archive_entry_set_size(entry, size)
    unsafe archive_entry_set_mtime(entry, time_t(modified), 0)
    try check(unsafe archive_write_header(archive, entry))
  }

  /// Writes the next bytes of the content.
  func write(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    var done = 0
    while done < bytes.count, let base = bytes.baseAddress {
      let count = unsafe archive_write_data(archive, base + done, bytes.count - done)
      guard count > 0 else {
        try check(count < 0 ? Int32(clamping: count) : ARCHIVE_FATAL)
        return
      }
      done += count
    }
  }

  /// Fills up the content's last block.
  func finish() throws(ArchiveError) { try check(unsafe archive_write_finish_entry(archive)) }

  /// The one judge of the library's codes.
  private func check(_ code: Int32) throws(ArchiveError) {
    if let failure = sinkContext.failure { throw failure }
    guard code != ARCHIVE_OK else { return }
    let words = unsafe archive_error_string(archive).map { unsafe String(cString: $0) }
    throw ArchiveError(
      code: .refused, doing: "write the archive", reason: words ?? "error \(code)", place: place)
  }
}

/// The header forms that are written.
enum TarFormat {
  /// POSIX.1-1988.
  case ustar
  /// GNU's: sizes of 8 GiB and more, and long names.
  case gnu
}

/// The context of the write callback: the sink, and the error with which it gave up.
@safe private final class SinkContext {
  private let sink: TarWriter.Sink
  private(set) var failure: ArchiveError?

  init(_ sink: @escaping TarWriter.Sink) { unsafe self.sink = unsafe sink }

  /// The number of bytes taken, or -1.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard failure == nil else { return -1 }
    do throws(ArchiveError) {
      unsafe try sink(bytes)
      return bytes.count
    } catch {
      failure = error
      return -1
    }
  }
}
