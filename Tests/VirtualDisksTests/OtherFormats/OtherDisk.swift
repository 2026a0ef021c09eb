import Foundation
import OVABasics
import OVAByteSource
import OVATestSupport
import Synchronization
import Testing
import VirtualDisks

/// A disk of another format than VMDK, made by qemu-img of the same contents.
struct OtherDisk: CustomTestStringConvertible, Hashable, Sendable {
  let format: String
  var options = ""
  var isCompressed = false

  var testDescription: String {
    "\(format) \(options)\(isCompressed ? " compressed" : "")"
  }

  static let all = [
    OtherDisk(format: "qcow2"),
    OtherDisk(format: "qcow2", options: "compat=0.10"),
    OtherDisk(format: "qcow2", options: "cluster_size=512"),
    OtherDisk(format: "qcow2", options: "cluster_size=2M"),
    OtherDisk(format: "qcow2", isCompressed: true),
    OtherDisk(format: "qcow2", options: "cluster_size=4k", isCompressed: true),
    OtherDisk(format: "qcow2", options: "extended_l2=on,cluster_size=128k"),
    OtherDisk(format: "qcow2", options: "preallocation=metadata"),
    OtherDisk(format: "qcow2", options: "lazy_refcounts=on"),
    OtherDisk(format: "qcow2", options: "refcount_bits=1"),
    OtherDisk(format: "qcow2", options: "refcount_bits=64"),
    OtherDisk(format: "vpc"),
    OtherDisk(format: "vpc", options: "force_size=on"),
    OtherDisk(format: "vpc", options: "subformat=fixed"),
    OtherDisk(format: "vhdx", options: "block_size=1M"),
    OtherDisk(format: "vhdx", options: "subformat=fixed,block_size=1M"),
    OtherDisk(format: "vdi"),
    OtherDisk(format: "vdi", options: "static=on"),
  ]

  /// The data of every one of them: in front, in the middle and at the end.
  static let contents: [UInt8] = {
    var dice = SeededNumbers(seed: 11)
    var bytes = [UInt8](repeating: 0, count: 3 << 20)
    for (start, count) in [(0, 300_000), (1_500_160, 150_000), ((3 << 20) - 40_000, 40_000)] {
      bytes.replaceSubrange(start..<start + count, with: dice.bytes(count))
    }
    return bytes
  }()

  private static let made = Mutex<[OtherDisk: [UInt8]]>([:])

  /// The file; made once.
  func file() throws -> [UInt8] {
    if let file = Self.made.withLock({ $0[self] }) { return file }
    let folder = try Folder()
    let raw = try folder.write(Self.contents, "raw")
    var arguments = ["convert", "-f", "raw", "-O", format]
    if !options.isEmpty { arguments += ["-o", options] }
    if isCompressed { arguments.append("-c") }
    try QemuImage.run(arguments + [raw, "\(folder.path)/disk"])
    let file = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/disk")))
    Self.made.withLock { $0[self] = file }
    return file
  }

  /// The bytes that qemu-img reads from a file of this format; nil where it refuses it.
  func contentsByQemu(_ file: [UInt8]) throws -> [UInt8]? {
    let folder = try Folder()
    let path = try folder.write(file, "disk")
    let raw = "\(folder.path)/raw"
    guard try QemuImage.status(["convert", "-f", format, "-O", "raw", path, raw]) == 0 else {
      return nil
    }
    return Array(try Data(contentsOf: URL(fileURLWithPath: raw)))
  }
}

extension QemuImage {
  /// Runs it and expects that it succeeds.
  static func run(_ arguments: [String]) throws {
    try #require(try status(arguments) == 0, "qemu-img \(arguments)")
  }

  /// Runs it and gives its exit code.
  static func status(_ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.runToEnd()
    return process.terminationStatus
  }
}

/// The results of reading a file in memory: of opening it, and of the deep check.
func judged(
  _ file: [UInt8], siblings: ((String) -> (any ByteSource)?)? = nil
) throws -> (disk: VirtualDisk, diagnostics: [DiskDiagnostic], verification: DiskVerification) {
  let disk = try VirtualDisk.open(MemorySource(file, name: "disk"), siblings: siblings)
  let deep = try disk.deepChecks()
  let diagnostics = deep.first.map(disk.diagnostics(with:)) ?? disk.diagnostics
  return (disk, diagnostics, disk.verification(with: deep))
}

/// A file that is changed number by number.
struct EditedFile {
  var bytes: [UInt8]

  mutating func big(_ number: UInt64, _ width: Int, at offset: Int) {
    for index in 0..<width {
      bytes[offset + index] = UInt8(truncatingIfNeeded: number >> UInt64((width - 1 - index) * 8))
    }
  }

  mutating func little(_ number: UInt64, _ width: Int, at offset: Int) {
    for index in 0..<width {
      bytes[offset + index] = UInt8(truncatingIfNeeded: number >> UInt64(index * 8))
    }
  }

  func big(_ width: Int, at offset: Int) -> UInt64 {
    bytes[offset..<offset + width].reduce(0) { $0 << 8 | UInt64($1) }
  }

  func little(_ width: Int, at offset: Int) -> UInt64 {
    bytes[offset..<offset + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
