import OVABasics
import VirtualDisks

/// Draws the allocation of a disk over its capacity as SVG.
package enum DiskMapSVG {
  /// The picture: a band from the first byte to the last, darker where more is stored.
  package static func text(_ report: DiskReport) -> String {
    let width = 1024
    let height = 64
    let count = max(report.map.count, 1)
    var parts = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -28 \(width + 16) \(height + 60)" role="img" \
      font-family="sans-serif" font-size="14">
      <title>\(title(report).escapedForXML)</title>
      <rect width="\(width)" height="\(height)" fill="#8884"/>
      """
    ]
    var start = 0
    while start < report.map.count {
      let shade = report.map[start].shade
      var end = start + 1
      while end < report.map.count, report.map[end].shade == shade { end += 1 }
      if shade > 0 {
        let x = start * width * 100 / count
        let size = (end - start) * width * 100 / count
        parts.append(
          "<rect x=\"\(x.hundredths)\" width=\"\(size.hundredths)\" height=\"\(height)\" "
            + "fill=\"#2563eb\" fill-opacity=\"\((shade * 10).hundredths)\"/>")
      }
      start = end
    }
    parts.append(
      "<text y=\"-10\" fill=\"currentColor\">\(title(report).escapedForXML)</text>")
    parts += scale(report, width: width, height: height)
    parts.append("</svg>")
    return parts.joined(separator: "\n") + "\n"
  }

  /// Draws the marks at the quarters of the capacity.
  private static func scale(_ report: DiskReport, width: Int, height: Int) -> [String] {
    guard let capacity = report.disk.capacity else { return [] }
    return (0...4).map { quarter in
      let x = width * quarter / 4
      let anchor = ["start", "middle", "middle", "middle", "end"][quarter]
      let place = quarter == 4 ? capacity : capacity / 4 * UInt64(quarter)
      return "<path d=\"M\(x) \(height)v6\" stroke=\"currentColor\"/>"
        + "<text x=\"\(x)\" y=\"\(height + 20)\" font-size=\"12\" text-anchor=\"\(anchor)\" "
        + "fill=\"currentColor\">\(ByteCount(place))</text>"
    }
  }

  private static func title(_ report: DiskReport) -> String {
    let name = report.path.split(separator: "/").last.map(String.init) ?? report.path
    let capacity = report.disk.capacity.map { ByteCount($0).description } ?? "?"
    let allocated = report.allocated.map { ByteCount($0).description } ?? "?"
    return "\(name): \(allocated) of \(capacity) allocated"
  }
}

extension Double {
  /// Tenths from 0 (nothing) to 10 (all); anything stored is at least 2.
  fileprivate var shade: Int { self <= 0 ? 0 : max(2, Int((min(self, 1) * 10).rounded())) }
}

extension Int {
  /// A number of hundredths as a decimal.
  fileprivate var hundredths: String {
    let rest = String(self % 100)
    return "\(self / 100)." + String(repeating: "0", count: 2 - rest.utf8.count) + rest
  }
}

extension String {
  /// The text as XML's character data, controls made visible.
  fileprivate var escapedForXML: String {
    forDisplay.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
      ">", with: "&gt;")
  }
}
