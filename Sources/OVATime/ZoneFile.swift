public import OVABasics

#if canImport(Glibc)
  import Glibc
#endif

extension ZoneRules {
  /// The zone of an IANA name (`America/Toronto`) or a POSIX rule.
  ///
  /// - Throws: `.unknownTimeZone` when the machine has no zone file of that name.
  public init(named name: String) throws(TimeError) {
    let bytes = Array(name.utf8)
    if ["UTC", "GMT", "Etc/UTC", "Z"].contains(where: name.isExactly) {
      self = ZoneRules(name: name, first: Self.utc.first, transitions: [], rule: nil)
      return
    }
    // The name becomes part of a path, so it may not climb or be one.
    let isName = bytes.allSatisfy {
      $0.isASCIILetter || $0.isASCIIDigit || "/_+-".utf8.contains($0)
    }
    let folders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"]
    if isName, !bytes.isEmpty, bytes.first != UInt8(ascii: "/") {
      for folder in folders {
        if let data = Self.read("\(folder)/\(name)"), let zone = Self(name: name, file: data) {
          self = zone
          return
        }
      }
    }
    guard let rule = PosixZone(name) else {
      throw TimeError(
        code: .unknownTimeZone, doing: "find the time zone",
        reason: "no zone of that name in \(folders[0])", place: Place(name.forDisplay),
        fix: "name a zone such as America/Toronto, and install the package 'tzdata'")
    }
    self.init(name: name, first: rule.standard, transitions: [], rule: rule)
  }

  /// The bytes of a zone file; nil when there is none. No real one is near 1 MiB.
  private static func read(_ path: String) -> [UInt8]? {
    guard let file = unsafe fopen(path, "rbe") else { return nil }
    defer { unsafe fclose(file) }
    let limit = 1 << 20
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      count = unsafe fread(buffer.baseAddress, 1, limit, file)
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// Reads a zone file; nil when it is not one or is damaged.
  init?(name: String, file: [UInt8]) {
    var reader = ZoneFileReader(bytes: file[...])
    guard var header = reader.header() else { return nil }
    var width = 4
    if header.version >= UInt8(ascii: "2") {
      // The first block is for readers of 1990; the same again with 64-bit times follows.
      guard reader.skip(header.size(width: 4)), let second = reader.header() else { return nil }
      header = second
      width = 8
    }
    guard let block = reader.take(header.size(width: width)), header.types > 0 else { return nil }
    let times = block.prefix(header.times * width)
    let indices = block.dropFirst(times.count).prefix(header.times)
    let types = block.dropFirst(times.count + indices.count).prefix(header.types * 6)
    let names = block.dropFirst(times.count + indices.count + types.count).prefix(header.characters)
    var offsets: [Offset] = []
    for start in stride(from: types.startIndex, to: types.endIndex, by: 6) {
      let seconds = ZoneFileReader.integer(types[start..<start + 4])
      let tail = names.dropFirst(Int(types[start + 5])).prefix { $0 != 0 }
      offsets.append(
        Offset(
          seconds: Int64(Int32(truncatingIfNeeded: seconds)),
          abbreviation: String(decoding: tail, as: UTF8.self)))
    }
    guard let first = offsets.first else { return nil }
    var transitions: [(at: Int64, to: Offset)] = []
    for (number, index) in indices.enumerated() {
      guard offsets.indices.contains(Int(index)) else { return nil }
      let start = times.startIndex + number * width
      let value = ZoneFileReader.integer(times[start..<start + width])
      let at = width == 4 ? Int64(Int32(truncatingIfNeeded: value)) : value
      if let last = transitions.last, last.at >= at { return nil }
      transitions.append((at, offsets[Int(index)]))
    }
    self.init(name: name, first: first, transitions: transitions, rule: reader.footer())
  }
}

private struct ZoneFileReader {
  struct Header {
    var version: UInt8
    var utcMarks, standardMarks, leaps, times, types, characters: Int

    func size(width: Int) -> Int {
      times * (width + 1) + types * 6 + characters + leaps * (width + 4) + standardMarks + utcMarks
    }
  }

  var bytes: ArraySlice<UInt8>

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, bytes.count >= count else { return nil }
    defer { bytes = bytes.dropFirst(count) }
    return bytes.prefix(count)
  }

  mutating func skip(_ count: Int) -> Bool { take(count) != nil }

  mutating func header() -> Header? {
    guard let magic = take(5), magic.starts(with: "TZif".utf8), let version = magic.last,
      skip(15), let counts = take(24)
    else { return nil }
    let numbers = stride(from: counts.startIndex, to: counts.endIndex, by: 4).map {
      Int(Self.integer(counts[$0..<$0 + 4]))
    }
    guard numbers.allSatisfy({ $0 < 1 << 20 }) else { return nil }
    return Header(
      version: version, utcMarks: numbers[0], standardMarks: numbers[1], leaps: numbers[2],
      times: numbers[3], types: numbers[4], characters: numbers[5])
  }

  /// The rule for later times, between line breaks at the end.
  mutating func footer() -> PosixZone? {
    guard bytes.first == UInt8(ascii: "\n") else { return nil }
    let text = bytes.dropFirst().prefix { $0 != UInt8(ascii: "\n") }
    return PosixZone(String(decoding: text, as: UTF8.self))
  }

  static func integer(_ bytes: ArraySlice<UInt8>) -> Int64 {
    Int64(bitPattern: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}
