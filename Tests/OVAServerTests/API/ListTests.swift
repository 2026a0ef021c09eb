import HTTPTypes
import OVACatalog
import Testing

@Suite struct ListTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  @Test func theUsersListIsUnpagedWhenNothingIsAsked() async {
    let reply = await fixture.send(.get, "/v2/user/image/vm")
    #expect(reply.rows.count == 2)
    #expect(reply.meta["count"] as? Int == 2)
    let pages = reply.meta["pages"] as? [String: Any]
    #expect(pages?["pages"] as? Int == 1)
    #expect(pages?["per_page"] as? Int == 2)
    #expect(
      reply.text.hasPrefix(
        #"{"_links":{"image":"\#(Fixture.base)/v2/user/image","self":"\#(Fixture.base)/v2/user/image/vm"},"data":[{"created_on":"2017-11-17 Fri 13:51:41 EST","data_store":"vssUser-xfers","folder":null,"id":2,"#
      ))
  }

  @Test func theUsersListIsPagedFilteredAndSortedWhenAsked() async {
    let reply = await fixture.send(
      .get, "/v2/user/image/vm?expand=1&filter=name%2Clike%2C%25ova&sort=name,asc&per_page=1")
    #expect(reply.rows.map { $0["name"] as? String } == ["graylog-2.1.2-1.ova"])
    let pages = reply.meta["pages"] as? [String: Any]
    #expect(pages?["total"] as? Int == 2)
    #expect(
      pages?["next_url"] as? String
        == "\(Fixture.base)/v2/user/image/vm?sort=name%2Casc&filter=name%2Clike%2C%25ova&page=2&expand=1&per_page=1"
    )
  }

  @Test func aPageHoldsAtMostAHundred() async {
    let reply = await fixture.send(.get, "/v2/image?expand=1&per_page=250")
    #expect(reply.status == 200)
    #expect((reply.meta["pages"] as? [String: Any])?["per_page"] as? Int == 100)
    #expect(reply.rows.count == 14)
  }

  @Test(arguments: [
    "expand=1&sort=&filter=&per_page=250", "filter=None,None&sort=None,None", "groups=1&x=%zz",
    "page=&per_page=", "summary=1",
  ])
  func emptyAndUnknownParametersMeanNothing(query: String) async {
    let reply = await fixture.send(.get, "/v2/image?\(query)")
    #expect(reply.status == 200)
    #expect((reply.meta["pages"] as? [String: Any])?["total"] as? Int == 14)
    #expect(reply.meta["filter"] == nil)
    #expect(reply.meta["sort"] == nil)
  }

  @Test(arguments: [
    ("page=0", "page"), ("page=-1", "page"), ("page=abc", "page"), ("page=99999999999999", "page"),
    ("per_page=0", "per_page"), ("per_page=%2B2", "per_page"), ("filter=x", "filter"),
    ("filter=nme,eq,x", "filter"), ("filter=name,is,x", "filter"), ("filter=id,eq,x", "filter"),
    ("filter=created_on,gt,soon", "filter"), ("filter=id,like,1%25", "filter"),
    ("filter=name,eq,%00", "filter"), ("sort=nme", "sort"), ("sort=name,up", "sort"),
    ("expand=2", "expand"), ("page=1&page=2", "page"), ("filter=&filter=name,eq,x", "filter"),
  ])
  func aParameterWithoutMeaningIsRefusedByName(query: String, name: String) async {
    for list in ["/v2/image", "/v2/user/image/vm"] {
      let reply = await fixture.send(.get, "\(list)?\(query)")
      #expect(reply.status == 400)
      #expect(reply.message.hasPrefix("InvalidParameterValue: \(name): "))
      #expect(reply.headers[.contentType] == "application/json")
      #expect(reply.json["error"] as? String == "bad request")
      #expect(reply.json["status"] as? Int == 400)
    }
  }

  @Test(arguments: [
    "' OR 1=1 --", "\"; DROP TABLE images; --", "${jndi:ldap://x}", "<script>alert(1)</script>",
    "a\\'b", "%_", "東京", "a\r\nX: y",
  ])
  func injectionsAreText(text: String) async {
    let encoded = URLText.encoded(text.replacing(";", with: ":"))
    let reply = await fixture.send(.get, "/v2/image?filter=name,eq,\(encoded)")
    #expect(reply.status == 200)
    #expect((reply.meta["pages"] as? [String: Any])?["total"] as? Int == 0)
    let all = await fixture.send(.get, "/v2/image")
    #expect((all.meta["pages"] as? [String: Any])?["total"] as? Int == 14)
  }

  @Test func aPageBeyondTheEndIsEmpty() async {
    let reply = await fixture.send(.get, "/v2/image?page=9&per_page=5")
    #expect(reply.status == 200)
    let pages = reply.meta["pages"] as? [String: Any]
    #expect(reply.meta["count"] as? Int == 0)
    #expect(pages?["prev_url"] as? String == "\(Fixture.base)/v2/image?per_page=5&page=3")
  }

  @Test func pagesTogetherHoldEveryRowOnce() async {
    var ids: [Int] = []
    for page in 1...5 {
      let reply = await fixture.send(
        .get, "/v2/image?expand=1&per_page=3&page=\(page)&sort=updated_on,desc")
      ids += reply.rows.compactMap { $0["id"] as? Int }
    }
    #expect(ids.count == 14)
    #expect(Set(ids).count == 14)
    #expect(ids.last == 24)
  }

  @Test func anImageIsShownWithItsNineKeys() async {
    let reply = await fixture.send(.get, "/v2/image/24?x=1")
    #expect(
      reply.timeless
        == #"{"_links":{"self":"\#(Fixture.base)/v2/image/24"},"data":{"created_on":"2017-11-24 Fri 15:37:36 EST","data_store":"vss-ISOs","folder":"VmImages/core-os","id":24,"label":"VmImages/core-os/coreos_production_vmware_ova.ova","name":"coreos_production_vmware_ova.ova","path":"[vss-ISOs] VmImages/core-os/coreos_production_vmware_ova.ova","public":true,"updated_on":"2018-02-09 Fri 11:37:05 EST"},"meta":{"count":1,"time":"0.00000s","user":"josem"}}"#
    )
  }

  @Test(arguments: [
    "0", "-1", "abc", "1.5", "99999999999999999999", "+24", "999", "2", "24/x", "%00",
  ])
  func whatIsNoPublicImageIsNotFound(id: String) async {
    let reply = await fixture.send(.get, "/v2/image/\(id)")
    #expect(reply.status == 404)
    #expect(reply.json["message"] as? String == "no such resource")
    #expect(reply.headers[.contentType] == "application/json")
  }

  @Test func selfShowsTheQueryAsSentButDecoded() async {
    let reply = await fixture.send(
      .get, "/v2/image?filter=name%2Clike%2Cubu%25&per_page=1&expand=1")
    let link = (reply.meta["_link"] as? [String: String])?["self"]
    #expect(link == "\(Fixture.base)/v2/image?filter=name,like,ubu%&per_page=1&expand=1")
    #expect(!reply.text.contains("evil.example"))
  }

  @Test func whatIsKnownOfAPackageIsShown() async throws {
    let mapping = try RepositoryMapping(dataStore: "vss-ISOs", root: "/", isPublic: true)
    var package = PackageRow(
      record: try mapping.record(for: "web.ova", id: 0, createdOn: 5, updatedOn: 5))
    var facts = PackageFacts()
    facts.product = "Web"
    facts.document = #"{"systems":[{"id":"web"}]}"#
    package.facts = facts
    package.findings = [
      FindingRow(rule: "disk-missing", severity: "error", file: "web.ovf", line: 3, message: "no")
    ]
    let row = package
    let id = try await fixture.store.write { try $0.save(row, now: 5).id }
    let inspection = await fixture.send(.get, "/v2/image/\(id)/inspection")
    #expect(inspection.data["product"] as? String == "Web")
    let document = inspection.data["document"] as? [String: Any]
    #expect((document?["systems"] as? [[String: String]])?.first?["id"] == "web")
    let findings = await fixture.send(.get, "/v2/image/\(id)/findings")
    #expect(findings.rows.first?["rule"] as? String == "disk-missing")
    #expect(findings.meta["count"] as? Int == 1)
    #expect(await fixture.send(.get, "/v2/user/image/vm/\(id)/findings").status == 404)
    #expect(await fixture.send(.get, "/v2/user/image/vm/2/inspection").status == 200)
    #expect(await fixture.send(.get, "/v2/image/2/inspection").status == 404)
  }
}
