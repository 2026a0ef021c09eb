import ArgumentParser
import OVABasics
import OVACatalog

/// `ova catalog diff`: what changed between two scans.
struct CatalogDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Shows what changed in a catalogue between two scans.",
    discussion: """
      Without scans, what the last scan changed. With one, what changed since it; with two, what \
      changed after the first up to and with the second.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, ndjson }

  @Argument(help: ArgumentHelp("Numbers of scans.", valueName: "scan"))
  var scans: [Int64] = []

  @OptionGroup var database: DatabaseOptions

  @Option(help: "text for people; ndjson for programs.")
  var format: Format = .text

  func validate() throws {
    if scans.count > 2 { throw ValidationError("Name two scans at most.") }
  }

  func run() throws {
    try explainingErrors {
      let store = try database.open()
      let changes = try store.read { reader in
        guard let last = try reader.scans(limit: 1).first?.id else { return [CatalogChange]() }
        let from = scans.first ?? last - 1
        return try reader.changes(after: from, upTo: scans.count > 1 ? scans[1] : last)
      }
      for change in changes { Output.data.write(line(change)) }
      if format == .text { Output.data.line("\(changes.count) changes") }
    }
  }

  private func line(_ change: CatalogChange) -> [UInt8] {
    switch format {
    case .text:
      let from = change.detail.map { " (before: \($0.inert))" } ?? ""
      return Array("\(change.change.rawValue)  \(change.path.inert)\(from)\n".utf8)
    case .ndjson:
      let json: JSON = [
        "change": .string(change.change.rawValue), "id": .integer(change.id),
        "path": .string(change.path), "before": .text(change.detail),
        "scan": .integer(change.scan),
      ]
      return json.bytes() + [0x0A]
    }
  }
}
