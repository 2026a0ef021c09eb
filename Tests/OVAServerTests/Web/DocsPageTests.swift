import Foundation
import Hummingbird
import OVACatalog
import OVAJobs
import OVAServer
import OVATestSupport
import Testing

/// The page of the API says what the API does.
@Suite struct DocsPageTests {
  /// The names of all members with their places.
  private func shape(_ value: Any, _ place: String = "") -> Set<String> {
    switch value {
    case let object as [String: Any]:
      object.reduce(into: []) { $0.formUnion(shape($1.value, "\(place).\($1.key)")) }
    case let list as [Any]: list.first.map { shape($0, "\(place)[]") } ?? []
    default: [place]
    }
  }

  @Test func fieldsAreThoseOfTheDescriptionForPrograms() async throws {
    let fixture = try Fixture()
    let page = await fixture.page("/docs", signedIn: false).text
    let schemas = try #require(
      (await fixture.send(.get, "/openapi.json").json["components"] as? [String: Any])?["schemas"]
        as? [String: [String: Any]])
    let parts = page.split(separator: "<h3 id=\"fields-").dropFirst()
    #expect(parts.count > 9)
    for part in parts {
      let id = String(part.prefix { $0 != "\"" })
      let (_, schema) = try #require(schemas.first { $0.key.lowercased() == id }, "\(id)")
      let one = schema["items"] as? [String: Any] ?? schema
      let known = try #require(one["properties"] as? [String: Any]).keys.sorted()
      let told = part.prefix(upTo: part.range(of: "</table>")?.lowerBound ?? part.endIndex)
        .matches(of: /data-label="Field"><code>([^<]*)</).map { String($0.output.1) }
      #expect(told.sorted() == known, "\(id)")
    }
  }

  @Test func examplesAreOfTheShapeOfRealAnswers() async throws {
    let fixture = try Fixture()
    try fixture.add([
      try package("web.ova") {
        $0.findings = [
          FindingRow(
            rule: "a", severity: "error", file: "f", line: 2, message: "m", fix: "f")
        ]
        $0.verdicts = [
          VerdictRow(
            target: "proxmox", verdict: "loss",
            reasons: [
              .init(
                condition: "px-memory-unit", effect: "loss",
                places: [.init(file: "f", line: 2, found: "1", reads: "2")], count: 1)
            ])
        ]
      }
    ])
    let page = await fixture.page("/docs", signedIn: false).text
    let blocks = page.split(separator: "<div class=\"card operation\">").dropFirst()
    var count = 0
    for block in blocks where block.contains("<summary>Example") {
      let texts = block.matches(of: /<pre tabindex="0"><code>([^<]*)</).map {
        $0.output.1.replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
          .replacing("&#39;", with: "'")
      }
      #expect(texts.count == 2)
      let example = try JSONSerialization.jsonObject(with: Data(texts[1].utf8))
      let isPatch = texts[0].contains("-X PATCH")
      guard !texts[0].contains("request-token") else { continue }
      let target = try #require(texts[0].firstMatch(of: /(\/v2[^"]*)"/)).output.1
        .replacing("/24/", with: "/38/")
        .replacing("/image_sync/7", with: "/image_sync/1")
      if target.contains("image_sync") { _ = await fixture.server.services.worker.takeUpAll() }
      let reply = await fixture.send(isPatch ? .patch : .get, String(target))
      #expect(reply.status < 300, "\(target)")
      var real = shape(reply.json)
      // Of an empty list nothing is known.
      let listed = shape(example).filter { !$0.contains("[]") || real.contains($0) }
      real = real.filter { path in
        ![".data.message.errors", ".data.added", ".data.deleted"].contains { path.hasPrefix($0) }
      }
      #expect(real.subtracting(listed).isEmpty && listed.subtracting(shape(reply.json)).isEmpty)
      count += 1
    }
    #expect(count == 7)
  }

  @Test func statusesOperatorsAndTheWayToFollowASyncAreThere() async throws {
    let page = await (try Fixture()).page("/docs", signedIn: false).text
    for status in RequestStatus.allCases {
      #expect(page.contains("<code>\(status.rawValue)</code>"))
    }
    for status in ["202", "400", "401", "404", "414", "429", "503"] {
      #expect(page.contains("<dt>\(status)</dt>"))
    }
    for comparison in Filter.Operator.allCases {
      #expect(page.contains("<dt><code>\(comparison.rawValue)</code></dt>"))
    }
    #expect(page.contains("Following a sync"))
    // Every part of the page that is linked is there, once.
    let links = Set(page.matches(of: #/href="#([^"]*)"/#).map { String($0.output.1) })
    let ids = page.matches(of: #/ id="([^"]*)"/#).map { String($0.output.1) }
    #expect(Set(ids).count == ids.count)
    #expect(links.isSubset(of: ids))
  }
}
