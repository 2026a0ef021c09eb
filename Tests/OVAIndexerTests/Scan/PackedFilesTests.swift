import Foundation
import OVACatalog
import OVATestSupport
import Testing

@testable import OVAIndexer

/// Files as the process that parses for a scan sends them.
struct PackedFilesTests {
  private struct Message: Codable { @PackedFiles var files: [FileRow] }

  private static let numbers: [Int64] = [0, 1, -1, 63, 64, -65, 1 << 40, .max, .min]

  private static func row(_ random: inout SeededNumbers) -> FileRow {
    let names = ["a", "", "disk-ü.vmdk", "x\u{0}y", String(repeating: "n", count: 300)]
    var row = FileRow(
      name: names.randomElement(using: &random) ?? "", isMember: .random(using: &random),
      size: numbers.randomElement(using: &random) ?? 0)
    row.isLinked = .random(using: &random)
    // Many files of one package have the facts of the archive.
    if Bool.random(using: &random) {
      row.modified = numbers.randomElement(using: &random) ?? 0
      row.changed = numbers.randomElement(using: &random) ?? 0
      row.inode = numbers.randomElement(using: &random) ?? 0
      row.device = Bool.random(using: &random) ? numbers.randomElement(using: &random) : nil
      row.links = Bool.random(using: &random) ? numbers.randomElement(using: &random) : nil
      row.allocated = Bool.random(using: &random) ? numbers.randomElement(using: &random) : nil
    }
    for algorithm in ["sha256", "md5"] where Bool.random(using: &random) {
      row.digests[algorithm] = "0a\(UInt16.random(in: 0...999, using: &random))"
    }
    return row
  }

  @Test func whatIsSentIsWhatComes() throws {
    var random = SeededNumbers(seed: 15)
    for count in Array(0...8) + [500] {
      let files = (0..<count).map { _ in Self.row(&random) }
      let message = try #require(Message(files: files).message())
      #expect(Message(message: message)?.files == files)
    }
  }

  @Test func manyFilesTakeFewBytes() throws {
    var files = (0..<1_000).map { number in
      FileRow(
        name: "\(number).bin", isMember: true, size: 5, modified: 1_700_000_000_000_000_000,
        changed: 1_700_000_000_000_000_000, inode: 1 << 33)
    }
    for index in files.indices { files[index].device = 42 }
    let message = try #require(Message(files: files).message())
    #expect(message.count < 20_000)
  }

  @Test func bytesThatAreNoFilesAreRefusedOrReadAsOthers() throws {
    var random = SeededNumbers(seed: 16)
    let files = (0..<20).map { _ in Self.row(&random) }
    let message = try #require(Message(files: files).message())
    let packed = try #require(
      (try JSONSerialization.jsonObject(with: Data(message)) as? [String: String])?["files"]
        .flatMap { Data(base64Encoded: $0) })
    var refused = 0
    for _ in 0..<5_000 {
      var damaged = packed
      switch Int.random(in: 0...2, using: &random) {
      case 0: damaged = damaged.prefix(Int.random(in: 0..<damaged.count, using: &random))
      case 1:
        damaged[Int.random(in: 0..<damaged.count, using: &random)] = .random(
          in: 0...255, using: &random)
      default:
        damaged.insert(
          contentsOf: [UInt8](repeating: 0xFF, count: 9),
          at: Int.random(in: 0..<damaged.count, using: &random))
      }
      let text = #"{"files":"\#(Data(damaged).base64EncodedString())"}"#
      if Message(message: Array(text.utf8)) == nil { refused += 1 }
    }
    #expect(refused > 1_000)
  }
}
