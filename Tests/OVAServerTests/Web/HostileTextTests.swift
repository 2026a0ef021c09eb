import Foundation
import Hummingbird
import OVACatalog
import OVAConfiguration
import OVATestSupport
import Testing

/// Texts of packages, users and requests are texts on every page, whatever they are.
@Suite struct HostileTextTests {
  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
    "</title></style><svg/onload=alert(1)>", "a\"\u{338} onload=\"x", "<\u{301}u>",
    "&lt;b&gt;&#60;",
    "{{base}}{{{name}}}{{#rows}}", "<!-- ", "]]>", "\u{202E}avo.\u{200B}", "javascript:alert(1)",
    "\u{7}\u{1B}[2J\r\n", "`<b>`", "%3Cscript%3E", "'\"`<>&=/\\", "<a href=//evil.example>",
  ]

  /// A text as long that is nothing to a browser.
  private static func harmless(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          scalar == "`" || scalar.properties.isAlphabetic ? scalar : "x"
        }))
  }

  private static func json(_ value: Any) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
  }

  /// A package in whose every field the text is.
  private static func row(_ text: String, number: Int, owner: String?) throws -> PackageRow {
    // A slash would part the name.
    let name = text.replacing("/", with: "∕") + "\(number)"
    let record = Record(
      id: 0, name: name, dataStore: "ds", folder: text, label: text, path: "[ds] \(name)",
      isPublic: owner == nil, createdOn: 1, updatedOn: 2)
    var facts = PackageFacts()
    facts.format = text
    facts.product = text
    facts.vendor = text
    facts.version = text
    facts.guestSystem = text
    facts.hardwareFamily = text
    facts.firmware = text
    facts.systems = 2
    let machine: [String: Any] = [
      "id": text, "name": text, "operating_system": ["description": text],
      "hardware": [
        "vcpus": 2, "memory_bytes": 1024, "families": [text], "firmware": text,
        "disks": [
          ["slot": text, "name": text, "backing": ["file": text, "capacity_bytes": 5]]
        ], "nics": [["networks": [text]]],
      ] as [String: Any],
    ]
    facts.document = try json(["virtual_systems": [machine, machine]])
    return PackageRow(
      record: record, owner: owner, state: number.isMultiple(of: 2) ? .waiting : .whole,
      stateDetail: text, facts: facts,
      files: [
        FileRow(
          name: text, isMember: true, size: 1, digests: ["sha256": text])
      ],
      disks: [DiskRow(name: text, file: text, format: text, capacity: 1, slot: text)],
      findings: ["error", "warning", text].map {
        FindingRow(rule: text, severity: $0, file: text, line: 1, message: text, fix: text)
      })
  }

  /// All pages that show the text, in one catalog.
  private func pages(_ text: String) async throws -> [String: String] {
    let fixture = try Fixture(records: []) { configuration, _ in
      configuration.personal?.upload = "see \(text)"
    }
    try await fixture.store.write { writer in
      for (number, owner) in [nil, "josem", nil].enumerated() {
        try writer.save(try Self.row(text, number: number, owner: owner), now: 1)
      }
      var request = try writer.submitRequest(username: "josem", taskID: text, now: 1).request
      request.status = .processed
      (request.added, request.deleted) = ([text], [text])
      (request.errors, request.warnings) = ([text], [text])
      _ = try writer.update(request)
    }
    let typed = URLText.encoded(text)
    var pages: [String: String] = [:]
    for target in [
      "/", "/?of=me", "/?q=\(typed)", "/?sort=\(typed)", "/?of=\(typed)", "/image/1?q=\(typed)",
      "/image/1", "/image/2?sort=name,asc&q=\(typed)&page=3", "/image/3", "/sync/1",
      "/image/\(typed)", "/\(typed)", "/docs",
    ] {
      let headers: HTTPFields = [
        .cookie: "ova_session=\(fixture.token)", .accept: "text/html",
      ]
      let reply = await fixture.send(.get, target, token: "", headers: headers)
      #expect(reply.headers[.contentType] == "text/html; charset=utf-8")
      pages[target.replacing(typed, with: "…")] = reply.text
    }
    let wanted = "/?q=\(typed)"
    let signIn = await fixture.page("/sign-in?to=\(URLText.encoded(wanted))", signedIn: false)
    pages["/sign-in"] = signIn.text
    let refused = await fixture.submit(
      "/sign-in", ["to": wanted, "token": text, "user": text], signedIn: false)
    pages["/sign-in refused"] = refused.text
    return pages
  }

  @Test(arguments: hostile)
  func noTextIsEverMarkup(text: String) async throws {
    let hostile = try await pages(text)
    let harmless = try await pages(Self.harmless(text))
    #expect(hostile.count == 15 && harmless.count == 15)
    for (target, page) in hostile {
      let markup = PageMarkup(page)
      #expect(markup == PageMarkup(harmless[target] ?? ""), "\(target)")
      #expect(markup.complaints == [], "\(target)")
      // Nothing moves a cursor or turns text around.
      let active = page.unicodeScalars.contains { scalar in
        scalar.value < 0x20 && scalar != "\n" || (0x202A...0x202E).contains(scalar.value)
          || scalar.value == 0x200B
      }
      #expect(!active, "\(target)")
    }
  }
}
