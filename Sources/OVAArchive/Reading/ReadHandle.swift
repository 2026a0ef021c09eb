import CArchive
import Glibc
import OVABasics
import OVAByteSource

/// A libarchive reader over an input. The one place where its functions are called for reading.
@safe final class ReadHandle {
  /// The result of a step to the next member.
  enum Step {
    case member(RawEntry)
    case end
    /// The library gave up, in its words; it must not be asked again.
    case damaged(String)
  }

  /// A member's fields as libarchive reads them.
  struct RawEntry {
    var name: [UInt8]?
    var type: mode_t
    var mode: UInt32
    var size: Int64
    var modified: Int64
    var hardLink: [UInt8]?
    var symbolicLink: [UInt8]?
    /// The library's words when it read the member with a reservation of some meaning.
    var note: String?
  }

  private let archive: OpaquePointer
  private let context: ReadContext
  /// The end of the reading; the library is not asked again after it.
  private var ending: Step?
  /// True if the library stands at a member's data.
  private var hasMember = false

  /// Opens a tar reader, and no other format or filter, over `input`.
  init(_ input: any ArchiveInput) throws(ArchiveError) {
    guard let archive = unsafe archive_read_new() else {
      throw ArchiveError(
        code: .refused, doing: "open the archive", reason: "out of memory", place: Place(input.name)
      )
    }
    unsafe self.archive = unsafe archive
    context = ReadContext(input)
    _ = unsafe archive_read_support_format_tar(archive)
    if input.canSkip {
      _ = unsafe archive_read_set_skip_callback(archive) { _, data, count in
        guard count > 0, let context = unsafe ReadContext.of(data) else { return 0 }
        return Int64(clamping: context.input.skip(UInt64(count)))
      }
      _ = unsafe archive_read_set_seek_callback(archive) { _, data, offset, whence in
        unsafe ReadContext.of(data)?.seek(offset, whence: whence) ?? Int64(ARCHIVE_FATAL)
      }
    }
    _ = unsafe archive_read_set_read_callback(archive) { _, data, block in
      guard let context = unsafe ReadContext.of(data) else { return -1 }
      do throws(ByteSourceError) {
        let bytes = unsafe try context.nextBlock()
        unsafe block?.pointee = bytes.baseAddress
        return bytes.count
      } catch {
        context.failure = error
        return -1
      }
    }
    _ = unsafe archive_read_set_callback_data(archive, Unmanaged.passUnretained(context).toOpaque())
    let code = unsafe archive_read_open1(archive)
    if let failure = context.failure { throw ArchiveError(failure, doing: "open the archive") }
    // The library looks at the first header when it opens.
    if code != ARCHIVE_OK, code != ARCHIVE_WARN { ending = .damaged(words) }
  }

  deinit { _ = unsafe archive_read_free(archive) }

  /// The offset at which the headers asked for last begin; where a member's data could not be
  /// passed over, still its own.
  private(set) var headerOffset: UInt64 = 0
  /// The offset at which the library reads next: behind the headers, at the member's data.
  var offset: UInt64 { UInt64(clamping: unsafe archive_filter_bytes(archive, 0)) }

  /// Asks for the next member. Only success continues: after damage the library repeats its error
  /// forever.
  /// - Throws: `ArchiveError` when the bytes below could not be read.
  func next() throws(ArchiveError) -> Step {
    if let ending { return ending }
    // Done by hand, since the library no longer tells where a header is that it could not read.
    let passed = hasMember ? unsafe archive_read_data_skip(archive) : ARCHIVE_OK
    if let failure = context.failure { throw ArchiveError(failure, doing: "read the archive") }
    guard passed == ARCHIVE_OK || passed == ARCHIVE_WARN else {
      ending = .damaged(words)
      return .damaged(words)
    }
    headerOffset = offset
    hasMember = false
    context.beginChain(at: headerOffset)
    var entry: OpaquePointer?
    let code = unsafe archive_read_next_header(archive, &entry)
    if let failure = context.failure { throw ArchiveError(failure, doing: "read the archive") }
    switch code {
    case ARCHIVE_OK, ARCHIVE_WARN:
      guard let entry = unsafe entry else { break }
      hasMember = true
      return unsafe .member(describe(entry, note: code == ARCHIVE_WARN ? reservation : nil))
    case ARCHIVE_EOF:
      ending = .end
      return .end
    default: break
    }
    ending = .damaged(words)
    return .damaged(words)
  }

