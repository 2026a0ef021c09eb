import OVABasics

/// A time zone's offsets from UTC and their abbreviations, now, before and to come.
///
/// Read from the system's own zone files (RFC 8536), whose abbreviations are those that
/// `strftime("%Z")` prints; a zone's name may also be a POSIX rule such as
/// `EST5EDT,M3.2.0,M11.1.0`, for machines without the files.
public struct ZoneRules: Hashable, Sendable {
  /// One offset that a zone has at some time.
  struct Offset: Hashable {
    /// Seconds to add to UTC.
    var seconds: Int64
    /// `EST`.
    var abbreviation: String
  }

  /// The name the zone was asked for by.
  public let name: String
  let first: Offset
  /// The moments at which an offset begins, ascending, with that offset.
  let transitions: [(at: Int64, to: Offset)]
  /// The rule after the last transition.
  let rule: PosixZone?

  /// UTC.
  public static let utc = ZoneRules(
    name: "UTC", first: Offset(seconds: 0, abbreviation: "UTC"), transitions: [], rule: nil)

  init(name: String, first: Offset, transitions: [(at: Int64, to: Offset)], rule: PosixZone?) {
    self.name = name
    self.first = first
    self.transitions = transitions
    self.rule = rule
  }

  public static func == (a: ZoneRules, b: ZoneRules) -> Bool { a.name.isExactly(b.name) }

  public func hash(into hasher: inout Hasher) { name.hashBytes(into: &hasher) }

  /// The offset at an instant.
  func offset(at instant: Int64) -> Offset {
    guard let last = transitions.last else { return rule?.offset(at: instant) ?? first }
    if instant >= last.at { return rule?.offset(at: instant) ?? last.to }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].at <= instant { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : transitions[low - 1].to
  }

  /// The instant of a wall clock's time. One that comes twice is taken as the first; one that is
  /// skipped, as if the clock had not been moved yet.
  func instant(ofLocal local: Int64) -> Int64 {
    // The offsets a day before and after bracket any change near the time.
    let before = offset(at: local - 86_400).seconds
    let after = offset(at: local + 86_400).seconds
    let early = local - before
    if offset(at: early).seconds == before { return early }
    let late = local - after
    return offset(at: late).seconds == after ? late : early
  }

  /// The instant of a wall clock's time that names its offset; nil when the zone never had an
  /// offset of that name.
  func instant(ofLocal local: Int64, abbreviation: String) -> Int64? {
    var candidates = [offset(at: local - 86_400), offset(at: local + 86_400)]
    candidates += rule?.offsets ?? []
    candidates += transitions.reversed().map(\.to)
    candidates.append(first)
    let named = candidates.filter { Self.matches($0.abbreviation, abbreviation) }
    let real = named.first { offset(at: local - $0.seconds) == $0 }
    return (real ?? named.first).map { local - $0.seconds }
  }

  private static func matches(_ a: String, _ b: String) -> Bool {
    a.utf8.elementsEqual(b.uppercased().utf8)
  }
}
