import ArgumentParser
import OVABasics
import OVACatalog
import OVAReport
import OVATargets
import OVATime

/// `ova catalog show`: all that is known of one image.
struct CatalogShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows all that a catalog knows of images.",
    discussion: """
      Examples:
        ova catalog show 17 --db catalog.sqlite
        ova catalog show "[isos] web/web.ova" --format ndjson --db catalog.sqlite
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, ndjson }

  @Argument(help: ArgumentHelp("Ids or datastore paths.", valueName: "image"))
  var images: [String]

  @OptionGroup var database: DatabaseOptions

  @Option(help: "text for people; ndjson for programs.")
  var format: Format = .text

  @Option(help: "The time zone that times are written in, such as 'America/Toronto'.")
  var timeZone = "UTC"

  func run() throws {
    try explainingErrors {
      let store = try database.openForReading()
      defer { try? store.close() }
      let times = try APITime(zoneNamed: timeZone)
      var status = ExitStatus.success
      for name in images {
        // As lists show it, or by the path's bytes.
        let found = try store.read { reader in
          try package(name, reader) ?? package(String(fileSystemBytes: name.utf8), reader)
        }
        guard let package = found else {
          Output.standardError.line("ova: \(name.forDisplay): there is no such image")
          status = .unreadable
          continue
        }
        switch format {
        case .ndjson: Output.standardOutput.write(PackageRowJSON(package, times: times).line())
        case .text: Output.standardOutput.text(text(package, times))
        }
      }
      try status.finish()
    }
  }

  private func package(_ name: String, _ reader: CatalogReader) throws -> PackageRow? {
    if let id = Int64(name) { return try reader.package(id: id, scope: .all) }
    guard let path = DatastorePath(name),
      let image = try reader.image(dataStore: path.dataStore, path: path.description),
      !image.isGone
    else { return nil }
    return try reader.package(id: image.id, scope: .all)
  }

  private func text(_ package: PackageRow, _ times: APITime) -> String {
    let record = package.record
    var table = TextTable()
    table.add(["id", String(record.id)])
    table.add(["created", times.string(from: record.createdOn)])
    table.add(["updated", times.string(from: record.updatedOn)])
    table.add(["state", package.state.rawValue + (package.stateDetail.map { ": \($0)" } ?? "")])
    if let facts = package.facts {
      let product = [facts.product, facts.version, facts.vendor].compactMap { $0 }
      if !product.isEmpty { table.add(["product", product.joined(separator: ", ")]) }
      if let guest = facts.guestSystem { table.add(["guest", guest]) }
      let hardware = [
        facts.hardwareFamily, facts.firmware, facts.virtualCPUs.map { "\($0) vCPU" },
        facts.memory.map { ByteCount(UInt64(clamping: $0)).description },
        "\(facts.networkAdapters) NIC",
      ].compactMap { $0 }
      table.add(["hardware", hardware.joined(separator: ", ")])
    }
    for disk in package.disks {
      let parts = [
        disk.slot, disk.capacity.map { ByteCount(UInt64(clamping: $0)).description }, disk.format,
        disk.file,
      ]
      table.add(["disk", parts.compactMap { $0 }.joined(separator: ", ")])
    }
    for file in package.files {
      let digest = file.digests["sha256"].map { ", sha256 \($0)" } ?? ""
      table.add([
        file.isMember ? "member" : "file",
        "\(file.name), \(ByteCount(UInt64(clamping: file.size)))\(digest)",
      ])
    }
    for finding in package.findings {
      table.add([finding.severity, "\(finding.message) [\(finding.rule)]"])
      if let fix = finding.fix { table.add(["", "fix: \(fix)"]) }
    }
    for verdict in package.verdicts.map(StoredVerdict.init) {
      table.add(["target", "\(verdict.target): \(verdict.verdict.words)"])
      for reason in verdict.reasons where reason.effect != .note && reason.dependsOn == nil {
        table.add(["", "\(reason.effect.rawValue): \(reason.title) [\(reason.condition)]"])
      }
    }
    return ([record.path.forDisplay] + table.lines(indent: 2)).joined(separator: "\n") + "\n"
  }
}
