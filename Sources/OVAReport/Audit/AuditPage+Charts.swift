import OVABasics

extension AuditPage {
  /// One bar of all packages, by how they are.
  var health: [String: Any] {
    let whole = report.shares.reduce(0) { $0 + $1.count }
    var start = 0
    let parts = report.shares.filter { $0.count > 0 }.map { share -> [String: Any] in
      defer { start += share.count }
      return [
        "tone": share.tone.rawValue, "title": share.title.forDisplay,
        "count": Self.number(share.count), "percent": Percent.text(share.count, whole),
        "x": Percent.of(start, whole), "width": Percent.of(share.count, whole, least: 0),
      ]
    }
    let words = report.shares.filter { $0.count > 0 }
      .map { "\($0.title): \($0.count) (\(Percent.text($0.count, whole)))" }
      .joined(separator: ", ")
    return ["parts": parts, "words": words.forDisplay, "isThere": whole > 0]
  }

  /// Bars with their labels above them; 34 pixels a row. All charts have one scale: a bar as wide
  /// as its chart is all there is, so that the widths are the shares.
  func chart(_ chart: AuditReport.Chart, number: Int) -> [String: Any] {
    let rest = chart.rest.map { [("\($0.values) others", $0.count)] } ?? []
    let bars = chart.bars + rest
    let whole = bars.reduce(0) { $0 + $1.count }
    let rows = bars.enumerated().map { index, bar -> [String: Any] in
      [
        "kind": index < chart.bars.count ? "bar" : "rest",
        "label": Self.shortened(bar.label, to: 34).forDisplay, "title": bar.label.forDisplay,
        "count": Self.number(bar.count), "percent": Percent.text(bar.count, whole),
        "labelY": "\(index * 34 + 13)", "barY": "\(index * 34 + 19)",
        "width": Percent.of(bar.count, whole, least: 1), "isThere": bar.count > 0,
      ]
    }
    let words = bars.map { "\($0.label): \($0.count)" }.joined(separator: ", ")
    return [
      "title": chart.title, "of": "of \(Self.number(whole)) \(chart.unit)",
      "words": words.forDisplay,
      "rows": rows, "number": "\(number)",
      "height": "\(rows.count * 34)",
    ]
  }

  private static func shortened(_ text: String, to count: Int) -> String {
    text.unicodeScalars.count <= count
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(count - 1))) + "…"
  }
}
