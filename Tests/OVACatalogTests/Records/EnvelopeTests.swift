import OVACatalog
import OVATime
import Testing

private let base = "https://vss-api.eis.utoronto.ca"

@Suite struct EnvelopeTests {
  let times: APITime

  init() throws { times = try APITime(zoneNamed: "America/Toronto") }

  @Test func theFirstPageIsThePagesOwn() {
    let ids: [Int64] = [31, 29, 35, 36, 24, 33, 34, 25, 26, 27]
    let body = collection(
      query: "", rows: ids.map { ListEnvelope.row(list: "\(base)/v2/image", id: $0) },
      paging: Paging(), total: 14, time: .microseconds(8540))
    #expect(body == compact(PageExamples.firstPage))
  }

  @Test func fiveAPageIsThePagesOwn() {
    let ids: [Int64] = [31, 29, 35, 36, 24]
    let body = collection(
      query: "?per_page=5", rows: ids.map { ListEnvelope.row(list: "\(base)/v2/image", id: $0) },
      paging: Paging(perPage: 5), total: 14, time: .microseconds(8150))
    #expect(body == compact(PageExamples.fiveAPage))
  }

  @Test func anExpandedPageIsThePagesOwn() throws {
    let record = try image(
      24, "VmImages/core-os", "coreos_production_vmware_ova.ova", updated: 1_518_194_225)
    let body = collection(
      query: "?per_page=1&page=5&expand=1", rows: [record.json(times: times)], expands: true,
      paging: Paging(page: 5, perPage: 1), total: 14, time: .microseconds(10070))
    #expect(body == compact(PageExamples.expanded))
  }

  @Test func aFilteredPageIsThePagesOwn() throws {
    let record = try image(25, "VmImages/ubuntu", "ubuntu-zesty-server-cloudimg-i386.ova")
    let body = collection(
      query: "?filter=name,like,ubu%&expand=1&per_page=1", filter: "name,like,ubu%",
      rows: [record.json(times: times)], expands: true, paging: Paging(perPage: 1), total: 4,
      time: .microseconds(72450))
    #expect(body == compact(PageExamples.filtered))
  }

  @Test func aSortedPageIsThePagesOwn() throws {
    let rows = try [
      image(26, "VmImages/ubuntu", "ubuntu-xenial-server-cloudimg-amd64.ova"),
      image(28, "VmImages/ubuntu", "ubuntu-xenial-server-cloudimg-i386.ova"),
      image(27, "VmImages/ubuntu", "ubuntu-zesty-server-cloudimg-amd64.ova"),
      image(25, "VmImages/ubuntu", "ubuntu-zesty-server-cloudimg-i386.ova"),
    ]
    let body = collection(
      query: "?filter=name,like,ubu%&expand=1&sort=path,asc", filter: "name,like,ubu%",
      sort: "path,asc", rows: rows.map { $0.json(times: times) }, expands: true,
      paging: Paging(), total: 4, time: .microseconds(4760))
    #expect(body == compact(PageExamples.sorted))
  }

  @Test func theUserListHasThePagesOwnDataAndLinks() throws {
    let mapping = try RepositoryMapping(
      dataStore: "vssUser-xfers", root: "/", folder: "josem/images", labelBase: "josem/images",
      isPublic: false, owner: "josem")
    let rows = try [
      mapping.record(
        for: "xenial-server-cloudimg-amd64.ova", id: 2, createdOn: 1_510_944_701,
        updatedOn: 1_510_944_701),
      mapping.record(
        for: "graylog-2.1.2-1.ova", id: 3, createdOn: 1_510_944_701, updatedOn: 1_510_944_701),
    ].map { $0.json(times: times) }
    let list = "\(base)/v2/user/image/vm"
    var bytes: [UInt8] = []
    let envelope = ListEnvelope(
      shape: .user(["self": list, "image": "\(base)/v2/user/image"]), selfURL: list,
      links: PageLinks(list: list, paging: Paging(perPage: 19), total: 19), user: "josem")
    envelope.appendStart(to: &bytes)
    bytes += rows.joined(separator: [UInt8(ascii: ",")])
    envelope.appendEnd(count: 19, time: .microseconds(5360), to: &bytes)
    // Clients of 2018 and later cannot do without `pages`, which the page's example lacks.
    let body = String(decoding: bytes, as: UTF8.self)
    let pages = try #require(body.firstRange(of: #""pages":{"#))
    let end = try #require(body.firstRange(of: #""time""#))
    let seed = body[..<pages.lowerBound] + body[end.lowerBound...]
    #expect(seed == compact(PageExamples.userList))
  }

