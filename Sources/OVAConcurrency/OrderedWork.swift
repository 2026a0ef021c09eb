import Dispatch
import Synchronization

/// The bounds on how many results are taken together.
public struct ResultBatch: Sendable {
  /// Results that are worth taking, and of which no more are taken together: who takes them may hold
  /// up others as long.
  public var worthwhile: Int
  /// Results that may wait for an earlier one, or to be taken: the window.
  public var most: Int
  /// The weight of results from which on they are taken however few they are, and no further work is
  /// begun before. In memory is this much, as much again while it is being taken, and the results of
  /// the work that is under way then.
  public var heaviest: Int
  /// The time after which fewer are taken too.
  public var patience = Duration.seconds(1)

  /// Makes a batch of a window of at least 1.
  public init(
    worthwhile: Int, most: Int, heaviest: Int = .max, patience: Duration = .seconds(1)
  ) {
    self.worthwhile = max(1, min(worthwhile, most))
    self.most = max(1, most)
    self.heaviest = heaviest
    self.patience = patience
  }
}

/// Work that is done side by side, with results that are taken in the order in which the work was
/// given: what comes of it is the same for any number of workers.
///
/// The work belongs to the thread that gives it. On that thread, and on no other, results are taken,
/// many at a time since taking them (a transaction) costs as much as a few pieces of work; so
/// whatever goes wrong ends in an error of `give`, `advance` or `finish`. What is done is not kept
/// waiting for long. While no thread of the pool is at this work, the owner does it itself.
public final class OrderedWork<Value: Sendable> {
  private let progress: OrderedProgress<Value>
  private let batch: ResultBatch
  private let take: ([Value]) throws -> Void
  private var lastTaken = ContinuousClock.now

  /// - Parameters:
  ///   - pool: whose threads do the work.
  ///   - workers: how many pieces are worked on at a time.
  ///   - batch: how many results are taken together.
  ///   - weight: about how many bytes of memory a result takes.
  ///   - take: is given results, in the order of their work.
  public init(
    on pool: WorkPool, workers: Int, batch: ResultBatch,
    weight: @escaping @Sendable (Value) -> Int = { _ in 0 },
    take: @escaping ([Value]) throws -> Void
  ) {
    progress = OrderedProgress(
      pool: pool, workers: max(1, workers), heaviest: batch.heaviest, weight: weight)
    self.batch = batch
    self.take = take
  }

  /// Gives a piece of work; waits while the window is full.
  /// - Throws: what work that was given before, or taking its results, threw.
  public func give(_ work: @escaping @Sendable () throws -> Value) throws {
    try advance()
    while progress.untaken >= batch.most {
      if try !takeResults() { progress.wait(for: nil) }
    }
    progress.add(work)
  }

  /// Takes the results that are worth it by now.
  /// - Throws: as `give`.
  public func advance() throws {
    let ready = progress.ready
    guard ready > 0 else { return }
    if ready >= batch.worthwhile || progress.isFull
      || ContinuousClock.now - lastTaken > batch.patience
    {
      try takeResults()
    }
  }

  /// Waits until all work is done, and takes its results.
  /// - Throws: as `give`.
  public func finish() throws {
    while progress.untaken > 0 {
      try advance()
      // Before the owner does work itself, which may take long, what is done is taken.
      if progress.isIdle, try takeResults() { continue }
      progress.wait(for: progress.ready > 0 ? batch.patience : nil)
    }
  }

  /// Drops the work that has not begun, and waits for the end of what has: nothing goes on behind
  /// an error. Does nothing after `finish`.
  public func abandon() { progress.abandon() }

  /// Takes the results whose turn it is; false when there are none.
  @discardableResult
  private func takeResults() throws -> Bool {
    let (results, failure) = progress.take(most: batch.worthwhile)
    if !results.isEmpty {
      try take(results)
      lastTaken = .now
    }
    if let failure { throw failure }
    return !results.isEmpty
  }
}

/// The next step of the owner of ordered work while it waits.
private enum OwnersStep { case help, wait, none }

/// The state that the threads of ordered work share.
private final class OrderedProgress<Value: Sendable>: Sendable {
  private struct State {
    var waiting = FirstInFirstOut<(number: Int, work: @Sendable () throws -> Value)>()
    /// Places among the workers that are taken: by threads at work, or by a request for one.
    var workers = 0
    var running = 0
    var given = 0
    /// The number of the next result to be taken.
    var next = 0
    var ready: [Int: (result: Result<Value, any Error>, weight: Int)] = [:]
    /// The weight of what is ready.
    var weight = 0
    var isAwaited = false
  }

