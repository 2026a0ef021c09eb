import CZlib
public import OVABasics

/// Inflates a gzip stream (RFC 1952) that comes in pieces, within bounds, without keeping it.
///
/// Members that follow each other are read as one stream, as `gzip` itself does. `finish` gives the
/// state; after a diagnostic further pieces are counted and ignored.
@safe public struct GzipInflater: ~Copyable {
  /// The end of a stream.
  public struct Outcome: Hashable, Sendable {
    /// Compressed bytes taken, those after the diagnostic too.
    public let inputBytes: UInt64
    /// Bytes that came out.
    public let outputBytes: UInt64
    /// Members that ended as they should.
    public let members: Int
    /// Zero bytes after the last member, as tape blocks leave them; `gzip` ignores them.
    public let paddingBytes: UInt64
    /// The reason why the stream did not inflate to its end; nil when it is sound.
    public let diagnostic: GzipDiagnostic?
  }

  private enum State { case start, member, between, padding, failed }

  private let stream: UnsafeMutablePointer<z_stream>
  private let output: UnsafeMutableRawBufferPointer
  private let name: String
  private let maximum: UInt64
  private let maximumRatio: UInt64
  private var state = State.start
  private var inputBytes: UInt64 = 0
  private var outputBytes: UInt64 = 0
  private var members = 0
  private var paddingBytes: UInt64 = 0
  /// The first bytes of the member that is read, by which it is known for one.
  private var signature: [UInt8] = []
  private var diagnostic: GzipDiagnostic?

  /// The first bytes of each member: the magic number and the one method that there is (RFC 1952
  /// 2.3.1).
  private static let signature: [UInt8] = [0x1F, 0x8B, 8]

  /// Output below this is never taken for a bomb, whatever its ratio.
  private static let ratioGrace: UInt64 = 1 << 20

  /// Starts before the first byte.
  /// - Parameters:
  ///   - name: what to call the compressed file in places.
  ///   - maximumOutput: the most bytes that may come out, in bytes.
  ///   - maximumRatio: the most output for each byte of input, once more than 1 MiB came out.
  ///     Deflate reaches 1,032.
  public init(name: String, maximumOutput: UInt64, maximumRatio: UInt64 = 1_100) {
    self.name = name
    maximum = maximumOutput
    self.maximumRatio = maximumRatio
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    unsafe output = .allocate(byteCount: 128 << 10, alignment: 16)
    if unsafe ova_inflate_gzip_init(stream) != Z_OK {
      state = .failed
      diagnostic = GzipDiagnostic(.outOfMemory, at: Place(name, offset: 0))
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
    unsafe output.deallocate()
  }

  /// Takes the next compressed piece and hands on what comes out of it, piece by piece.
  ///
  /// The buffer given to `body` is valid during the call only. An error that `body` throws ends
  /// the call; the inflater is of no use then.
  public mutating func consume<Failure: Error>(
    _ piece: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let before = inputBytes
    let (total, overflow) = before.addingReportingOverflow(UInt64(piece.count))
    defer { inputBytes = overflow ? .max : total }
    var rest = unsafe piece
    var isPending = false
    while unsafe !rest.isEmpty || isPending, state != .failed {
      inputBytes = before + UInt64(piece.count - rest.count)
      if state != .member, unsafe !begin(rest) {
        unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
        continue
      }
      guard state == .member else { return }
      let used = unsafe try inflateOnce(rest, body)
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(used))
      // A full output buffer may hide more, which needs no further input.
      isPending = unsafe state == .member && stream.pointee.avail_out == 0
    }
  }

