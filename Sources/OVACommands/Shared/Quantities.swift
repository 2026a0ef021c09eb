import ArgumentParser

/// `1 package`, `2 packages`.
func counted(_ count: some BinaryInteger, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// A time as a command line writes it: `30`, `30s`, `15m`, `12h`, `90d`.
struct TimeSpan: ExpressibleByArgument, Hashable {
  let seconds: Double

  init(seconds: Double) { self.seconds = seconds }

  init?(argument: String) {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604_800]
    var text = argument[...]
    var unit = 1.0
    if let last = text.last, let factor = units[last] {
      unit = factor
      text = text.dropLast()
    }
    guard let number = Double(text), number >= 0, number * unit < 1e11 else { return nil }
    seconds = number * unit
  }

  var defaultValueDescription: String { "\(Int(seconds))s" }
}

/// A number of bytes as a command line writes it: `1000`, `2TiB`, `500GB`.
struct ByteSize: ExpressibleByArgument, Hashable {
  let bytes: UInt64

  init?(argument: String) {
    let number = argument.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = argument.dropFirst(number.count).lowercased()
    let letters = ["", "k", "m", "g", "t", "p", "e"]
    guard let value = Double(number),
      let power = letters.firstIndex(where: {
        unit == $0 || unit == $0 + "b" || unit == $0 + "ib"
      }), unit != "ib"
    else { return nil }
    let base = unit.hasSuffix("ib") || (unit.count == 1 && unit != "b") ? 1024.0 : 1000.0
    var result = value
    for _ in 0..<power { result *= base }
    guard result < 1.8e19 else { return nil }
    bytes = UInt64(result)
  }
}
