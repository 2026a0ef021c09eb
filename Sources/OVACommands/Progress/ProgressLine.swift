import OVAAuthoring
import OVABasics
import OVAByteSource
import OVAPackage
import OVAReport
import Synchronization

/// One line on a person's terminal that tells how far a command is: what it does, how much of it is
/// done, how fast, how long it takes still, and the file that it is at.
///
/// Threads that work tell it; it is shown ten times a second at most, and nowhere but on a terminal.
final class ProgressLine: Sendable {
  private struct State {
    var snapshot: ProgressSnapshot
    var begun = ContinuousClock.now
    var shown = ContinuousClock.now - .seconds(1)
    var isOnLine = false
    /// The packages in work, the longest first, with the promised bytes of each.
    var items: [(name: String, bytes: UInt64)] = []
  }

  /// True if it is shown.
  let isOn: Bool
  private let state: Mutex<State>

  /// - Parameters:
  ///   - action: what is done: `checking`.
  ///   - noun: what is counted: `package`.
  ///   - total: how many there are; nil where it is not known, or nothing is counted.
  ///   - isWanted: false to say nothing on a terminal either.
  init(_ action: String, noun: String = "file", of total: Int? = nil, isWanted: Bool = true) {
    isOn = isWanted && Output.standardError.isTerminal && Environment.value("TERM") != "dumb"
    var snapshot = ProgressSnapshot(action: action, noun: noun)
    snapshot.countTotal = total
    snapshot.count = total == nil ? nil : 0
    state = Mutex(State(snapshot: snapshot))
  }

  /// Begins with a file.
  /// - Parameter bytes: how many it has; nil where it is not known.
  func begin(_ name: String, bytes: UInt64?) {
    guard isOn else { return }
    change { state in
      state.items.append((name, bytes ?? 0))
      state.snapshot.item = state.items.first?.name
      if let bytes { state.snapshot.bytesTotal = (state.snapshot.bytesTotal ?? 0) &+ bytes }
    }
  }

  /// Counts bytes that were read or written.
  func add(_ bytes: UInt64) {
    guard isOn else { return }
    change { $0.snapshot.bytes &+= bytes }
  }

  /// Counts something that is done: of its bytes as many as were not read were not wanted.
  func finish(_ name: String) {
    guard isOn else { return }
    change { state in
      if let count = state.snapshot.count { state.snapshot.count = count + 1 }
      if let index = state.items.firstIndex(where: { $0.name == name }) {
        state.items.remove(at: index)
      }
      state.snapshot.item = state.items.first?.name
      // What was promised and is not at work is done.
      let left = state.items.reduce(0) { $0 &+ $1.bytes }
      if let total = state.snapshot.bytesTotal, total >= left, state.snapshot.bytes < total - left {
        state.snapshot.bytesTotal = state.snapshot.bytes &+ left
      }
    }
  }

  /// Goes on with something else, whose time begins now.
  func turn(to action: String) {
    guard isOn else { return }
    // It is shown with what follows.
    state.withLock { state in
      state.snapshot.action = action
      state.snapshot.bytes = 0
      state.snapshot.bytesTotal = nil
      state.begun = .now
    }
  }

  /// Counts one more of what is counted.
  func count(_ name: String) {
    guard isOn else { return }
    change { state in
      state.snapshot.count = (state.snapshot.count ?? 0) + 1
      state.snapshot.item = name
    }
  }

  /// Tells of the writing of an archive.
  /// - Parameter body: is given a function to call with the number of bytes written.
  func writing<Written>(
    _ members: [PackageWriter.Member], _ path: String,
    _ body: (@escaping (UInt64) -> Void) throws(PackageError) -> Written
  ) throws(PackageError) -> Written {
    turn(to: "writing")
    begin(path, bytes: members.reduce(0) { $0 &+ $1.source.size })
    defer { end() }
    let written = try body { self.add($0) }
    finish(path)
    return written
  }

  /// Shows a count that is kept elsewhere.
  func show(_ snapshot: ProgressSnapshot) {
    guard isOn else { return }
    change { state in
      if state.snapshot.action != snapshot.action { state.begun = .now }
      state.snapshot = snapshot
    }
  }

  /// Takes the line away while something else is written to the terminal.
  func aside(_ body: () -> Void) {
    guard isOn else { return body() }
    // Under the lock, so that no other thread draws the line again meanwhile.
    state.withLock { state in
      if state.isOnLine { Output.standardError.write("\r\u{1B}[K") }
      state.isOnLine = false
      body()
    }
  }

  /// Takes the line away.
  func end() { aside {} }

  private func change(_ body: (inout State) -> Void) {
    // Written under the lock, so that nothing is written when the line was taken away.
    state.withLock { state in
      body(&state)
      let now = ContinuousClock.now
      guard now - state.shown > .milliseconds(100) else { return }
      state.shown = now
      state.isOnLine = true
      let width = (Output.standardError.width ?? 80) - 1
      Output.standardError.write(
        "\r\u{1B}[K" + state.snapshot.text(elapsed: now - state.begun, width: width))
    }
  }
}
