import OVAByteSource

/// The bytes that are kept of a stream's members, in bounded memory: those that are least needed
/// are dropped first.
struct KeptMembers {
  /// The later use of the bytes.
  enum Use {
    /// Nothing: it is known what they are.
    case known
    /// Looked at by their ends, when the descriptor says what they are.
    case ends
    /// Read whole.
    case text
  }

  private struct Member {
    let source: ReleasableSource
    let bytes: Int
  }

  /// A queue of which the oldest are let go first.
  private struct Queue {
    var members: [Member] = []
    var released = 0

    mutating func release() -> Int? {
      guard released < members.count else { return nil }
      defer { released += 1 }
      members[released].source.release()
      return members[released].bytes
    }
  }

  /// The number of bytes that may still be kept.
  private var room = 16 << 20
  private var known = Queue()
  private var ends = Queue()

  /// Notes what is kept of a member.
  mutating func add(_ source: ReleasableSource, bytes: Int, _ use: Use) {
    room -= bytes
    switch use {
    case .known: known.members.append(Member(source: source, bytes: bytes))
    case .ends: ends.members.append(Member(source: source, bytes: bytes))
    case .text: return
    }
  }

  /// Lets go what is needed least until there is room, and returns how much there is: for a text,
  /// without which there may be no package, also what would be looked at later.
  mutating func makeRoom(for bytes: Int, isText: Bool) -> Int {
    while room < bytes, let freed = known.release() ?? (isText ? ends.release() : nil) {
      room += freed
    }
    return max(0, room)
  }
}
