import Testing

@testable import OVARules

@Suite struct NearestNamesTests {
  private let names = ["file-missing", "disk-unused", "glance-no-disk", "network-not-found"]

  @Test(arguments: [
    ("file-mising", "file-missing"), ("FILE-MISSING", "file-missing"),
    ("missing-file", "file-missing"),
    ("disk-unsued", "disk-unused"), ("networks-not-found", "network-not-found"),
    ("file", "file-missing"),
  ]) func `a name that is nearly another one finds it first`(text: String, name: String) {
    #expect(NearestNames.of(text, among: names).first == name)
  }

  @Test(arguments: ["no-such", "no", "not-here", "x-no-y", "", "-", "completely-other"])
  func `what is like no name finds none, though they share a short word`(text: String) {
    #expect(NearestNames.of(text, among: names) == [])
  }
}
