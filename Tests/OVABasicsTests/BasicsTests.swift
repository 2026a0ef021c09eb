import OVABasics
import Testing

@Suite struct ByteCountTests {
  @Test(arguments: [
    (UInt64(0), "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (1536, "1.5 KiB"),
    (1_048_575, "1 MiB"), (4_294_967_296, "4 GiB"), (UInt64.max, "16 EiB"),
  ])
  func aCountIsPrintedInTheLargestFittingUnit(bytes: UInt64, text: String) {
    #expect(ByteCount(bytes).description == text)
  }
}

@Suite struct InertTextTests {
  @Test func controlCharactersAreShownAndNotObeyed() {
    #expect("a\u{1B}[2Jb\nc".inert == "a\\u{1b}[2Jb\\u{a}c")
  }

  @Test func bidirectionalOverridesAreShown() {
    #expect("a\u{202E}b".inert == "a\\u{202e}b")
  }

  @Test func ordinaryTextStaysAsItIs() {
    #expect("größe-磁盘.vmdk".inert == "größe-磁盘.vmdk")
  }
}

@Suite struct PlaceTests {
  @Test func aPlacePrintsTheMostPreciseThingItKnows() {
    #expect(Place("a.ovf").description == "a.ovf")
    #expect(Place("a.ovf", line: 3).description == "a.ovf:3")
    #expect(Place("a.ovf", line: 3, column: 9).description == "a.ovf:3:9")
    #expect(Place("d.vmdk", offset: 512).description == "d.vmdk@512")
  }

  @Test func placesSortByFileThenLine() {
    let places = [Place("b", line: 1), Place("a", line: 9), Place("a", line: 2)]
    #expect(places.sorted() == [Place("a", line: 2), Place("a", line: 9), Place("b", line: 1)])
  }
}

@Suite struct FileSystemTextTests {
  @Test(arguments: [
    Array("plain.ova".utf8), Array("größe-磁盘".utf8), [0x66, 0xFF, 0x2E, 0xC3], [0xE2, 0x82],
    Array("\u{10FF80}x".utf8), [0xED, 0xA0, 0x80], [],
  ])
  func everyNameSurvivesARoundTrip(bytes: [UInt8]) {
    #expect(String(fileSystemBytes: bytes).fileSystemBytes == bytes)
  }

  @Test func bytesThatAreNoTextAreShownAsNumbers() {
    #expect(String(fileSystemBytes: [0x61, 0xFF]) == "a\\xFF")
  }
}
