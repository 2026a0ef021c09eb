import OVABasics
import OVAConcurrency
import Synchronization

/// The workers that inflate grains beside those who read, shared by all disks read at one time.
///
/// A reader hands over what it has gathered while there is room, and inflates it itself when all
/// are busy. So the cores have work whatever the number of disks, and what waits is bounded:
/// about a mebibyte for each worker and each reader.
public final class InflatePool: Sendable {
  private let room: Atomic<Int>

  /// - Parameter workers: how many grains are inflated at a time, readers included, 1 to 64; with
  ///   one, readers do it all.
  public init(workers: Int) {
    // One more than run beside a reader, so that the next is there when one ends.
    room = Atomic(workers > 1 ? min(workers, 64) : 0)
  }

  /// Does `work` beside the caller, or before it returns when all are busy.
  func run(in group: WorkGroup, _ work: @escaping @Sendable () -> Void) {
    guard enter() else { return work() }
    group.add {
      work()
      self.room.add(1, ordering: .releasing)
    }
  }

  private func enter() -> Bool {
    var free = room.load(ordering: .relaxed)
    while free > 0 {
      let (done, found) = room.compareExchange(
        expected: free, desired: free - 1, ordering: .acquiring)
      if done { return true }
      free = found
    }
    return false
  }
}

/// The results of the grains of one disk that were given to a pool.
final class InflatedGrains: Sendable {
  private struct State {
    /// Diagnostics by the number of the batch, so that the order of the workers does not matter.
    var diagnostics: [Int: [(kind: DiskDiagnosticKind, offset: UInt64)]] = [:]
    var kept = 0
    var count = 0
    var spare: [GrainBatch] = []
  }

  private let header: SparseHeader
  private let grainBytes: Int
  private let pool: InflatePool
  private let group = WorkGroup(on: .inflating)
  private let state = Mutex(State())

  init(_ header: SparseHeader, grainBytes: Int, pool: InflatePool) {
    self.header = header
    self.grainBytes = grainBytes
    self.pool = pool
  }

  /// Has a batch inflated and leaves empty storage in its place.
  /// - Parameter number: the batch's place in the file's order.
  func take(_ bytes: inout [UInt8], _ jobs: inout [GrainBatch.Job], number: Int) {
    guard !jobs.isEmpty else { return bytes.removeAll(keepingCapacity: true) }
    guard let batch = state.withLock({ $0.spare.popLast() }) ?? GrainBatch(grainBytes: grainBytes)
    else {
      add(jobs.map { (.grainDamaged(lba: $0.lba), $0.offset) }, number: number)
      bytes.removeAll()
      jobs.removeAll()
      return
    }
    batch.exchange(&bytes, &jobs)
    pool.run(in: group) { [self] in
      add(batch.inflate(header), number: number)
      state.withLock { $0.spare.append(batch) }
    }
  }

  /// Waits for all batches and puts what was wrong, in the file's order, into `list`.
  func finish(into list: inout DiagnosticList) {
    group.wait()
    state.withLock { state in
      for number in state.diagnostics.keys.sorted() {
        for diagnostic in state.diagnostics[number] ?? [] {
          list.add(diagnostic.kind, at: diagnostic.offset)
        }
      }
      list.count += state.count - state.kept
    }
  }

  private func add(_ diagnostics: [(kind: DiskDiagnosticKind, offset: UInt64)], number: Int) {
    guard !diagnostics.isEmpty else { return }
    state.withLock { state in
      state.diagnostics[number] = diagnostics
      state.kept += diagnostics.count
      state.count += diagnostics.count
      // What comes later than a full list is counted and not kept.
      while let last = state.diagnostics.keys.max(),
        state.kept - (state.diagnostics[last]?.count ?? 0) >= DiagnosticList.most
      {
        state.kept -= state.diagnostics.removeValue(forKey: last)?.count ?? 0
      }
    }
  }
}