  /// The headers that the library has read last, described: in front of a member's data, or where
  /// it gave up, as far as the archive goes there.
  /// - Throws: `ArchiveError` when the bytes below could not be read.
  func chain() throws(ArchiveError) -> HeaderChain {
    if hasMember { return context.chain.before(offset) }
    do throws(ByteSourceError) {
      return try context.finishedChain()
    } catch {
      throw ArchiveError(error, doing: "read the archive")
    }
  }

  /// The next piece of the member's data, valid until the next call. Nil at its end, and where
  /// the archive is damaged, which the next `next()` tells.
  /// - Throws: `ArchiveError` when the bytes below could not be read.
  func nextData() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    guard ending == nil else { return nil }
    var base: UnsafeRawPointer?
    var count = 0
    var offset: Int64 = 0
    let code = unsafe archive_read_data_block(archive, &base, &count, &offset)
    if let failure = context.failure { throw ArchiveError(failure, doing: "read the archive") }
    switch code {
    case ARCHIVE_OK, ARCHIVE_WARN: return unsafe UnsafeRawBufferPointer(start: base, count: count)
    case ARCHIVE_EOF: return nil
    default:
      ending = .damaged(words)
      return nil
    }
  }

  private func describe(_ entry: OpaquePointer, note: String?) -> RawEntry {
    unsafe RawEntry(
      name: Self.bytes(archive_entry_pathname(entry)),
      type: archive_entry_filetype(entry),
      mode: UInt32(archive_entry_perm(entry)),
      size: archive_entry_size(entry),
      modified: Int64(archive_entry_mtime(entry)),
      hardLink: Self.bytes(archive_entry_hardlink(entry)),
      symbolicLink: Self.bytes(archive_entry_symlink(entry)),
      note: note)
  }

  private static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8]? {
    guard let text = unsafe text else { return nil }
    return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }

  /// The warning that libarchive gave about a member; nil where it says nothing of the content.
  ///
  /// In the C locale it warns of every name outside ASCII, owners' and links' too, whose bytes are
  /// right. Of all warnings about headers these alone have the code of a wrong file format, which
  /// is this one where the system has no `EFTYPE`.
  private var reservation: String? {
    unsafe archive_errno(archive) == EILSEQ ? nil : words
  }

  /// The library's words on its last error.
  private var words: String {
    guard let text = unsafe archive_error_string(archive) else { return "unknown error" }
    return unsafe String(cString: text)
  }
}

/// The context of the callbacks: the input, and the failure that made one of them give up. The
/// bytes that pass are shown to the description of the headers, so that these are read once.
@safe private final class ReadContext {
  let input: any ArchiveInput
  var failure: ByteSourceError?
  private(set) var chain = HeaderChain(at: 0)
  /// The last block, valid until the next.
  private var block = unsafe UnsafeRawBufferPointer(start: nil, count: 0)

  init(_ input: any ArchiveInput) { self.input = input }

  func nextBlock() throws(ByteSourceError) -> UnsafeRawBufferPointer {
    let next = unsafe try input.nextBlock()
    unsafe block = next
    unsafe chain.take(next, at: input.blockStart)
    return unsafe next
  }

  /// Begins to describe the headers at an offset, which may be in the last block or behind it.
  func beginChain(at offset: UInt64) {
    guard chain.start != offset else { return }
    chain = HeaderChain(at: offset)
    unsafe chain.take(block, at: input.blockStart)
  }

  /// The description to its end, where the library asked for no more.
  func finishedChain() throws(ByteSourceError) -> HeaderChain {
    while !chain.isDone {
      if input.canSkip, !input.seek(to: chain.position) {
        chain.end()
      } else if unsafe try nextBlock().isEmpty {
        chain.end()
      }
    }
    return chain
  }

  static func of(_ pointer: UnsafeMutableRawPointer?) -> ReadContext? {
    unsafe pointer.map { unsafe Unmanaged<ReadContext>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Moves the input as `lseek` would a file; the new offset, or the library's code for failure.
  func seek(_ offset: Int64, whence: Int32) -> Int64 {
    let base: Int64
    switch whence {
    case SEEK_SET: base = 0
    case SEEK_END: base = Int64(clamping: input.size ?? 0)
    default: return Int64(ARCHIVE_FATAL)
    }
    let (target, overflow) = base.addingReportingOverflow(offset)
    guard !overflow, target >= 0, input.seek(to: UInt64(target)) else {
      return Int64(ARCHIVE_FATAL)
    }
    return target
  }
}
