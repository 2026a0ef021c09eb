import ArgumentParser
import OVAArchive
import OVABasics
import OVAByteSource
import OVAReport
import SystemPackage
import VirtualDisks

/// `ova disk`: what is this disk, and is it whole?
struct DiskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disk",
    abstract: "Shows what a disk file is and whether it is whole.",
    discussion: """
      Reads VMDK, QCOW2, VHD, VHDX, VDI, raw and ISO 9660 files where they lie, judges them by \
      their own structure and names other formats. Exit code 1 says that a disk is damaged, needs \
      what is not there, or that with --deep not all of it could be verified.

      Examples:
        ova disk web-disk1.vmdk
        ova disk --deep --map web-disk1.vmdk
        ova disk --format json *.vmdk
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, ndjson }

  @Argument(
    help: ArgumentHelp(
      "Disk files (.vmdk and others), by their paths, https or s3 URLs.", valueName: "file"),
    completion: .file(extensions: ["vmdk"]))
  var paths: [PackageName]

  @Option(help: "text for people; json (one document with all disks) or ndjson for programs.")
  var format: Format = .text

  @Flag(help: "Read the whole disk and check every grain, cluster and table.")
  var deep = false

  @Flag(help: "Draw how the allocation lies over the capacity.")
  var map = false

  @Option(
    help: ArgumentHelp("Write that drawing as an SVG picture.", valueName: "file"),
    completion: .file(extensions: ["svg"]))
  var mapSvg: FilePath?

  @Flag(help: "Replace the file of --map-svg when it is there.")
  var force = false

  @OptionGroup var configurationFile: ConfigurationFileOptions

  @OptionGroup var colors: ColorOptions

  func validate() throws {
    if paths.isEmpty { throw ValidationError("Name at least one disk file.") }
    for path in paths { try path.validate() }
    if force, mapSvg == nil { throw ValidationError("--force goes with --map-svg.") }
    if mapSvg != nil, paths.count > 1 {
      throw ValidationError("--map-svg draws one disk; name one file.")
    }
  }

  func run() throws {
    var status = ExitStatus.success
    var documents: [JSON] = []
    let text = DiskText(style: colors.isOn(for: .standardOutput) ? .colored : .plain)
    for (index, path) in paths.enumerated() {
      do {
        let (report, drawing) = try read(path)
        if report.isDamaged || report.isUnverified { status = status.and(.findings) }
        switch format {
        case .text: Output.standardOutput.write((index > 0 ? "\n" : "") + text.text(report))
        case .ndjson: Output.standardOutput.write(DiskJSON.document(report).bytes() + [0x0A])
        case .json: documents.append(DiskJSON.document(report))
        }
        if let drawing { try drawing.commit() }
      } catch let error as ArchiveError {
        // Disks are no archives: this is the drawing.
        Output.standardError.error(error)
        status = status.and(ExitStatus(writing: error))
      } catch let error as any ExplainedError {
        Output.standardError.line("ova: \(error.description.linesForDisplay)")
        status = status.and(.unreadable)
      }
    }
    if format == .json { Output.standardOutput.write(DiskJSON.run(documents).pretty()) }
    try status.finish()
  }

  /// Reads a disk, and writes the drawing of it that is wanted, which has no name yet.
  private func read(_ name: PackageName) throws -> (report: DiskReport, drawing: AtomicFile?) {
    if let mapSvg {
      Output.outlivesReader()
      try AtomicFile.refuseExisting(mapSvg.text, replaces: force)
    }
    let path = name.plain
    let files = try DiskFiles(name)
    let progress = ProgressLine("reading", isWanted: deep)
    defer { progress.end() }
    let file = files.main
    var opened = [file]
    var failure: ByteSourceError?
    let disk = try VirtualDisk.open(CountingSource(file, progress)) { name in
      do throws(ByteSourceError) {
        guard let extent = try files.extent(name) else { return nil }
        opened.append(extent)
        progress.begin(extent.name, bytes: extent.size)
        return CountingSource(extent, progress)
      } catch {
        failure = failure ?? error
        return nil
      }
    }
    // A file that the machine could not read is not missing.
    if let failure { throw failure }
    progress.begin(path, bytes: file.size)
    let results = deep ? try disk.deepChecks(workers: Environment.processors) : nil
    let report = try DiskReport(
      path: path, disk: disk, deep: results, map: map ? try shownMap(of: disk) : [])
    var drawing: AtomicFile?
    if let mapSvg {
      let picture = try DiskReport(
        path: path, disk: disk, deep: results, map: try disk.allocationMap(buckets: 1024))
      drawing = try AtomicFile(path: mapSvg.text, replaces: force)
      try drawing?.write(Array(DiskMapSVG.text(picture).utf8))
    }
    for file in opened { try file.confirmUnchanged() }
    return (report, drawing)
  }

  /// The map in text; empty for damaged tables, which are reported among the faults.
  private func shownMap(of disk: VirtualDisk) throws(DiskError) -> [Double] {
    do throws(DiskError) {
      return try disk.allocationMap(buckets: 512)
    } catch {
      if error.code == .unreadable { throw error }
      return []
    }
  }
}
