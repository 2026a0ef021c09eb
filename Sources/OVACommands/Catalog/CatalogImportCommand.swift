import ArgumentParser
import Glibc
import OVABasics
import OVAByteSource
import OVACatalog
import OVATime
import SystemPackage

/// `ova catalog import`: takes over records that exist elsewhere.
struct CatalogImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Takes over records that exist elsewhere, with their ids, times and order.",
    discussion: """
      The file, or standard input where it is '-', is JSON, NDJSON, CSV or a list answer of the image API, with the nine keys. All of \
      it is taken or nothing. A list answer that is one page of several is told as that, with the \
      URL of the next. Times are the API's ('2017-11-24 Fri 15:37:36 EST') or ISO 8601. A \
      later scan matches files to the records by their paths; a record whose file a complete scan \
      of its repository does not find is gone.

      Examples:
        ova catalog import images.json --db catalog.sqlite
      """)

  @Argument(
    help: ArgumentHelp("The file of records; '-' for standard input.", valueName: "file"),
    completion: .file())
  var file: FilePath

  @OptionGroup var database: DatabaseOptions

  @Option(help: "The time zone of times that name none, such as 'America/Toronto'.")
  var timeZone = "UTC"

  func run() throws {
    Output.outlivesReader()
    try explainingErrors {
      let source: any ByteSource
      do throws(ByteSourceError) {
        source =
          file == "-"
          ? MemorySource(try Self.standardInput(), name: "standard input")
          : try Self.opened(file)
      } catch {
        throw Self.unreadable(error)
      }
      let reader = RecordReader(times: try APITime(zoneNamed: timeZone), file: source.name)
      let progress = ProgressLine("storing records")
      progress.begin(file.text, bytes: source.size)
      defer { progress.end() }
      let store = try database.open(creates: true)
      let count: Int
      let page: ListPage?
      do {
        count = try store.importRecords(from: source, reader)
        page = try ListPage(of: source)
      } catch let error as ByteSourceError {
        throw Self.unreadable(error)
      }
      progress.end()
      try store.close()
      Output.standardOutput.line("\(counted(count, "record")) imported")
      if let page, page.isPart {
        Output.standardError.line("ova: \(source.name.forDisplay) \(Self.words(for: page))")
      }
    }
  }

  /// Says what the rest of the list is, and where.
  private static func words(for page: ListPage) -> String {
    let next = page.next.map { ", and the next page is \($0.forDisplay)" } ?? ""
    return """
      is page \(page.page) of \(page.pages); the whole list has \(counted(page.total, "record"))\(next)
      """
  }

  private static func unreadable(_ error: ByteSourceError) -> ExitStatus {
    Output.standardError.line("ova: \(error.description.linesForDisplay)")
    return .unreadable
  }

  private static let mostBytes: UInt64 = 1 << 32

  private static func opened(_ path: FilePath) throws(ByteSourceError) -> FileSource {
    let file = try FileSource(path)
    guard file.size <= mostBytes else {
      throw ByteSourceError(
        code: .limitExceeded, doing: "read it whole",
        reason: "\(file.size) bytes are more than the limit 'importBytes' of \(mostBytes)",
        place: Place(file.name))
    }
    return file
  }

  /// All of standard input.
  private static func standardInput() throws(ByteSourceError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw ByteSourceError(errno: errno, doing: "read it", place: Place("standard input"))
      }
      bytes.append(contentsOf: buffer.prefix(count))
      guard bytes.count <= mostBytes else {
        throw ByteSourceError(
          code: .limitExceeded, doing: "read it whole",
          reason: "it is larger than the limit 'importBytes' of \(mostBytes)",
          place: Place("standard input"))
      }
    }
  }
}
