import OVABasics

extension AuditPage {
  /// Pixels of a line's chart, from its lowest to its highest value.
  private static let height = 56

  /// The numbers of the last scans, each on a scale of its own from zero.
  var trend: [String: Any] {
    let moments = report.trend
    guard moments.count > 1, let first = moments.first, let last = moments.last else {
      return ["isThere": false]
    }
    let lines: [(title: String, tone: String, values: [Int64], text: (Int64) -> String)] = [
      ("Errors", "bad", moments.map { Int64($0.errors) }, { Self.number(Int(clamping: $0)) }),
      ("Warnings", "warn", moments.map { Int64($0.warnings) }, { Self.number(Int(clamping: $0)) }),
      ("Packages", "line", moments.map { Int64($0.packages) }, { Self.number(Int(clamping: $0)) }),
      ("Bytes", "line", moments.map(\.bytes), Self.size),
    ]
    return [
      "isThere": true, "scans": "\(moments.count)", "first": first.time.forDisplay,
      "last": last.time.forDisplay,
      "lines": lines.enumerated().map { index, line in
        self.line(line.title, line.tone, line.values, number: index, line.text)
      },
      "rows": moments.reversed().map { moment in
        [
          "scan": "\(moment.scan)", "time": moment.time.forDisplay,
          "errors": Self.number(moment.errors), "warnings": Self.number(moment.warnings),
          "packages": Self.number(moment.packages), "size": Self.size(moment.bytes),
        ]
      },
    ]
  }

  private func line(
    _ title: String, _ tone: String, _ values: [Int64], number: Int, _ text: (Int64) -> String
  ) -> [String: Any] {
    let most = max(values.max() ?? 0, 1)
    let places = values.enumerated().map { index, value -> (x: String, y: String) in
      let share = Double(max(value, 0)) / Double(most)
      let y = 4 + Int((Double(Self.height) * (1 - share)).rounded())
      // A margin on both sides keeps the dots whole.
      let x = 2 + Double(index) * 96 / Double(max(values.count - 1, 1))
      let tenths = Int((x * 10).rounded())
      return ("\(tenths / 10).\(tenths % 10)", "\(y)")
    }
    let points = zip(places, zip(report.trend, values)).map { place, known in
      [
        "x": place.x, "y": place.y,
        "title": "scan \(known.0.scan), \(known.0.time): \(text(known.1))".forDisplay,
      ]
    }
    let steps = zip(places, places.dropFirst()).map { from, to in
      ["x1": from.x, "y1": from.y, "x2": to.x, "y2": to.y]
    }
    let (first, last) = (values.first ?? 0, values.last ?? 0)
    let change = last == first ? "as before" : "from \(text(first))"
    return [
      "title": title, "tone": tone, "value": text(last), "change": change, "number": "\(number)",
      "words": values.map(text).joined(separator: ", "), "points": points, "steps": steps,
      "height": "\(Self.height + 8)", "base": "\(Self.height + 4)",
    ]
  }
}
