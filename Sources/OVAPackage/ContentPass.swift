import OVABasics
import OVAByteSource
import OVAIntegrity
import VirtualDisks

/// What a file's bytes are shown to besides the digests, as they pass: gzip and the deep check.
///
/// Memory is bounded: the inflater's buffer, the ends of the inflated bytes and what the deep
/// check keeps.
final class ContentPass {
  /// What is wanted of one file.
  struct Plan: Sendable {
    /// What places call the file.
    let name: String
    /// The most bytes that may come out of it, for a file that is compressed.
    let inflatesTo: UInt64?
    /// Whether it is a disk whose grains are to be looked at.
    let isDeep: Bool
  }

  private let plan: Plan
  private let limits: Limits
  private var inflater: GzipInflater?
  private var ends: EndsSource?
  private let deep: DeepDiskCheck?

  /// - Parameter size: the length of a disk that is not compressed.
  init(_ plan: Plan, size: UInt64?, workers: Int, limits: Limits = Limits()) {
    self.plan = plan
    self.limits = limits
    if let most = plan.inflatesTo {
      inflater = GzipInflater(maximumOutput: most)
      ends = EndsSource(name: plan.name)
    }
    deep =
      plan.isDeep
      ? DeepDiskCheck(
        name: plan.name, size: plan.inflatesTo == nil ? size : nil, limits: limits,
        workers: workers) : nil
  }

  func consume(_ bytes: UnsafeRawBufferPointer) {
    guard plan.inflatesTo != nil else {
      unsafe deep?.consume(bytes)
      return
    }
    unsafe inflater?.consume(bytes) { output throws(Never) in
      unsafe ends?.append(output)
      unsafe deep?.consume(output)
    }
  }

  /// - Parameter source: the file, for tables that the deep check could not know in passing.
  func finish(source: (any ByteSource)?) -> (gzip: GzipEvidence?, deep: DeepDiskResult?) {
    guard let inflater = inflater.take() else { return (nil, deep?.finish(source: source)) }
    let outcome = inflater.finish()
    let isWhole = outcome.fault == nil || outcome.fault?.kind == .trailingGarbage
    guard isWhole else { return (GzipEvidence(outcome: outcome, content: nil), nil) }
    let disk = ends.flatMap { try? VirtualDisk.open($0, limits: limits) }
    return (GzipEvidence(outcome: outcome, content: disk), deep?.finish(source: nil))
  }
}

/// The first and the last mebibytes of bytes that passed; what lay between cannot be read again.
struct EndsSource: ByteSource {
  let name: String
  private(set) var size: UInt64 = 0
  private var head: [UInt8] = []
  private var tail: [UInt8] = []

  private static let headBytes = 4 << 20
  private static let tailBytes = 1 << 20

  init(name: String) { self.name = name }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    size += UInt64(bytes.count)
    let taken = min(bytes.count, Self.headBytes - head.count)
    if taken > 0 { unsafe head.append(contentsOf: bytes[..<taken]) }
    guard taken < bytes.count else { return }
    unsafe tail.append(contentsOf: bytes[taken...].suffix(Self.tailBytes))
    // Twice the length, so that bytes are moved rarely.
    if tail.count > 2 * Self.tailBytes { tail.removeFirst(tail.count - Self.tailBytes) }
  }

  func read(
    at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    guard offset < size else { return 0 }
    let wanted = Int(min(UInt64(buffer.count), size - offset))
    let tailStart = size - UInt64(tail.count)
    var done = 0
    if offset < UInt64(head.count) {
      let start = Int(offset)
      done = min(wanted, head.count - start)
      unsafe buffer.copyBytes(from: head[start..<start + done])
    }
    if done == wanted { return done }
    let next = offset + UInt64(done)
    guard next >= tailStart else {
      throw ByteSourceError(
        code: .limitExceeded, doing: "look into a compressed file",
        reason: "only its ends are kept", place: Place(name, offset: next))
    }
    let start = Int(next - tailStart)
    let rest = tail[start..<start + wanted - done]
    unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...]).copyBytes(from: rest)
    return wanted
  }
}
