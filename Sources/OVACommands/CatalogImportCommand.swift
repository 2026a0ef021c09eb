import ArgumentParser
import Glibc
import OVABasics
import OVAByteSource
import OVACatalog

/// `ova catalog import`: takes over records that exist elsewhere.
struct CatalogImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Takes over records that exist elsewhere, with their ids, times and order.",
    discussion: """
      The file is JSON, NDJSON, CSV or a list answer of the image API, with the nine keys. All of \
      it is taken or nothing. A later scan matches files to the records by their paths.
      """)

  @Argument(help: ArgumentHelp("The file of records.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup var database: DatabaseOptions

  @Option(help: "The time zone of times that name none, such as 'America/Toronto'.")
  var timeZone = "UTC"

  func run() throws {
    try explainingErrors {
      let bytes: [UInt8]
      do throws(ByteSourceError) {
        bytes = try FileSource(path: file).allBytes(limit: 1 << 32, named: "importBytes")
      } catch {
        Output.words.line("ova: \(error.description.inertLines)")
        throw ExitStatus.unreadable
      }
      let reader = RecordReader(times: try APITime(zoneNamed: timeZone), file: file)
      let records = try reader.records(in: bytes)
      let store = try database.open(creates: true)
      try store.write { try $0.importRecords(records) }
      try store.close()
      Output.data.line("\(counted(records.count, "record")) imported")
    }
  }
}
