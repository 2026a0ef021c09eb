import OVABasics
import OVAByteSource
import Testing

@testable import OVARemote

/// Spellings of locations.
@Suite struct LocationTests {
  @Test(arguments: [
    ("https://host/web.ova", "https://host/web.ova"),
    ("HTTPS://Host.Example:443/Web.ova", "https://host.example/Web.ova"),
    ("http://host:80", "http://host/"), ("http://host:8080?x=1", "http://host:8080/?x=1"),
    ("http://[::1]:8080/a", "http://[::1]:8080/a"),
    ("https://[2001:DB8::1]/", "https://[2001:db8::1]/"),
    ("https://host/a b/ü.ova#part", "https://host/a%20b/%C3%BC.ova"),
    ("https://host/a%20b%2fc%zz", "https://host/a%20b%2fc%25zz"),
    ("https://host/a?q=x y&r=ü", "https://host/a?q=x%20y&r=%C3%BC"),
    ("https://host//a/../b", "https://host//a/../b"), ("https://host:/a", "https://host/a"),
    ("https://host/a+b", "https://host/a+b"),
    ("https://host/\"<>\\^`{|}", "https://host/%22%3C%3E%5C%5E%60%7B%7C%7D"),
  ])
  func `a URL is sent encoded`(_ text: String, _ sent: String) throws {
    #expect(try RemoteURL(text).text == sent)
  }

  @Test(arguments: [
    ("https://", RemoteURL.Fault.noHost), ("https:///a", .noHost), ("https://?a", .noHost),
    ("https://me@host/a", .user), ("https://me:secret@host/a", .user),
    ("https://host:99999/", .port),
    ("https://host:0/", .port), ("https://host:8a/", .port), ("https://ho st/", .host),
    ("https://[::1/", .host), ("https://[::1]8080/", .host), ("ftp://host/", .scheme),
    ("host/a", .scheme), ("https://a\nb/", .host), ("https://:80/", .noHost),
  ])
  func `what is no URL is refused`(_ text: String, _ fault: RemoteURL.Fault) {
    #expect(throws: fault) { try RemoteURL(text) }
  }

  @Test(arguments: [
    "https://me:hunter2@host/a", "https://hunter2@host/a", "s3://key:hunter2@bucket/a",
    "http://me:hunter2@host:x/a",
  ])
  func `a password is in no message`(_ text: String) {
    let error = #expect(throws: ByteSourceError.self) { try RemoteLocation(text) }
    #expect(error?.description.contains("hunter2") == false)
    #expect(error?.fix != nil)
  }

  @Test(arguments: [
    ("https://host/a?id=5&name=web", true), ("https://host/a?X-Amz-Signature=00ff", false),
    ("https://host/a?sv=2020&sig=abc%3D", false), ("https://host/a?access_token=1", false),
    ("https://host/a?Expires=1&Signature=x&Key-Pair-Id=y", false),
    ("https://host/a?X-Goog-Signature=1", false),
    ("https://host/a?d=0123456789abcdef0123456789abcdef", false), ("https://host/a", true),
  ])
  func `a query that may hold a secret is not shown`(_ text: String, _ isShown: Bool) throws {
    let name = try RemoteLocation(text).name
    #expect(name == (isShown ? text : "https://host/a"))
  }

  @Test func `an object's key is what is written`() throws {
    let location = try RemoteLocation("s3://bucket//a b/ü+%20?x#y.ova")
    #expect(location.form == .bucket(name: "bucket", key: "/a b/ü+%20?x#y.ova"))
    #expect(location.fileName == "ü+%20?x#y.ova")
    #expect(location.beside("d e.vmdk").name == "s3://bucket//a b/d e.vmdk")
  }

  @Test func `a file beside another is at its own URL, encoded, without the query`() throws {
    let location = try RemoteLocation("https://host/a%20b/web.ovf?sig=1")
    #expect(
      location.beside("disk 1+2/ü%.vmdk").name == "https://host/a%20b/disk%201%2B2/%C3%BC%25.vmdk")
    #expect(location.fileName == "web.ovf")
    #expect(try RemoteLocation("https://host/%C3%BC%20.ovf").fileName == "ü .ovf")
  }

  @Test(arguments: [
    ("bytes 0-9/10", ContentRange(first: 0, last: 9, size: 10)),
    ("Bytes  5-6/*", ContentRange(first: 5, last: 6, size: nil)),
    ("bytes=0-0/1", ContentRange(first: 0, last: 0, size: 1)),
    ("bytes 0 - 9 / 10", ContentRange(first: 0, last: 9, size: 10)),
    ("bytes 0-9/9", nil), ("bytes 9-0/10", nil), ("bytes */10", nil), ("bytes -9/10", nil),
    ("bytes 0-9", nil), ("items 0-9/10", nil), ("bytes 0-+9/10", nil), ("", nil),
    ("bytes 0-18446744073709551615/*", nil), ("bytes 0-99999999999999999999/*", nil),
  ])
  func `a range is read as far as it is clear`(_ text: String, _ range: ContentRange?) {
    #expect(ContentRange(text) == range)
  }

  @Test func `dates of header fields and listings are read`() {
    #expect(HTTPDate.seconds("Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777)
    #expect(HTTPDate.secondsOfISO("1994-11-06T08:49:37.000Z") == 784_111_777)
    #expect(HTTPDate.secondsOfISO("1994-11-06T08:49:37+00:00") == 784_111_777)
    for text in ["", "Sunday", "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 8:49 GMT"] {
      #expect(HTTPDate.seconds(text) == nil)
      #expect(HTTPDate.secondsOfISO(text) == nil)
    }
    #expect(HTTPDate.text(784_111_777, "%Y%m%dT%H%M%SZ") == "19941106T084937Z")
  }
}