  private let pool: WorkPool
  private let workers: Int
  private let heaviest: Int
  private let weight: @Sendable (Value) -> Int
  private let state = Mutex(State())
  private let change = DispatchSemaphore(value: 0)

  init(
    pool: WorkPool, workers: Int, heaviest: Int, weight: @escaping @Sendable (Value) -> Int
  ) {
    self.pool = pool
    self.workers = workers
    self.heaviest = heaviest
    self.weight = weight
  }

  /// Pieces of work whose results were not taken.
  var untaken: Int { state.withLock { $0.given - $0.next } }
  /// Results that are there, whether or not it is their turn.
  var ready: Int { state.withLock { $0.ready.count } }
  /// True if results have to be taken before further work is begun.
  var isFull: Bool { state.withLock { $0.weight >= heaviest } }
  /// True if no thread is at work.
  var isIdle: Bool { state.withLock { $0.running == 0 } }

  func add(_ work: @escaping @Sendable () throws -> Value) {
    let wantsThread = state.withLock { state -> Bool in
      state.waiting.append((state.given, work))
      state.given += 1
      guard state.workers < workers, state.weight < heaviest else { return false }
      state.workers += 1
      return true
    }
    if wantsThread { callThread() }
  }

  /// Has threads go on that ended since too much was ready.
  private func resume() {
    let missing = state.withLock { state -> Int in
      guard state.weight < heaviest else { return 0 }
      let missing = max(0, min(workers - state.workers, state.waiting.count))
      state.workers += missing
      return missing
    }
    for _ in 0..<missing { callThread() }
  }

  private func callThread() {
    if case .accepted = pool.submit({ self.workOnThread() }) { return }
    state.withLock { $0.workers -= 1 }
  }

  /// One piece of work on a thread of the pool; what waits elsewhere has its turn before the next.
  private func workOnThread() {
    runOne()
    let goesOn = state.withLock { state -> Bool in
      let goesOn = !state.waiting.isEmpty && state.weight < heaviest
      if !goesOn { state.workers -= 1 }
      return goesOn
    }
    if goesOn { callThread() }
  }

  /// Does work that no thread has begun; false when there is none, or when too much is ready. What
  /// is ready then is the next to be taken, or waits for work that is under way, since work is
  /// begun in its order.
  @discardableResult
  private func runOne() -> Bool {
    let job = state.withLock { state in
      let job = state.weight < heaviest ? state.waiting.popFirst() : nil
      if job != nil { state.running += 1 }
      return job
    }
    guard let job else { return false }
    let result = Result { try job.work() }
    let weight = (try? result.get()).map(weight) ?? 0
    state.withLock { state in
      state.ready[job.number] = (result, weight)
      state.weight += weight
      state.running -= 1
    }
    tell()
    return true
  }

  private func tell() {
    let isAwaited = state.withLock { state in
      defer { state.isAwaited = false }
      return state.isAwaited
    }
    if isAwaited { change.signal() }
  }

  /// Waits until something changes, or for a time; does work instead that no thread has begun.
  func wait(for time: Duration?) {
    let step = state.withLock { state -> OwnersStep in
      if state.running == 0 { return state.waiting.isEmpty ? .none : .help }
      // What came since the caller looked must not be slept through.
      if time == nil, state.ready[state.next] != nil { return .none }
      state.isAwaited = true
      return .wait
    }
    switch step {
    case .none: break
    case .help: runOne()
    case .wait:
      guard let time else { return change.wait() }
      guard change.wait(timeout: .now() + time.seconds) == .timedOut else { return }
      // The thread that took the request away is sure to signal.
      let isTold = state.withLock { state in
        defer { state.isAwaited = false }
        return !state.isAwaited
      }
      if isTold { change.wait() }
    }
  }

  /// Results in order up to the first failure, and that failure when it is the next.
  func take(most: Int) -> (results: [Value], failure: (any Error)?) {
    let taken = state.withLock { state -> (results: [Value], failure: (any Error)?) in
      var results: [Value] = []
      while results.count < most, let (result, weight) = state.ready[state.next] {
        switch result {
        case .success(let value):
          results.append(value)
          state.ready[state.next] = nil
          state.weight -= weight
          state.next += 1
        case .failure(let error): return (results, error)
        }
      }
      return (results, nil)
    }
    if !taken.results.isEmpty { resume() }
    return taken
  }

  func abandon() {
    state.withLock { $0.waiting.removeAll() }
    while true {
      let isRunning = state.withLock { state in
        state.isAwaited = state.running > 0
        return state.isAwaited
      }
      guard isRunning else { break }
      change.wait()
    }
    state.withLock { state in
      state.ready = [:]
      state.weight = 0
      state.next = state.given
    }
  }
}
