import OVAConfiguration
import Testing

@Suite struct NetworkRangeTests {
  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"),
    ("2001:db8::1", "20:1:d:b8:0:0:0:0"), ("2001:DB8:0:0:1:2:3:4", "20:1:d:b8:0:0:0:0"),
    ("::1", "0:0:0:0:0:0:0:0"), ("fe80::1%eth0", "fe:80:0:0:0:0:0:0"),
  ])
  func addressesAreReadInEverySpelling(text: String, group: String) {
    #expect(IPAddress(text)?.group == group)
  }

  @Test(arguments: [
    "", "192.0.2", "192.0.2.256", "192.0.2.1.1", "192.0.2.+1", "::1::", "1:2:3:4:5:6:7", ":1",
    "1:2:3:4:5:6:7:8:9", "12345::", "g::", "host", "unknown", "\"[::1]\"", "192.0.2.1:80",
    "1:2:3:4:5:6:7::8",
  ])
  func otherTextIsNoAddress(text: String) { #expect(IPAddress(text) == nil) }

  @Test(arguments: [
    ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
    ("192.0.2.128/25", "192.0.2.127", false), ("192.0.2.128/25", "192.0.2.200", true),
    ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
    ("0.0.0.0/0", "192.0.2.1", true), ("::/0", "192.0.2.1", false),
    ("2001:db8::/33", "2001:db8:8000::1", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
    ("127.0.0.1", "::ffff:127.0.0.1", true),
  ])
  func rangesHoldTheirAddresses(range: String, address: String, holds: Bool) throws {
    let range = try #require(NetworkRange(range))
    #expect(range.contains(try #require(IPAddress(address))) == holds)
  }

  @Test(arguments: ["", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "::/129", "x/8"])
  func otherTextIsNoRange(text: String) { #expect(NetworkRange(text) == nil) }
}
