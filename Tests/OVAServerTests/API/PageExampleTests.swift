import HTTPTypes
import OVATestSupport
import Testing

/// The answers that the image API's own page prints, byte for byte but for the time.
@Suite struct PageExampleTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  @Test(arguments: PageExamples.all)
  func theAnswerIsThePagesOwn(example: PageExamples.Example) async {
    let reply = await fixture.send(.get, example.target)
    #expect(reply.status == 200)
    #expect(reply.timeless == example.body)
    #expect(reply.text.contains(#/"time":"\d+\.\d{5}s"/#))
    #expect(!reply.text.contains(#""time":"0.00000s""#))
  }
}
