import NIOCore
import OVAServer
import Testing

/// The state machine of a connection: what each event leads to in each state, and what holds in all.
@Suite struct ConnectionStateTests {
  typealias Event = ConnectionState.Event
  typealias Action = ConnectionState.Action

  static let limits = ConnectionLimits(request: .seconds(5), idle: .seconds(60), bodyBytes: 10)

  /// States by the events that lead to them.
  static let states: KeyValuePairs<String, [Event]> = [
    "new": [],
    "reading": [.head(.stays, awaited: nil)],
    "read": [.head(.stays, awaited: nil), .end],
    "read, old client": [.head(.staysAsTold, awaited: nil), .end],
    "read, last": [.head(.closes, awaited: nil), .end],
    "two read, last": [.head(.stays, awaited: nil), .end, .head(.closes, awaited: nil), .end],
    "two read": [.head(.stays, awaited: nil), .end, .head(.stays, awaited: nil), .end],
    "responding": [.head(.stays, awaited: nil), .end, .responseHead],
    "writing": [.head(.stays, awaited: nil), .end, .responseHead, .responseEnd],
    "idle": [.head(.stays, awaited: nil), .end, .responseHead, .responseEnd, .responseWritten],
    "answered early": [
      .head(.stays, awaited: nil), .responseHead, .responseEnd, .responseWritten,
    ],
    "body too long": [.head(.stays, awaited: nil), .body(11)],
    "body broken": [.head(.stays, awaited: nil), .invalid],
    "read, then garbage": [.head(.stays, awaited: nil), .end, .invalid],
    "garbage": [.invalid],
    "lingering": [.invalid, .responseWritten],
    "read, input closed": [.head(.stays, awaited: nil), .end, .inputClosed],
    "writing, input closed": [
      .head(.stays, awaited: nil), .end, .responseHead, .responseEnd, .inputClosed,
    ],
    "reading, stopping": [.head(.stays, awaited: nil), .stopping],
    "read, stopping": [.head(.stays, awaited: nil), .end, .stopping],
    "writing, stopping": [
      .head(.stays, awaited: nil), .end, .responseHead, .responseEnd, .stopping,
    ],
    "closed": [.closed],
  ]

  static let events: KeyValuePairs<String, Event> = [
    "head": .head(.stays, awaited: nil), "head that waits": .head(.stays, awaited: 10),
    "head that waits for too much": .head(.stays, awaited: 11), "body": .body(10),
    "long body": .body(11), "end": .end, "invalid": .invalid, "input closed": .inputClosed,
    "stopping": .stopping, "response head": .responseHead, "response end": .responseEnd,
    "response written": .responseWritten, "timer": .timer, "closed": .closed,
  ]

  private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

  /// A state, whose events came a second apart, and the time.
  private static func reach(_ events: [Event]) -> (ConnectionState, NIODeadline) {
    var state = ConnectionState(limits: limits)
    var now = start
    _ = state.handle(.opened, at: now)
    for event in events {
      now = now + .seconds(1)
      _ = state.handle(event, at: now)
    }
    return (state, now)
  }

  /// Each event in each state as a line: the actions, and the seconds until the deadline.
  private static func table() -> String {
    var lines: [String] = []
    for (name, events) in states {
      lines.append(name)
      for (eventName, event) in self.events {
        var (state, now) = reach(events)
        now = now + .seconds(1)
        let actions = state.handle(event, at: now).map { "\($0)" }
        let done = actions.isEmpty ? "nothing" : actions.joined(separator: ", ")
        let wait = state.deadline.map { ", \(($0 - now).nanoseconds / 1_000_000_000) s" } ?? ""
        lines.append("  \(eventName): \(done)\(wait)")
      }
    }
    return lines.joined(separator: "\n")
  }

