import Dispatch
import Synchronization

/// Compressed grains gathered from the stream, inflated side by side when there are enough.
///
/// Memory: the gathered bytes, a grain for each worker, whatever the header claims.
struct GrainBatch {
  /// A gathered grain.
  struct Job {
    /// Where its marker lies in `bytes`.
    let start: Int
    /// Compressed bytes after the marker.
    let size: Int
    let lba: UInt64
    /// Where its marker lies in the file.
    let offset: UInt64
  }

  /// Gathered bytes that are enough for a turn of the workers.
  static let enough = 4 << 20
  var bytes: [UInt8] = []
  var jobs: [Job] = []
  private let workers: [Worker]

  /// One worker's own tools.
  private final class Worker {
    let inflater: Inflater
    var output: [UInt8]

    init?(grainBytes: Int) {
      guard let inflater = Inflater() else { return nil }
      self.inflater = inflater
      output = [UInt8](repeating: 0, count: grainBytes)
    }
  }

  init(workers: Int, grainBytes: Int) {
    self.workers = (0..<max(1, min(workers, 64))).compactMap { _ in
      Worker(grainBytes: grainBytes)
    }
    bytes.reserveCapacity(Self.enough + 2 * grainBytes)
  }

  /// Inflates all that is gathered, forgets it, and gives what became of each grain in order.
  mutating func run() -> [(job: Job, outcome: InflateOutcome)] {
    defer {
      bytes.removeAll(keepingCapacity: true)
      jobs.removeAll(keepingCapacity: true)
    }
    var outcomes = [InflateOutcome](repeating: .damaged, count: jobs.count)
    let next = Atomic(0)
    let jobs = jobs
    // Safe to share: each iteration has its own worker, each job its own outcome, and the bytes
    // are only read until all iterations have ended.
    nonisolated(unsafe) let workers = workers
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe outcomes.withUnsafeMutableBufferPointer { outcomes in
        nonisolated(unsafe) let bytes = unsafe bytes
        nonisolated(unsafe) let outcomes = unsafe outcomes
        unsafe DispatchQueue.concurrentPerform(iterations: min(workers.count, jobs.count)) {
          number in
          let worker = unsafe workers[number]
          while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < jobs.count else { return }
            let start = jobs[index].start + 12
            let input = unsafe UnsafeRawBufferPointer(
              rebasing: bytes[start..<start + jobs[index].size])
            unsafe outcomes[index] = unsafe worker.output.withUnsafeMutableBytes { output in
              unsafe worker.inflater.inflate(input, into: output)
            }
          }
        }
      }
    }
    return Array(zip(jobs, outcomes))
  }
}
