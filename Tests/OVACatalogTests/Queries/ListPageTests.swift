import OVAByteSource
import OVACatalog
import OVATime
import Testing

/// Tests of how an answer of the image API describes the list that it is a part of.
@Suite struct ListPageTests {
  private func page(_ text: String) throws -> ListPage? {
    try ListPage(of: MemorySource(Array(text.utf8), name: "in"))
  }

  private func answer(_ pages: String) -> String {
    "\u{FEFF}{\"data\":[],\"meta\":{\"count\":0,\"pages\":\(pages)}}"
  }

  @Test func `an answer tells its page, how many there are, and the next`() throws {
    let page = try #require(
      try page(answer(#"{"next_url":"u","page":2,"pages":3,"per_page":10,"total":25}"#)))
    #expect(page.page == 2 && page.pages == 3 && page.total == 25 && page.next == "u")
    #expect(page.isPart)
  }

  @Test func `what the library writes is the whole list`() throws {
    let times = try APITime(zoneNamed: "UTC")
    for records in [[], [image(1, "a.ova")], [image(1, "a.ova"), image(2, "b.ova")]] {
      let bytes = RecordWriter.bytes(of: records, format: .api, times: times)
      let page = try #require(try ListPage(of: MemorySource(bytes, name: "in")))
      #expect(page.page == 1 && page.pages == min(records.count, 1))
      #expect(page.total == records.count && page.next == nil && !page.isPart)
    }
  }

  @Test func `an answer from beyond the end is a part of its list`() throws {
    let page = try #require(
      try page(answer(#"{"next_url":null,"page":4,"pages":3,"per_page":10,"total":25}"#)))
    #expect(page.page == 4 && page.pages == 3 && page.isPart)
  }

  @Test(arguments: [
    "{}", "null", "1", "[]", #"{"page":1}"#, #"{"page":"1","pages":2,"total":3}"#,
    #"{"page":0,"pages":2,"total":3}"#, #"{"page":1,"pages":-1,"total":0}"#,
    #"{"page":1,"pages":2,"total":-1}"#, #"{"page":1e99,"pages":2,"total":1}"#,
  ])
  func `an answer that does not say which page it is tells nothing`(pages: String) throws {
    #expect(try page(answer(pages)) == nil)
  }

  @Test(arguments: ["", "[]", "{", #"{"data":[]}"#, #"{"data":[],"meta":[]}"#, "id,name\n"])
  func `what is no answer of the API has no page`(text: String) throws {
    #expect(try page(text) == nil)
  }
}
