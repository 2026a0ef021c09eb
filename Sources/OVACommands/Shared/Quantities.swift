import ArgumentParser
import OVABasics

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

extension ByteSize: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }
}
