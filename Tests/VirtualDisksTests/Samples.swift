import Foundation
import OVABasics
import OVAByteSource
import OVATestSupport
import Testing
import VirtualDisks

extension SeededNumbers {
  /// Bytes that compress to about half.
  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) & 0x0F }
  }
}

/// A file made by the project's writer.
struct Sample: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let layout: SparseDiskWriter.Layout
  var capacity: UInt64 = 3 << 20
  var grainSize: UInt64 = 8
  var width: UInt32 = 128
  var interleaves = false
  var padding = 0
  var grains = [0, 1, 2, 5, 127, 128, 300, 301, 767]
  var shortLast = false

  func file() throws -> [UInt8] {
    var options = SparseDiskWriter.Options()
    options.grainSize = grainSize
    options.tableEntries = width
    options.interleavesTables = interleaves
    options.padding = padding
    var writer = try SparseDiskWriter(capacity: capacity, layout: layout, options: options)
    var dice = SeededNumbers(seed: 7)
    for grain in grains {
      let rest = capacity - UInt64(grain) * grainSize * 512
      let size = shortLast ? min(rest, grainSize * 512) : grainSize * 512
      try writer.append(dice.bytes(Int(size)), grain: grain)
    }
    return writer.finish()
  }

  static let all = [
    Sample(testDescription: "shape a", layout: .streamOptimized(.directoryInFooter)),
    Sample(
      testDescription: "shape a, tables after their grains",
      layout: .streamOptimized(.directoryInFooter), interleaves: true),
    Sample(
      testDescription: "shape a, padded", layout: .streamOptimized(.directoryInFooter),
      padding: 4096),
    Sample(
      testDescription: "shape a, grains out of order",
      layout: .streamOptimized(.directoryInFooter), grains: [300, 5, 767, 0, 127]),
    Sample(
      testDescription: "shape a, short last grain", layout: .streamOptimized(.directoryInFooter),
      capacity: 4 * 512, grains: [0], shortLast: true),
    Sample(testDescription: "shape b", layout: .streamOptimized(.directoryInBoth)),
    Sample(testDescription: "shape c", layout: .streamOptimized(.directoryAtFront)),
    Sample(
      testDescription: "shape c without a grain", layout: .streamOptimized(.directoryAtFront),
      grains: []),
    Sample(testDescription: "sparse version 1", layout: .monolithicSparse(version: 1)),
    Sample(testDescription: "sparse version 2", layout: .monolithicSparse(version: 2)),
    Sample(
      testDescription: "usual grain and table", layout: .streamOptimized(.directoryInFooter),
      capacity: 80 << 20, grainSize: 128, width: 512, grains: [0, 1, 511, 512, 1279]),
  ]
  static let streams = all.filter { if case .streamOptimized = $0.layout { true } else { false } }
}

/// Both checks of a file in memory: what the cheap one and the deep one find.
func diagnostics(_ file: [UInt8]) throws -> [DiskDiagnostic] {
  let disk = try VirtualDisk.open(MemorySource(file, name: "disk.vmdk"))
  return disk.diagnostics(with: try disk.deepCheck(workers: 2))
}

/// The names of what both checks find.
func diagnosticNames(_ file: [UInt8]) throws -> Set<String> {
  Set(try diagnostics(file).map(\.name))
}

/// A folder that goes when the test ends.
final class Folder {
  let path = NSTemporaryDirectory() + "disks-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }

  func open(_ name: String) throws -> VirtualDisk {
    try VirtualDisk.open(try FileSource(path: "\(path)/\(name)")) { [path] sibling in
      try? FileSource(path: "\(path)/\(sibling)")
    }
  }
}

/// The real `qemu-img`.
enum QemuImage {
  static let path = ["/usr/bin/qemu-img", "/usr/local/bin/qemu-img"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  static let isThere = path != nil

  /// Runs it and expects that it succeeds.
  static func run(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    try process.runToEnd()
    try #require(process.terminationStatus == 0, "qemu-img \(arguments)")
  }

  /// The bytes that it reads from a disk.
  static func contents(of disk: String, in folder: Folder) throws -> [UInt8] {
    let raw = folder.path + "/contents.raw"
    try run("convert", "-f", "vmdk", "-O", "raw", disk, raw)
    return Array(try Data(contentsOf: URL(fileURLWithPath: raw)))
  }
}

/// All of a disk's contents through the grain tables.
func contents(_ disk: VirtualDisk) throws -> [UInt8] {
  var reader = try DiskContents(of: disk)
  return try reader.bytes(at: 0, count: Int(reader.size))
}
