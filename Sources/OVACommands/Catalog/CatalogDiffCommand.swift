import ArgumentParser
import OVABasics
import OVACatalog

/// `ova catalog diff`: what changed between two scans.
struct CatalogDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Shows what changed in a catalog between two scans.",
    discussion: """
      Without scans, what the last scan changed. With one, what changed since it; with two, what \
      changed after the first up to and with the second. Findings that came or went in packages \
      known before are told too. Whatever changed, the exit code is 0.

      Examples:
        ova catalog diff --db catalog.sqlite
        ova catalog diff 3 5 --format json --db catalog.sqlite
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, ndjson }

  @Argument(help: ArgumentHelp("Numbers of scans; 0 is before the first.", valueName: "scan"))
  var scans: [Int64] = []

  @OptionGroup var database: DatabaseOptions

  @Option(help: "text for people; json or ndjson (one change a line) for programs.")
  var format: Format = .text

  func validate() throws {
    if scans.count > 2 { throw ValidationError("Name two scans at most.") }
  }

  func run() throws {
    try explainingErrors {
      let store = try database.openForReading()
      defer { try? store.close() }
      let last = try store.read { try $0.scans(limit: 1).first?.id ?? 0 }
      for scan in scans where scan < 0 || scan > last {
        let reason = last == 0 ? "nothing has been scanned into it" : "the last one is \(last)"
        Output.standardError.line(
          "ova: \(database.path.shown): there is no scan \(scan): \(reason)")
        throw ExitStatus.wrongUse
      }
      let difference = try store.read {
        try CatalogDifference(
          $0, after: scans.first ?? max(0, last - 1), upTo: scans.count > 1 ? scans[1] : last)
      }
      switch format {
      case .text: Output.standardOutput.text(difference.text())
      case .json: Output.standardOutput.write(difference.document().pretty())
      case .ndjson:
        for line in difference.lines { Output.standardOutput.write(line.bytes() + [0x0A]) }
      }
    }
  }
}
