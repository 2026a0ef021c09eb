import Foundation
import OVAMessages
import OVARules
import OVATargets
import Testing

/// Every row of the document that the messages were taken from, where it is at hand: pasted with
/// values in it, it leads to the row's rules.
@Suite struct MessageDocumentTests {
  /// A row of the document.
  struct Row: Sendable, CustomTestStringConvertible {
    let product: String
    let fragment: String
    /// The rules that the row names, without its remarks.
    let rules: [String]

    var testDescription: String { "\(product): \(fragment)" }

    /// The message with a value in each place.
    var printed: String {
      fragment.replacing(/<([a-z][a-z0-9\/_ -]*)>/) { match in
        MessageDocumentTests.values[String(match.output.1)] ?? "web"
      }.replacing("…", with: "web")
    }
  }

  /// Plausible values of the document's places.
  private static let values = [
    "n": "25", "v": "17", "f": "web-disk1.vmdk", "file": "web-disk1.vmdk",
    "path": "/srv/web pages/web.ovf", "p": "/srv/web pages/web.ovf", "hex": "6b0cf33a2b2c",
    "list": "vmx-04, vmx-07", "e": "Item", "a": "href", "alg": "SHA1", "other": "qemu",
    "u": "byte * 10", "text": "x", "id": "disk1", "rasd child": "Reservation",
    "name": "Reservation",
  ]

  /// The document's names of rules that were still to be made, each with the rules that find the
  /// same here.
  private static let names: [String: [String]] = [
    "controller-full": ["slot-out-of-range", "slot-taken-twice"],
    "guest-type-missing": ["guest-not-told"],
    "drive-iso-connected": ["drive-image-missing"],
    "property-not-configurable": ["property-key-missing"],
    "capacity-by-property": ["disk-unresolved-capacity"],
    "memory-unit-virtualbox": ["vb-memory-unit", "ff-memory-unit"],
    "controller-virtualbox-old": ["vb-type20"],
    "chunks-used": ["vb-chunk", "v2v-chunk", "aws-chunk"],
    "disk-href-extension": ["disk-unknown-format"],
    "controllers-several-of-a-kind": ["vb-controllers"],
    "blank-disk": ["v2v-blank-disk"],
    "setting-value-unknown": ["setting-unknown"],
    "collection-used": ["machine-collection"],
    "quantity-above-limit": ["range-out-of-order", "reservation-above-limit"],
    "capacity-units-missing": ["cs-units-missing"],
    "disks-several": ["glance-one-disk"],
    "disks-many": ["ff-disk-count"],
  ]

  /// Rules that a row names for another of its spellings than the one that stands first.
  private static let ofOtherSpellings = [
    "VM has <n> disks, which exceeds the limit of <n>": ["system-name-restricted"]
  ]

  private static let document = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "shared/docs/messages.tsv")

  private static let rows: [Row] = {
    guard let text = try? String(contentsOf: document, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count > 4 else { return nil }
      let others = ofOtherSpellings[cells[1]] ?? []
      let rules = cells[4].split(separator: ";").map { part in
        part.replacing(/\([^)]*\)/, with: "").replacing("NEW:", with: "")
          .replacing("info:", with: "").trimmingCharacters(in: .whitespaces)
      }
      return Row(
        product: cells[0], fragment: cells[1],
        rules: rules.filter { !$0.isEmpty && !others.contains($0) })
    }
  }()

  @Test(.enabled(if: !rows.isEmpty, "the document is not at hand"))
  func `the document has the rows that are expected of it`() {
    #expect(Self.rows.count > 300)
    for name in Self.names.keys { #expect(Rule.named(name) == nil, "\(name) is a rule now") }
    for name in Self.names.values.flatMap(\.self) {
      #expect(Rule.named(name) != nil || TargetProduct.condition(name) != nil, "\(name)")
    }
  }

  /// The texts around a message, with `@` in its place.
  private static let frames = [
    "@", "2026-08-21T10:11:13Z ERROR [task-17] @", "Error: Line 25: @",
    "Issues detected with selected template. Details: - 48:7:VALUE_ILLEGAL: @",
    "VBoxManage: error: @\nVBoxManage: error: Details: code NS_OK", "{\"msg\": \"@\"}",
  ]

  /// The message as it is printed, in frames, and broken where a terminal of 40 columns breaks it.
  private static func pastes(_ row: Row) -> [String] {
    var lines: [Substring] = []
    var rest = row.printed[...]
    while !rest.isEmpty {
      lines.append(rest.prefix(40))
      rest = rest.dropFirst(40)
    }
    // Three words inside a log may be anything.
    guard row.printed.split(separator: " ").count > 3 || row.printed.contains("_") else {
      return [row.printed]
    }
    return frames.map { $0.replacing("@", with: row.printed) } + [lines.joined(separator: "\n")]
  }

  @Test(.enabled(if: !rows.isEmpty, "the document is not at hand"), arguments: rows)
  func `a row's message leads to the row's rules`(_ row: Row) {
    for paste in Self.pastes(row) {
      guard case .known(let matches) = MessageSearch.all.answer(paste) else {
        Issue.record("\(paste): \(MessageSearch.all.answer(paste))")
        continue
      }
      let found = Set(matches.flatMap { $0.message.rules + $0.message.conditions })
      for rule in row.rules {
        let meant = Self.names[rule] ?? [rule]
        #expect(!found.isDisjoint(with: meant), "\(paste): \(rule), found \(found.sorted())")
      }
      #expect(
        matches.contains { !$0.message.rules.isEmpty || $0.message.fix != nil }
          || matches.contains { $0.message.role == .frame || !$0.message.conditions.isEmpty })
    }
  }

  /// Some letters are lost at the beginning and the end of what was copied.
  @Test(.enabled(if: !rows.isEmpty, "the document is not at hand"), arguments: rows)
  func `a row's message that was cut leads there or nowhere else for sure`(_ row: Row) {
    let words = row.printed.split(separator: " ")
    // Less than that is no message any more.
    guard words.count >= 7 else { return }
    let cut = words.dropFirst().dropLast().joined(separator: " ")
    let answer = MessageSearch.all.answer(cut)
    let matches: [MessageMatch]
    switch answer {
    case .known(let known): matches = known
    case .near(let near): matches = near
    case .unknown: return
    }
    let found = Set(matches.flatMap { $0.message.rules + $0.message.conditions })
    let meant = row.rules.flatMap { Self.names[$0] ?? [$0] }
    #expect(
      row.rules.isEmpty || !found.isDisjoint(with: meant)
        || matches.allSatisfy { $0.extent == .near || $0.message.role == .frame },
      "\(cut): found \(found.sorted())")
  }
}
