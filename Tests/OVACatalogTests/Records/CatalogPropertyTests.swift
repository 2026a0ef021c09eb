import Foundation
import OVACatalog
import OVATestSupport
import OVATime
import Testing

/// Properties of datastore paths, patterns and records, tried on many.
@Suite struct CatalogPropertyTests {
  private static let letters = [
    "a", "B", "/", " ", "[", "é", "e\u{301}", ".", "]", "\u{1F600}", "x",
  ]

  private static func text(_ numbers: inout SeededNumbers, most: Int) -> String {
    (0..<Int.random(in: 0...most, using: &numbers))
      .map { _ in letters.randomElement(using: &numbers) ?? "" }.joined()
  }

  @Test func `a datastore path that is printed is read as itself`() {
    var numbers = SeededNumbers(seed: 21)
    var made = 0
    for _ in 0..<20_000 {
      let (store, path) = (Self.text(&numbers, most: 4), Self.text(&numbers, most: 6))
      guard let written = DatastorePath(dataStore: store, path: path) else {
        #expect(store.isEmpty || store.contains("]"))
        continue
      }
      made += 1
      #expect(DatastorePath(written.description) == written, "\(written)")
    }
    #expect(made > 10_000)
  }

  @Test func `datastore paths are in one order, and equal only when neither is before the other`() {
    var numbers = SeededNumbers(seed: 22)
    let paths = (0..<400).compactMap { _ in
      DatastorePath(
        dataStore: Self.text(&numbers, most: 1), path: Self.text(&numbers, most: 2))
    }
    for a in paths {
      for b in paths {
        #expect([a < b, a == b, b < a].count { $0 } == 1, "\(a) \(b)")
      }
    }
    let sorted = paths.sorted()
    #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func `short patterns of like match as the regular expression that they mean`() throws {
    let letters = ["a", "B", "%", "_", "."]
    func words(_ letters: [String], _ length: Int) -> [String] {
      (0..<length).reduce([""]) { words, _ in words + words.flatMap { w in letters.map { w + $0 } }
      }
    }
    let texts = Set(words(["a", "b", "."], 3))
    for pattern in Set(words(letters, 3)) {
      let meaning = pattern.map { letter in
        switch letter {
        case "%": "[\\s\\S]*"
        case "_": "[\\s\\S]"
        case ".": "\\."
        default: String(letter)
        }
      }.joined()
      let expression = try Regex(meaning).ignoresCase()
      for text in texts {
        let isMatch = try expression.wholeMatch(in: text) != nil
        #expect(LikePattern(pattern).matches(text) == isMatch, "\(pattern) \(text)")
      }
    }
  }

  @Test func `records are the same whichever of the two readers of JSON takes them`() throws {
    let times = try APITime(zoneNamed: "America/Toronto")
    let reader = RecordReader(times: times, file: "records")
    var numbers = SeededNumbers(seed: 23)
    for id in Int64(1)...500 {
      let name = "n" + Self.text(&numbers, most: 8)
      let folder = Bool.random(using: &numbers) ? Self.text(&numbers, most: 3) : nil
      let record = Record(
        id: id, name: name, dataStore: "ds", folder: folder, label: "l/\(name)",
        path: "[ds] l/\(name)", isPublic: Bool.random(using: &numbers),
        createdOn: Int64.random(in: 0...2_000_000_000, using: &numbers),
        updatedOn: Int64.random(in: 0...2_000_000_000, using: &numbers))
      // Of the usual form, which is read without Foundation's decoder.
      let usual = RecordWriter.bytes(of: [record], format: .ndjson, times: times)
      #expect(try reader.records(in: usual, format: .ndjson) == [record])
      // With the slash as an escape, which only the decoder reads.
      let object = try JSONSerialization.jsonObject(with: Data(usual))
      let escaped = try JSONSerialization.data(withJSONObject: object)
      #expect(escaped.contains(UInt8(ascii: "\\")))
      #expect(try reader.records(in: Array(escaped), format: .ndjson) == [record])
    }
  }
}
