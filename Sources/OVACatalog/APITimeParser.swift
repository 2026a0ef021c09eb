extension APITime {
  /// The instant, in seconds since 1970, that a text names; nil when it names none.
  ///
  /// Read are the API's own form, `YYYY-MM-DD`, `YYYY-MM-DD HH:MM[:SS]` with or without a zone's
  /// abbreviation, and ISO 8601 with `T`, fractions (dropped) and an offset. Without a zone the
  /// time is of `zone`. A weekday must be the date's.
  public func instant(from text: String) -> Int64? {
    var scanner = TimeScanner(rest: Array(text.utf8)[...])
    guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2),
      scanner.take("-"), let day = scanner.digits(2)
    else { return nil }
    var time = CivilTime(year: Int64(year), month: month, day: day)
    guard time.isReal else { return nil }
    if scanner.rest.isEmpty { return zone.instant(ofLocal: time.secondsSince1970) }
    guard scanner.take("T") || scanner.take("t") || scanner.take(" ") else { return nil }
    if let word = scanner.word() {
      guard Self.weekdays[time.weekday].lowercased().hasSameBytes(as: word.lowercased()),
        scanner.take(" ")
      else { return nil }
    }
    guard let hour = scanner.digits(2), scanner.take(":"), let minute = scanner.digits(2) else {
      return nil
    }
    time.hour = hour
    time.minute = minute
    if scanner.take(":") {
      guard let second = scanner.digits(2) else { return nil }
      time.second = second
      if scanner.take("."), !scanner.fraction() { return nil }
    }
    guard time.isReal else { return nil }
    return instant(of: time, zoneText: &scanner)
  }

  private func instant(of time: CivilTime, zoneText scanner: inout TimeScanner) -> Int64? {
    let local = time.secondsSince1970
    if scanner.rest.isEmpty { return zone.instant(ofLocal: local) }
    _ = scanner.take(" ")
    if let word = scanner.word() {
      guard scanner.rest.isEmpty else { return nil }
      if let instant = zone.instant(ofLocal: local, abbreviation: word) { return instant }
      return ["UTC", "GMT", "Z"].contains(where: word.uppercased().hasSameBytes) ? local : nil
    }
    guard let east = scanner.offset(), scanner.rest.isEmpty else { return nil }
    return local - east
  }
}

private struct TimeScanner {
  var rest: ArraySlice<UInt8>

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: scalar) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func digits(_ count: Int) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy(\.isASCIIDigit) else { return nil }
    rest.removeFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  /// Drops at least one digit.
  mutating func fraction() -> Bool {
    let count = rest.prefix { $0.isASCIIDigit }.count
    rest.removeFirst(count)
    return count > 0
  }

  mutating func word() -> String? {
    let letters = rest.prefix { $0.isASCIILetter }
    guard !letters.isEmpty else { return nil }
    rest.removeFirst(letters.count)
    return String(decoding: letters, as: UTF8.self)
  }

  /// Seconds east of UTC: `+05:30`, `-0500`, `-03`.
  mutating func offset() -> Int64? {
    let west = take("-")
    guard west || take("+"), let hours = digits(2), hours < 24 else { return nil }
    var minutes = 0
    if !rest.isEmpty {
      _ = take(":")
      guard let number = digits(2), number < 60 else { return nil }
      minutes = number
    }
    let seconds = Int64(hours * 3600 + minutes * 60)
    return west ? -seconds : seconds
  }
}
