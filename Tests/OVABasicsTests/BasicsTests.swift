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
    #expect("a\u{1B}[2Jb\nc".forDisplay == "a\\u{1b}[2Jb\\u{a}c")
  }

  @Test func bidirectionalOverridesAreShown() {
    #expect("a\u{202E}b".forDisplay == "a\\u{202e}b")
  }

  @Test(arguments: [
    "👩\u{200D}💻 team", "👨\u{200D}👩\u{200D}👧\u{200D}👦", "❤\u{FE0F}\u{200D}🔥",
    "👩🏽\u{200D}🚀", "🏳\u{FE0F}\u{200D}🌈", "🏃🏿\u{200D}♀\u{FE0F}", "1\u{FE0F}\u{20E3}",
    "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
    "می\u{200C}خواهم", "ه\u{200D} ", "क्\u{200D}ष", "ක්\u{200D}ර", "ന്\u{200D}", "র\u{200D}্য",
    "ᠪᠣᠯᠭᠠᠵᠤ\u{200D}",
  ])
  func joinersInsideCharactersAndWordsAreText(text: String) {
    #expect(text.forDisplay == text)
  }

  @Test(
    arguments: [
      ("pay\u{200D}pal", "pay\\u{200d}pal"), ("\u{200D}a", "\\u{200d}a"),
      ("👩\u{200D}a", "👩\\u{200d}a"), ("a\u{200D}👩", "a\\u{200d}👩"),
      ("👩\u{200D}", "👩\\u{200d}"), ("👩\u{200D}\u{200D}💻", "👩\\u{200d}\\u{200d}💻"),
      ("👩\u{200C}💻", "👩\\u{200c}💻"), ("می\u{202E}x", "می\\u{202e}x"),
      ("क\u{200B}ष", "क\\u{200b}ष"), ("a\u{E0041}", "a\\u{e0041}"),
      ("9\u{200D}9", "9\\u{200d}9"), ("\u{FEFF}x", "\\u{feff}x"),
      ("x\u{2066}y\u{2069}", "x\\u{2066}y\\u{2069}"), ("\u{9B}31m", "\\u{9b}31m"),
    ] as [(String, String)])
  func whatHidesOrReordersTextIsShown(text: String, shown: String) {
    #expect(text.forDisplay == shown)
  }

  @Test func aTextOfNothingButInvisibleCharactersTakesNoTime() {
    for scalar: Unicode.Scalar in ["\u{E0041}", "\u{200D}", "\u{FE0F}"] {
      let text = "🏴" + String(repeating: String(scalar), count: 20_000) + "\u{200D}"
      let start = ContinuousClock.now
      #expect(text.forDisplay.utf8.count > 20_000)
      #expect(ContinuousClock.now - start < .seconds(10))
    }
  }

  @Test func ordinaryTextStaysAsItIs() {
    #expect("größe-磁盘.vmdk".forDisplay == "größe-磁盘.vmdk")
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
