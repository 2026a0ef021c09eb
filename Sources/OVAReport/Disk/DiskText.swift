import OVABasics
import OVAPackage
import OVFDescriptor
import VirtualDisks

/// Writes a report on a disk as text.
package struct DiskText {
  let style: Style

  package init(style: Style) { self.style = style }

  /// The whole text, ending in a line feed.
  package func text(_ report: DiskReport) -> String {
    let disk = report.disk
    var lines = [style.bold(report.path.forDisplay) + "  " + disk.kind.forDisplay]
    var table = TextTable()
    for row in Self.rows(disk, allocated: report.allocated) { table.add(row) }
    if let ratio = report.compressionRatio {
      table.add(["compression", "\(ratio.percent) of what is allocated"])
    }
    lines += table.lines(indent: 2)
    lines += verificationLines(report)
    lines += diagnosticLines(report)
    if !report.map.isEmpty { lines += mapLines(report) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Lists the facts about a disk, a name and a value each.
  static func rows(_ disk: VirtualDisk, allocated: UInt64?) -> [[String]] {
    var rows: [[String]] = []
    if let capacity = disk.capacity {
      rows.append(["capacity", "\(ByteCount(capacity)) (\(capacity) bytes)"])
      if let allocated {
        let share = (Double(allocated) / Double(capacity)).percent
        rows.append(["allocated", "\(ByteCount(allocated)) (\(share))"])
      }
    }
    rows.append(["file", ByteCount(disk.fileSize).description])
    if let bytes = disk.grainBytes {
      rows.append(["grain size", ByteCount(UInt64(bytes)).description])
    }
    if let header = disk.header {
      let shape = disk.shape.map { ", \($0.title)" } ?? ""
      rows.append(["header", "version \(header.version)\(shape)"])
    }
    if let descriptor = disk.descriptor {
      let named: [(String, String?)] = [
        ("adapter", descriptor.adapterType), ("hardware version", descriptor.hardwareVersion),
        ("tools version", descriptor.toolsVersion), ("content id", descriptor.contentID),
        ("parent", descriptor.hasParent ? descriptor.parentContentID : nil),
        ("uuid", descriptor.uuid),
      ]
      for (name, value) in named { if let value { rows.append([name, value]) } }
    }
    if let structure = disk.structure {
      if let bytes = structure.blockBytes {
        rows.append(["block size", ByteCount(bytes).description])
      }
      if let compression = structure.compression { rows.append(["compression", compression]) }
    }
    if let encryption = disk.encryption { rows.append(["encrypted", encryption]) }
    if let base = disk.base?.name { rows.append(["base", base]) }
    if !disk.otherFiles.isEmpty {
      rows.append(["extents", disk.otherFiles.prefix(10).joined(separator: ", ")])
    }
    if let producer = disk.producer {
      rows.append([
        "producer",
        "\(producer.program.rawValue) (\(producer.evidence.joined(separator: ", ")))",
      ])
    }
    return rows
  }

  /// Returns the parts that were verified and those that were not; without a deep check, the parts
  /// that were not looked at at all.
  private func verificationLines(_ report: DiskReport) -> [String] {
    guard let verification = report.verification else {
      return report.disk.isJudged
        ? [] : ["  " + style.yellow("not judged: the structure of \(report.disk.format.name)")]
    }
    return verification.checked.map { "  " + style.dim("verified \($0.forDisplay)") }
      + verification.unchecked.map { "  " + style.yellow("not verified") + " \($0.forDisplay)" }
  }

  private func diagnosticLines(_ report: DiskReport) -> [String] {
    let diagnostics = report.diagnostics
    guard !diagnostics.isEmpty else {
      guard report.disk.isJudged, !report.isUnverified else { return [] }
      guard report.verification != nil else {
        return ["  " + style.green("nothing wrong at first sight")]
      }
      let grains = report.deep.reduce(0) { $0 + $1.grains }
      let isSparse = report.deep.contains { $0.header != nil }
      let read = isSparse ? "\(grains == 1 ? "1 grain" : "\(grains) grains") read" : "read whole"
      return ["  " + style.green("good: \(read), nothing wrong")]
    }
    let most = 50
    var lines = diagnostics.prefix(most).map { diagnostic in
      let word =
        switch diagnostic.weight {
        case .damage: style.red("damage")
        case .doubt: style.yellow("doubt")
        case .note: style.dim("note")
        }
      return
        "  \(word) \(diagnostic.text.forDisplay)\n    at \(diagnostic.place.description.forDisplay)"
    }
    if diagnostics.count > most { lines.append("  … and \(diagnostics.count - most) more") }
    return lines
  }

  /// Rows of blocks, each a part of the capacity: the fuller, the darker.
  private func mapLines(_ report: DiskReport) -> [String] {
    guard let capacity = report.disk.capacity else { return [] }
    let width = 64
    let rows = (report.map.count + width - 1) / width
    let each = capacity / UInt64(max(report.map.count, 1))
    var lines = ["", "  allocation, each block \(ByteCount(each))"]
    var table = TextTable()
    for row in 0..<rows {
      let cells = report.map.dropFirst(row * width).prefix(width)
      let blocks = cells.map(\.block).joined()
      table.add([ByteCount(UInt64(row * width) * each).description, blocks])
    }
    lines += table.lines(indent: 2)
    return lines
  }
}

extension InspectionText {
  /// The disks' own facts, each in a table.
  func diskLines() -> [String] {
    package.disks.flatMap { disk -> [String] in
      guard case .disk(let content) = disk.content else { return [] }
      var table = TextTable()
      table.add(["kind", content.kind])
      for row in DiskText.rows(content, allocated: disk.allocatedBytes) {
        table.add(row)
        if row[0] == "allocated", let declared = disk.disk.populatedSize?.value {
          table.add(["declared", "\(ByteCount(declared)) (populatedSize, \(declared) bytes)"])
        }
      }
      let name = disk.reference.reference.href?.text ?? ""
      return ["", "  " + style.bold("Disk \(name.forDisplay)")] + table.lines(indent: 4)
    }
  }
}

extension StreamShape {
  /// The place of the directory, in words.
  fileprivate var title: String {
    switch self {
    case .directoryInFooter: "directory in the footer"
    case .directoryInBoth: "directory in header and footer"
    case .directoryAtFront: "directory in front"
    }
  }
}

extension Double {
  /// A share as a percentage with at most one decimal.
  package var percent: String {
    let tenths = Int((min(max(self, 0), 1_000) * 1000).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }

  /// A block that is as dark as the share is large; anything stored is seen.
  fileprivate var block: String {
    switch self {
    case ...0: "·"
    case ..<0.25: "░"
    case ..<0.5: "▒"
    case ..<0.95: "▓"
    default: "█"
    }
  }
}
