import OVAMessages
import Testing

@Suite struct MessageSearchTests {
  @Test(arguments: KnownMessage.all)
  func `a message is found as it is printed`(_ known: KnownMessage) {
    for value in ["4711", "/srv/web pages/disk-1"] {
      let answer = MessageSearch.all.answer(known.printed(value))
      #expect(known.isFirst(in: answer), "\(answer)")
    }
  }

  /// The texts around a message, with `@` in its place.
  static let frames = [
    "ova.go:12: @",
    "Error: Line 25: @",
    "VBoxManage: error: @\nVBoxManage: error: Details: code NS_OK",
    "Issues detected with selected template. Details: - 48:7:VALUE_ILLEGAL: @",
    "Failed to deploy OVF package. Cause: A specified parameter was not correct: @",
    "2026-08-21T10:11:12.123Z INFO  [task-17] upload\n2026-08-21T10:11:13Z ERROR @\n  at x.y(Z.java:9)",
    "| Result | @ |\n|---|---|",
    "{\"msg\": \"@\", \"failed\": true}",
    "\u{1B}[31mError:\u{1B}[0m @",
    "Der Vorgang ist fehlgeschlagen: @",
  ]

  @Test(arguments: KnownMessage.all)
  func `a message is found in what stands around it`(_ known: KnownMessage) {
    for frame in Self.frames {
      let text = frame.replacing("@", with: known.printed())
      let answer = MessageSearch.all.answer(text)
      guard case .known(let matches) = answer else {
        Issue.record("\(text)")
        continue
      }
      #expect(
        matches.contains { $0.message == known.message && $0.source == known.source },
        "\(text)")
    }
  }

  /// Ways in which a text changes between the importer and the paste.
  static let disguises: [@Sendable (String) -> String] = [
    { $0.uppercased() },
    { $0.lowercased() },
    { $0.replacing("'", with: "’").replacing("\"", with: "”") },
    { $0.replacing("'", with: "").replacing("\"", with: "") },
    { $0.replacing("'", with: "''") },
    {
      $0.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        .replacing("'", with: "&#39;").replacing("\"", with: "&quot;")
    },
    { $0.replacing("<", with: "&amp;lt;").replacing("'", with: "&#x27;") },
    { $0.replacing("\"", with: "\\\"").replacing("'", with: "\\u0027") },
    { $0.replacing(" ", with: "\\n") },
    { $0.replacing(" ", with: "\r\n    ") },
    { $0.replacing(" ", with: " \u{1B}[0m\u{A0}") },
    { $0.replacing("_", with: "\\_") },
  ]

  @Test(arguments: KnownMessage.all)
  func `a message is found however it was copied`(_ known: KnownMessage) {
    for (number, disguise) in Self.disguises.enumerated() {
      let text = disguise(known.printed())
      #expect(known.isFirst(in: MessageSearch.all.answer(text)), "disguise \(number): \(text)")
    }
  }

  @Test(arguments: KnownMessage.all)
  func `a message is found when a terminal broke its lines`(_ known: KnownMessage) {
    let text = known.printed()
    for width in [7, 11, 20, 40] {
      // Inside words, as a narrow terminal does.
      var lines: [Substring] = []
      var rest = text[...]
      while !rest.isEmpty {
        lines.append(rest.prefix(width))
        rest = rest.dropFirst(width)
      }
      let broken = lines.joined(separator: "\n")
      #expect(known.isFirst(in: MessageSearch.all.answer(broken)), "\(broken)")
    }
  }

  @Test func `numbers and names in quotes choose between messages`() {
    let cases = [
      ("No support for the virtual hardware device type '35'.", "sound-card-required"),
      ("No support for the virtual hardware device type '352'.", "item-type-unknown"),
      ("No support for the virtual hardware device type '20'.", "device-family-too-old"),
      ("Line 25: Unsupported hardware family 'vmx-21'.", "family-recent"),
      ("Line 25: Unsupported hardware family 'virtualbox-2.2'.", "family-virtualbox-only"),
      ("Line 25: Unsupported hardware family 'xen-3.0-x86_64'.", "family-not-vmware"),
      ("Missing child element 'VirtualHardwareSection'", "hardware-missing"),
      ("Missing child element 'InstanceID'", "item-instance-id-missing"),
    ]
    for (text, rule) in cases {
      guard case .known(let matches) = MessageSearch.all.answer(text) else {
        Issue.record("\(text)")
        continue
      }
      #expect(matches.count == 1, "\(text)")
      #expect(matches.first?.message.rules.first == rule, "\(text)")
      #expect(matches.first?.excerpt == text.replacing("Line 25: ", with: ""))
    }
  }

  @Test func `several messages come in their order, frames last`() {
    let text = """
      The import failed because web.ova did not pass OVF specification conformance or virtual \
      hardware compliance checks.
      .. Line 115: No support for the virtual hardware device type '35'.
      .. Line 47: Unsupported hardware family 'virtualbox-2.2'.
      """
    guard case .known(let matches) = MessageSearch.all.answer(text) else {
      Issue.record("no match")
      return
    }
    #expect(
      matches.map { "\($0.source.id) \($0.message.role.rawValue): \($0.excerpt)" } == [
        "vmware cause: No support for the virtual hardware device type '35'.",
        "vmware cause: Unsupported hardware family 'virtualbox-2.2'.",
        "workstation frame: did not pass OVF specification conformance or virtual hardware "
          + "compliance checks.",
      ])
  }

  @Test(arguments: [
    ("hardware family 'vmx-21'", "Unsupported hardware family 'vmx-…'"),
    ("ardware family 'virtualbox", "Unsupported hardware family 'virtualbox-…'"),
    ("nconsistency between grain table and backup grain", "VMDK: inconsistency"),
    ("not find an .ovf file at the beginning of", "Did not find an .ovf file"),
    ("Line 47: size specified in OVF descriptor for 'web.vmdk' (specified: 12", "Wrong file size"),
  ])
  func `a part of a message is found as a part`(text: String, message: String) {
    guard case .known(let matches) = MessageSearch.all.answer(text) else {
      Issue.record("\(text): \(MessageSearch.all.answer(text))")
      return
    }
    #expect(matches.allSatisfy { $0.extent == .part })
    #expect(matches.first?.message.text.hasPrefix(message) == true, "\(matches)")
  }

  @Test(arguments: [
    (
      "Zeile 1.234: Analysieren von „tools.syncTime“ für Attribut „key“ des Elements „Config“ "
        + "nicht möglich", "setting-required"
    ),
    ("Entrada de manifiesto de OVF no válida: .", "manifest-line-malformed"),
    (
      "the beginning of this OVA package has no .ovf file: did we not find an entry?",
      "descriptor-not-first"
    ),
  ])
  func `what is only near is said to be near`(text: String, rule: String) {
    guard case .near(let matches) = MessageSearch.all.answer(text) else {
      Issue.record("\(text): \(MessageSearch.all.answer(text))")
      return
    }
    #expect(matches.allSatisfy { $0.extent == .near })
    #expect(matches.first?.message.rules.first == rule)
  }

  @Test(arguments: [
    "The VMDK version is not supported", "The selected disk format is not supported",
    "This operation on the object is not supported",
  ])
  func `the end that many messages have alone is no known message`(text: String) {
    if case .known(let matches) = MessageSearch.all.answer(text) {
      Issue.record("\(text): \(matches.map(\.message.text))")
    }
  }

  @Test(arguments: UnrelatedMessages.all)
  func `a message of something else is unknown`(text: String) {
    #expect(MessageSearch.all.answer(text) == .unknown)
  }

  @Test(arguments: ["", " \n", "…", "'\"'", "4711", "0x80070057", "&#0;&#xFFFFFF;&;", "\u{1B}["])
  func `a text without words is unknown`(text: String) {
    #expect(MessageSearch.all.answer(text) == .unknown)
  }

  @Test func `a long log is searched, and only so far`() {
    let line = "2026-08-21 10:11:12 worker 17: copied block of the disk, no error, next file\n"
    let message = "VERR_TAR_UNSUPPORTED_PAX_TYPE"
    let log = String(repeating: line, count: 500)
    #expect(MessageSearch.all.answer(log + message) != .unknown)
    let beyond = String(repeating: " ", count: MessageSearch.longestText)
    #expect(MessageSearch.all.answer(beyond + message) == .unknown)
  }
}