  /// Takes the next compressed piece and hands on what comes out of it, as arrays.
  public mutating func consume<Failure: Error>(
    _ piece: ArraySlice<UInt8>, _ body: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var failure: Failure?
    unsafe piece.withUnsafeBytes { buffer in
      do throws(Failure) {
        unsafe try consume(buffer) { output throws(Failure) in try body(unsafe Array(output)) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Says how the stream ended.
  public consuming func finish() -> Outcome {
    if diagnostic == nil, state == .member || state == .start {
      diagnostic = GzipDiagnostic(.truncated, at: Place(name, offset: inputBytes))
    }
    return Outcome(
      inputBytes: inputBytes, outputBytes: outputBytes, members: members,
      paddingBytes: paddingBytes, diagnostic: diagnostic)
  }

  /// Ends a stream that was not read further, since more came out than a limit of the caller's.
  package consuming func stopped(at maximum: UInt64) -> Outcome {
    fail(.tooLarge(maximum: maximum), at: inputBytes)
    return finish()
  }

  /// Looks at the byte after the start or a member; false when the byte is padding and taken.
  private mutating func begin(_ rest: UnsafeRawBufferPointer) -> Bool {
    guard let byte = unsafe rest.first else { return false }
    switch (state, byte) {
    case (.start, 0x1F):
      state = .member
      signature = []
      return true
    case (.between, 0x1F):
      unsafe inflateReset(stream)
      state = .member
      signature = []
      return true
    case (.between, 0), (.padding, 0):
      state = .padding
      paddingBytes += 1
      return false
    case (.start, _): fail(.notGzip, at: inputBytes)
    default: fail(.trailingGarbage, at: inputBytes)
    }
    return true
  }

  /// Runs the library over the piece as far as one buffer of output holds; gives bytes used.
  private mutating func inflateOnce<Failure: Error>(
    _ piece: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) -> Int {
    let offered = min(piece.count, 1 << 30)
    if signature.count < GzipInflater.signature.count {
      unsafe signature += piece.prefix(GzipInflater.signature.count - signature.count)
    }
    let start = unsafe piece.bindMemory(to: UInt8.self).baseAddress
    unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
    unsafe stream.pointee.avail_in = UInt32(offered)
    unsafe stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    unsafe stream.pointee.avail_out = UInt32(output.count)
    let code = unsafe inflate(stream, Z_NO_FLUSH)
    let used = unsafe offered - Int(stream.pointee.avail_in)
    let produced = unsafe output.count - Int(stream.pointee.avail_out)
    let reached = inputBytes + UInt64(used)
    if produced > 0 {
      guard bounded(by: UInt64(produced), at: reached) else { return used }
      outputBytes += UInt64(produced)
      try unsafe body(UnsafeRawBufferPointer(rebasing: output[..<produced]))
    }
    switch code {
    case Z_OK, Z_BUF_ERROR:
      // The library always gets on; were it not to, the caller's loop must still end.
      if used == 0, produced == 0, offered > 0 {
        fail(.damaged(reason: "no progress"), at: reached)
      }
    case Z_STREAM_END:
      members += 1
      state = .between
    case Z_MEM_ERROR: fail(.outOfMemory, at: reached)
    default: unsafe damaged(stream.pointee.msg, at: reached)
    }
    return used
  }

  /// Returns whether `more` bytes may still come out.
  private mutating func bounded(by more: UInt64, at offset: UInt64) -> Bool {
    let total = outputBytes + more
    let (most, overflow) = max(offset, 1).multipliedReportingOverflow(by: maximumRatio)
    if total > maximum {
      fail(.tooLarge(maximum: maximum), at: offset)
    } else if total > GzipInflater.ratioGrace, !overflow, total > most {
      fail(.ratioTooHigh(maximum: maximumRatio), at: offset)
    }
    return state != .failed
  }

  private mutating func damaged(_ message: UnsafePointer<CChar>?, at offset: UInt64) {
    let reason = unsafe message.map { unsafe String(cString: $0) } ?? "damaged data"
    // After a whole member, bytes that begin no other are garbage and not damage.
    if GzipInflater.signature.starts(with: signature) {
      fail(.damaged(reason: reason), at: offset)
    } else {
      fail(members > 0 ? .trailingGarbage : .notGzip, at: offset)
    }
  }

  private mutating func fail(_ kind: GzipDiagnosticKind, at offset: UInt64) {
    state = .failed
    diagnostic = GzipDiagnostic(kind, at: Place(name, offset: offset))
  }
}