  @Test func eachEventInEachStateLeadsToWhatTheTableSays() {
    let expected = connectionStateTable.split(separator: "\n")
    let found = Self.table().split(separator: "\n")
    for (line, wanted) in zip(found, expected) { #expect(line == wanted) }
    #expect(found.count == expected.count)
  }

  @Test func theDeadlineClosesAndNothingBeforeItDoes() {
    for (name, events) in Self.states {
      let (state, now) = Self.reach(events)
      guard let deadline = state.deadline else { continue }
      var early = state
      #expect(early.handle(.timer, at: deadline - .nanoseconds(1)) == [], "\(name)")
      #expect(early == state, "\(name)")
      var late = state
      #expect(late.handle(.timer, at: max(deadline, now)) == [.close], "\(name)")
      #expect(late.deadline == nil, "\(name)")
    }
  }

  // MARK: All histories

  /// A history of a connection: its state, and what a channel and a server know of it.
  private struct History: Hashable {
    var state = ConnectionState(limits: ConnectionStateTests.limits)
    /// Requests passed on whose responses have not begun, begun, and not been written.
    var waiting = 0, begun = false, unwritten = 0
    var isReading = false, isInputClosed = false, isStopping = false
    var isOutputClosed = false, isClosed = false

    /// The events that may come next.
    var possible: [Event] {
      var events: [Event] = [.timer, .stopping]
      if !isInputClosed {
        events += isReading ? [.body(6), .end] : [.head(.stays, awaited: nil)]
        if !isReading { events.append(.head(.closes, awaited: 3)) }
        events += [.invalid, .inputClosed]
      }
      if waiting > 0 { events.append(begun ? .responseEnd : .responseHead) }
      if unwritten > 0 { events.append(.responseWritten) }
      return events
    }
  }

  private static func step(_ history: History, _ event: Event, at now: NIODeadline) -> History {
    var next = history
    let actions = next.state.handle(event, at: now)
    let passes = actions.contains(.pass)
    #expect(actions.count { $0 == .pass } <= 1)
    #expect(!actions.contains(.refuse) || !passes)
    switch event {
    case .head:
      next.isReading = true
      if passes { next.waiting += 1 }
    case .end: next.isReading = false
    case .inputClosed:
      next.isInputClosed = true
      #expect(passes)
    case .stopping: next.isStopping = true
    case .responseHead:
      next.begun = true
      #expect(passes)
    case .responseEnd:
      next.begun = false
      next.waiting -= 1
      next.unwritten += 1
      #expect(passes)
    case .responseWritten: next.unwritten -= 1
    default: break
    }
    if actions.contains(.refuse) {
      // Nobody is told an error before the answer to what they asked.
      #expect(history.waiting == 0)
      next.unwritten += 1
    }
    if actions.contains(.closeOutput) || actions == [.close], event != .timer, !history.isClosed {
      // No response is cut off.
      #expect(next.waiting == 0 && next.unwritten == 0)
    }
    if actions.contains(.closeOutput) {
      #expect(!history.isOutputClosed && !history.isClosed)
      next.isOutputClosed = true
    }
    if actions.contains(.close) {
      #expect(!history.isClosed)
      next.isClosed = true
    }
    let isEnded = next.isClosed || next.isOutputClosed
    if history.isOutputClosed || history.isClosed {
      // Nothing that comes in counts any more.
      if [.end, .invalid].contains(event) { #expect(!passes) }
    }
    // Something always ends the connection: a deadline, or a response that is to come.
    #expect(next.isClosed || next.state.deadline != nil || next.waiting > 0)
    #expect(!next.isClosed || next.state.deadline == nil)
    // A server that stops keeps no connection that has nothing to say.
    if next.isStopping, next.waiting == 0, next.unwritten == 0, !next.isReading {
      #expect(isEnded)
    }
    return next
  }

  @Test func noHistoryCutsOffAResponseOrWaitsForEver() {
    var first = History()
    _ = first.state.handle(.opened, at: Self.start)
    var seen: Set<History> = [first]
    var frontier = [first]
    // The clock stands still but for the deadlines, so that histories meet in the same states.
    for _ in 0..<10 {
      var next: [History] = []
      for history in frontier where history.waiting <= 2 && history.unwritten <= 2 {
        for event in history.possible {
          let now = event == .timer ? history.state.deadline ?? Self.start : Self.start
          let after = Self.step(history, event, at: now)
          if seen.insert(after).inserted { next.append(after) }
        }
      }
      frontier = next
    }
    #expect(seen.count > 300)
  }
}
