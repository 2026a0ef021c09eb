public import OVABasics
public import OVAByteSource

/// A tar archive read once, front to back, as it comes through a pipe.
///
/// Ask for a member, read its bytes or not, ask for the next. When there is none, `diagnostics` is
/// complete, and the input has been read to its end.
@safe public final class TarStream {
  private var walk: TarWalk
  private let input: StreamInput
  private var current: ArchiveMember?
  /// The bytes that libarchive has returned and that were not taken yet; valid until it is called
  /// again.
  private var pending: UnsafeRawBufferPointer?

  /// Begins to read.
  /// - Parameters:
  ///   - stream: the archive's bytes.
  ///   - limits: how much is accepted.
  ///   - tee: sees every byte of the input once and in order, those after the archive's end too;
  ///     the first of them also when the input is then refused.
  /// - Throws: `ArchiveError`: `notAnArchive` or `empty` when it is no tar at all, `inputOutput`
  ///   when the stream fails, and what `tee` throws.
  public init(
    _ stream: any ByteStream, limits: Limits,
    tee: ((UnsafeRawBufferPointer) throws(ArchiveError) -> Void)? = nil
  ) throws(ArchiveError) {
    let input = unsafe StreamInput(stream, tee: tee)
    self.input = input
    do throws(ByteSourceError) {
      try input.readAhead()
    } catch {
      throw input.teeFailure ?? ArchiveError(error, doing: "read the archive")
    }
    guard input.size != 0 else { throw .empty(input.name) }
    try input.requireTar()
    walk = try TarWalk(input, limits: limits)
  }

  /// The diagnostics so far that a rule may judge.
  public var diagnostics: [TarDiagnostic] { walk.diagnostics }

  /// The next member; nil at the end, also where damage ended the archive, which is then among
  /// the facts. What is left of the current member is passed over.
  /// - Throws: `ArchiveError`: `inputOutput`, `limitExceeded`, and what the tee throws.
  public func next() throws(ArchiveError) -> ArchiveMember? {
    unsafe pending = nil
    do throws(ArchiveError) {
      current = try walk.next()
    } catch {
      throw input.teeFailure ?? error
    }
    return current
  }

  /// Fills `buffer` with the current member's next bytes and says how many it got; 0 at its end.
  ///
  /// A member that is cut short ends early; the diagnostic follows when the next one is asked for.
  /// - Throws: `ArchiveError`: `unreadableMember` for a sparse member, `inputOutput`, and what
  ///   the tee throws.
  public func readData(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    guard let current else { return 0 }
    guard current.kind != .sparse else {
      throw ArchiveError(
        code: .unreadableMember, doing: "read member '\(current.name.forDisplay)'",
        reason: "it is stored with holes",
        place: Place(input.name, offset: current.headerOffset), fix: "pack it without --sparse")
    }
    var done = 0
    while done < buffer.count {
      if let piece = unsafe pending, piece.count > 0 {
        let count = min(piece.count, buffer.count - done)
        unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: piece[..<count]))
        unsafe pending = UnsafeRawBufferPointer(rebasing: piece[count...])
        done += count
        continue
      }
      do throws(ArchiveError) {
        unsafe pending = try walk.handle.nextData()
      } catch {
        throw input.teeFailure ?? error
      }
      guard unsafe pending != nil else { break }
    }
    return done
  }

  /// The current member's next bytes, up to `count` of them; empty at its end.
  /// - Throws: as `readData(into:)`.
  public func readData(count: Int) throws(ArchiveError) -> [UInt8] {
    var failure: ArchiveError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(ArchiveError) {
        initialized = try unsafe readData(into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
        initialized = 0
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
