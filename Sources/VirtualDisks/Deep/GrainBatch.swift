import OVABasics
import Synchronization

/// Compressed grains gathered from the stream, and what it takes to inflate them.
///
/// Filled by the reader, emptied by a worker, then filled again: never by two at a time.
final class GrainBatch: Sendable {
  /// A gathered grain.
  struct Job: Sendable {
    /// The offset of its marker among the gathered bytes.
    let start: Int
    /// Compressed bytes after the marker.
    let size: Int
    let lba: UInt64
    /// The offset of its marker in the file.
    let offset: UInt64
  }

  /// Gathered bytes that are enough for a turn of a worker.
  static let enough = 1 << 20

  fileprivate struct Content: ~Copyable {
    var bytes: [UInt8] = []
    var jobs: [Job] = []
    var output: [UInt8]
    let inflater: Inflater
  }

  private let content: Mutex<Content>

  /// Nil when there is no memory.
  init?(grainBytes: Int) {
    guard let inflater = Inflater() else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.enough + grainBytes)
    content = Mutex(
      Content(
        bytes: bytes, output: [UInt8](repeating: 0, count: grainBytes), inflater: inflater))
  }

  /// Takes what was gathered, and gives empty storage for what comes next.
  func exchange(_ bytes: inout [UInt8], _ jobs: inout [Job]) {
    (bytes, jobs) = content.withLock { [bytes, jobs] content in
      let empty = (content.bytes, content.jobs)
      (content.bytes, content.jobs) = (bytes, jobs)
      return empty
    }
  }

  /// Inflates all that was taken, forgets it, and gives what is wrong with it in its order.
  func inflate(_ header: SparseHeader) -> [(kind: DiskDiagnosticKind, offset: UInt64)] {
    content.withLock { content in
      var found: [(kind: DiskDiagnosticKind, offset: UInt64)] = []
      for job in content.jobs {
        let outcome = content.inflate(job)
        for kind in header.diagnostics(of: outcome, lba: job.lba) {
          found.append((kind, job.offset))
        }
      }
      content.bytes.removeAll(keepingCapacity: true)
      content.jobs.removeAll(keepingCapacity: true)
      return found
    }
  }
}

extension GrainBatch.Content {
  fileprivate mutating func inflate(_ job: GrainBatch.Job) -> InflateOutcome {
    let start = job.start + 12
    return unsafe bytes.withUnsafeBytes { bytes in
      let input = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<start + job.size])
      return unsafe output.withUnsafeMutableBytes { output in
        unsafe inflater.inflate(input, into: output)
      }
    }
  }
}

extension SparseHeader {
  /// Returns the diagnostics of a grain with this result of inflating.
  fileprivate func diagnostics(of outcome: InflateOutcome, lba: UInt64) -> [DiskDiagnosticKind] {
    let whole = grainBytes ?? 0
    switch outcome {
    case .inflated(let length, let leftover):
      var kinds: [DiskDiagnosticKind] = []
      // The last grain may end with the disk.
      let short = Int(min(capacity - min(lba, capacity), grainSize) * sectorBytes)
      if length != whole, length != short || short == 0 {
        kinds.append(.grainLength(lba: lba, expected: whole, found: length))
      }
      if leftover > 0 { kinds.append(.grainLeftover(lba: lba, bytes: leftover)) }
      return kinds
    case .damaged: return [.grainDamaged(lba: lba)]
    case .tooLong: return [.grainTooLong(lba: lba, most: whole)]
    case .checksum(let expected, let found):
      return [.grainChecksum(lba: lba, expected: expected, found: found)]
    }
  }
}