  @Test func anEmptyListHasAFirstAndALastPageAndNoOther() {
    let links = PageLinks(list: "x", paging: Paging(), total: 0)
    #expect(links.pages == 0)
    #expect(links.first == "x?per_page=10&page=1")
    #expect(links.last == links.first)
    #expect(links.next == nil)
    #expect(links.previous == nil)
  }

  @Test func aPageBeyondTheEndLeadsBackToTheLast() {
    let links = PageLinks(list: "x", paging: Paging(page: 9, perPage: 5), total: 14)
    #expect(links.next == nil)
    #expect(links.previous == "x?per_page=5&page=3")
  }

  @Test(arguments: [
    (nil, nil, false, "per_page=10&page=1"), (nil, nil, true, "per_page=10&page=1&expand=1"),
    ("a b", nil, false, "filter=a+b&per_page=10&page=1"),
    (nil, "id;x", true, "sort=id%3Bx&per_page=10&page=1&expand=1"),
    ("f", "s", false, "sort=s&filter=f&page=1&per_page=10"),
    ("f", "s", true, "sort=s&filter=f&page=1&expand=1&per_page=10"),
    ("", "", false, "per_page=10&page=1"),
  ])
  func parametersComeInTheExistingOrder(
    filter: String?, sort: String?, expands: Bool, query: String
  ) {
    let links = PageLinks(
      list: "x", filter: filter, sort: sort, expands: expands, paging: Paging(), total: 1)
    #expect(links.url(page: 1) == "x?\(query)")
  }

  @Test(arguments: ["0", "-1", "abc", "1.5", "+2", "99999999999999999999", "１"])
  func aPageThatIsNoNumberIsRefusedByName(text: String) {
    let error = #expect(throws: CatalogError.self) {
      try Paging(pageText: text, perPageText: nil)
    }
    #expect(error?.parameterMessage.hasPrefix("InvalidParameterValue: page: ") == true)
    #expect(throws: CatalogError.self) { try Paging(pageText: nil, perPageText: text) }
  }

  @Test func moreThanAHundredAPageAreServedAsAHundred() throws {
    #expect(try Paging(pageText: nil, perPageText: "250").perPage == 100)
    #expect(try Paging(pageText: "", perPageText: nil) == Paging(page: 1, perPage: 10))
  }

  private func collection(
    query: String, filter: String? = nil, sort: String? = nil, rows: [[UInt8]],
    expands: Bool = false, paging: Paging, total: Int, time: Duration
  ) -> String {
    let list = "\(base)/v2/image"
    let envelope = ListEnvelope(
      selfURL: list + query,
      links: PageLinks(
        list: list, filter: filter, sort: sort, expands: expands, paging: paging, total: total),
      user: "josem")
    return String(decoding: envelope.body(rows: rows, time: time), as: UTF8.self)
  }

  private func image(
    _ id: Int64, _ folder: String, _ name: String, updated: Int64 = 1_518_194_226
  ) throws -> Record {
    try RepositoryMapping(dataStore: "vss-ISOs", root: "/", folder: folder, isPublic: true)
      .record(for: name, id: id, createdOn: 1_511_555_856, updatedOn: updated)
  }

  /// The text without white space between its tokens.
  private func compact(_ text: String) -> String {
    var inString = false
    return String(
      text.filter { character in
        if character == "\"" { inString.toggle() }
        return inString || !character.isWhitespace
      })
  }
}

@Suite struct URLTextTests {
  @Test(arguments: [
    ("ubu%", "ubu%"), ("ubu%25", "ubu%"), ("a%2Cb%3bc", "a,b;c"), ("a+b", "a b"),
    ("%zz%4", "%zz%4"), ("100%&", "100%&"), ("%e6%9d%b1", "東"), ("%ff", "\u{FFFD}"),
  ])
  func malformedEscapesAreTakenLiterally(text: String, decoded: String) {
    #expect(URLText.decoded(Array(text.utf8)) == decoded)
  }

  @Test func parametersKeepTheirOrder() {
    let parameters = URLText.parameters(of: "filter=name,like,ubu%&expand=1&x&sort=")
    #expect(parameters.map(\.name) == ["filter", "expand", "x", "sort"])
    #expect(parameters.map(\.value) == ["name,like,ubu%", "1", "", ""])
  }

  @Test func aValueIsEncodedAndDecodedToItself() {
    let value = "a b,c;d%e&f=g/東+ü"
    #expect(URLText.decoded(Array(URLText.encoded(value).utf8)) == value)
  }
}
