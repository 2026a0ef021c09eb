import OVABasics
import OVAByteSource
import OVAIntegrity
import Synchronization
import VirtualDisks

/// The consumers of a file's bytes besides the digests: gzip and the deep check.
///
/// Memory is bounded: the inflater's buffer, the ends of the inflated bytes and the state of the
/// deep check.
final class ContentPass {
  /// The work that is wanted on one file.
  struct Plan: Sendable {
    /// The file's name in places.
    let name: String
    /// The most bytes that may come out of it, for a file that is compressed.
    let inflatesTo: UInt64?
    /// True if it is a disk whose grains are to be looked at.
    let isDeep: Bool
  }

  private let plan: Plan
  private let limits: Limits
  private var inflater: GzipInflater?
  private var ends: HeadTailBuffer?
  private let deep: DeepDiskCheck?
  /// True if more came out of the package's compressed files than its budget has.
  private var isOverBudget = false

  /// - Parameters:
  ///   - size: the length of a disk that is not compressed.
  ///   - pool: who inflates grains beside the reader.
  ///   - limits: what the package's readers share.
  init(_ plan: Plan, size: UInt64?, pool: InflatePool, limits: Limits) {
    self.plan = plan
    self.limits = limits
    if let most = plan.inflatesTo {
      inflater = GzipInflater(name: plan.name, maximumOutput: most)
      ends = HeadTailBuffer(name: plan.name)
    }
    deep =
      plan.isDeep
      ? DeepDiskCheck(
        name: plan.name, size: plan.inflatesTo == nil ? size : nil, limits: limits,
        pool: pool) : nil
  }

  func consume(_ bytes: UnsafeRawBufferPointer) {
    guard plan.inflatesTo != nil else {
      unsafe deep?.consume(bytes)
      return
    }
    guard !isOverBudget else { return }
    unsafe inflater?.consume(bytes) { output throws(Never) in
      guard limits.take(output.count, of: .inflatedBytes) else {
        isOverBudget = true
        return
      }
      unsafe ends?.append(output)
      unsafe deep?.consume(output)
    }
  }

  /// - Parameter source: the file, for tables that the deep check could not know in passing.
  func finish(source: (any ByteSource)?) -> (gzip: GzipEvidence?, deep: DeepDiskResult?) {
    guard let inflater = inflater.take() else { return (nil, deep?.finish(source: source)) }
    let outcome = isOverBudget ? inflater.stopped(at: limits.inflatedBytes) : inflater.finish()
    let isWhole = outcome.diagnostic == nil || outcome.diagnostic?.kind == .trailingGarbage
    guard isWhole, let ends = ends.take() else {
      return (GzipEvidence(outcome: outcome, content: nil), nil)
    }
    // What was kept to look at is let go: a package may have thousands of compressed files.
    let isKept = ends.isWhole
    let source = ReleasableSource(ends)
    defer { source.release() }
    let disk = try? VirtualDisk.open(source, limits: limits)
    let shown = deep?.finish(source: isKept ? source : nil)
    return (GzipEvidence(outcome: outcome, content: disk), shown)
  }
}

/// A pass over a file's content that may work on a processor of its own, one piece at a time.
final class LockedContentPass: Sendable {
  /// Nil once it is finished.
  private let pass: Mutex<ContentPass?>

  init(_ plan: ContentPass.Plan, size: UInt64?, pool: InflatePool, limits: Limits) {
    pass = Mutex(ContentPass(plan, size: size, pool: pool, limits: limits))
  }

  func take(_ bytes: [UInt8]) {
    pass.withLock { pass in unsafe bytes.withUnsafeBytes { unsafe pass?.consume($0) } }
  }

  func finish(source: (any ByteSource)?) -> (gzip: GzipEvidence?, deep: DeepDiskResult?) {
    // Outside the lock, since it may read the file again.
    let own = pass.withLock { pass in
      let own = pass
      pass = nil
      return own
    }
    return own?.finish(source: source) ?? (nil, nil)
  }
}
