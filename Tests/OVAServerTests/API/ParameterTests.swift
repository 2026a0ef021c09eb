import HTTPTypes
import Testing

/// Parameters that cannot be followed, and what is said of them.
@Suite struct ParameterTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  @Test(arguments: [
    (
      "filter=id,like,2%25",
      "filter: 'id' is a number, and 'like' works on text: use eq, ne, lt, le, gt, ge or in, as in 'id,in,24,25'"
    ),
    (
      "filter=public,like,t%25",
      "filter: 'public' is true or false, and 'like' works on text: use eq or ne, as in 'public,eq,true'"
    ),
    (
      "filter=created_on,like,2017%25",
      "filter: 'created_on' is a time, and 'like' works on text: use ge and lt, as in "
        + "'created_on,ge,2017-11-24;created_on,lt,2017-11-25'"
    ),
    (
      "filter=id,eq,99999999999999999999",
      "filter: id: 99999999999999999999 is too large: the limit is 9223372036854775807 either way of 0"
    ),
    (
      "filter=id,gt,-99999999999999999999",
      "filter: id: -99999999999999999999 is too large: the limit is 9223372036854775807 either way of 0"
    ),
    ("page=1000000000000", "page: 1000000000000 is too large: the limit is 999999999999"),
    (
      "per_page=99999999999999999999999",
      "per_page: 99999999999999999999999 is too large: the limit is 999999999999"
    ),
    ("page=0", "page: '0' is not a whole number of at least 1"),
    ("page=-1", "page: '-1' is not a whole number of at least 1"),
    ("page=1.5", "page: '1.5' is not a whole number of at least 1"),
  ])
  func saysWhatIsWrong(query: String, message: String) async {
    let reply = await fixture.send(.get, "/v2/image?\(query)")
    #expect(reply.status == 400)
    #expect(reply.message == "InvalidParameterValue: \(message)")
  }

  /// Tests that the queries that refusals advise work.
  @Test(arguments: [
    "filter=id,in,24,25", "filter=public,eq,true",
    "filter=created_on,ge,2017-11-24%3Bcreated_on,lt,2017-11-25", "page=000000000000001",
  ])
  func whatIsAdvisedWorks(query: String) async {
    let reply = await fixture.send(.get, "/v2/image?\(query)")
    #expect(reply.status == 200)
    #expect((reply.meta["count"] as? Int ?? 0) > 0)
  }

  @Test(arguments: [
    "name,like,ubu%25", ";name,like,ubu%25", "name,like,ubu%25;", ";;name,like,ubu%25;;",
    " ;name,like,ubu%25", "name,like,ubu%25;%20;%09;public,eq,true",
  ])
  func anEmptyClauseIsIgnored(filter: String) async {
    let reply = await fixture.send(.get, "/v2/image?expand=1&filter=\(filter)")
    #expect(reply.status == 200)
    #expect(reply.meta["count"] as? Int == 4)
  }

  @Test(arguments: ["", ";", "%20", ";%20;"])
  func onlyEmptyClausesAskNothing(filter: String) async {
    let reply = await fixture.send(.get, "/v2/image?filter=\(filter)")
    #expect(reply.status == 200)
    #expect((reply.meta["pages"] as? [String: Any])?["total"] as? Int == 14)
  }
}
