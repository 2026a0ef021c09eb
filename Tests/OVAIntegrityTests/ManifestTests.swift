import OVABasics
import OVAIntegrity
import Testing

private let sha1 = String(repeating: "1f", count: 20)
private let sha256 = String(repeating: "2e", count: 32)
private let sha512 = String(repeating: "4c", count: 64)

private func read(_ text: String, limits: Limits = Limits()) -> Manifest {
  Manifest.read(Array(text.utf8), name: "a.mf", limits: limits)
}

@Suite struct ManifestDialectTests {
  @Test func theStandardFormHasNoDeviation() {
    let manifest = read("SHA1(a.ovf)= \(sha1)\nSHA256(disk 1.vmdk)= \(sha256)\n")
    #expect(manifest.form == .manifest)
    #expect(manifest.diagnostics.isEmpty)
    #expect(manifest.entries.map(\.fileName) == ["a.ovf", "disk 1.vmdk"])
    #expect(manifest.entries.map(\.claim.digits) == [sha1, sha256])
    #expect(manifest.entries.allSatisfy { $0.isStrict })
    #expect(manifest.entries.map(\.place.line) == [1, 2])
    #expect(manifest.algorithms == [.sha1, .sha256])
  }

  @Test(arguments: [
    ("SHA256 (a)= \(sha256)\n", [Manifest.Deviation.blankBeforeParenthesis]),
    ("SHA256 (a) = \(sha256)\n", [.blankBeforeParenthesis, .blankBeforeEquals]),
    ("SHA256(a)=\(sha256)\n", [.noBlankAfterEquals]),
    ("SHA256(a)=  \(sha256)\n", [.blanksAfterEquals]),
    ("SHA256(a)=\t\(sha256)\n", [.blanksAfterEquals]),
    ("SHA2-256(a)= \(sha256)\n", [.algorithmAlias]),
    ("SHA-256(a)= \(sha256)\n", [.algorithmAlias]),
    ("sha256(a)= \(sha256)\n", [.algorithmCase]),
    ("sha-256(a)= \(sha256)\n", [.algorithmAlias, .algorithmCase]),
    ("SHA256(a)= \(sha256.uppercased())\n", [.upperCaseDigest]),
    ("SHA256(a)= \(sha256)\r\n", [.carriageReturnLineFeed]),
    ("SHA256(a)= \(sha256)\r", [.carriageReturn]),
    ("SHA256(a)= \(sha256)", [.missingLineEnd]),
    ("\u{FEFF}SHA256(a)= \(sha256)\n", [.byteOrderMark]),
    ("SHA256(a)= \(sha256) \t\n", [.trailingBlanks]),
    ("  SHA256(a)= \(sha256)\n", [.leadingBlanks]),
    (
      "\u{FEFF} sha2-256 (a) =\(sha256.uppercased()) \r\n",
      [
        .byteOrderMark, .leadingBlanks, .algorithmAlias, .algorithmCase, .blankBeforeParenthesis,
        .blankBeforeEquals, .noBlankAfterEquals, .upperCaseDigest, .trailingBlanks,
        .carriageReturnLineFeed,
      ]
    ),
  ])
  func aDialectIsReadAndItsDeviationsNamed(text: String, deviations: [Manifest.Deviation]) {
    let manifest = read(text)
    #expect(manifest.diagnostics.isEmpty)
    #expect(manifest.entries.map(\.fileName) == ["a"])
    #expect(manifest.entries.map(\.claim.digits) == [sha256])
    #expect(manifest.entries.map(\.deviations) == [deviations])
    #expect(manifest.entries.map(\.isStrict) == [false])
  }

  @Test(arguments: ["a)", "(a)", "a (1).vmdk", "a)= b", "a) = b.vmdk", "größe.vmdk", "x=y", " a "])
  func aNameMayHoldWhatTheGrammarUses(name: String) {
    let manifest = read("SHA1(\(name))= \(sha1)\n")
    #expect(manifest.entries.map(\.fileName) == [name])
    #expect(manifest.entries.map(\.isStrict) == [true])
  }

  @Test func aNameThatIsNotUTF8KeepsItsBytes() {
    let line = Array("SHA1(".utf8) + [0xE4] + Array(".ovf)= \(sha1)\n".utf8)
    let manifest = Manifest.read(line, name: "a.mf")
    #expect(manifest.entries.map(\.nameBytes) == [[0xE4] + Array(".ovf".utf8)])
    #expect(manifest.entries.map(\.deviations) == [[.nameNotUTF8]])
    #expect(manifest.entries(for: "%E4.ovf").entries.count == 1)
  }

  @Test func linesMayEndInCarriageReturnsAlone() {
    let manifest = read("SHA1(a)= \(sha1)\rSHA1(b)= \(sha1)\r")
    #expect(manifest.entries.map(\.fileName) == ["a", "b"])
    #expect(manifest.entries.map(\.place.line) == [1, 2])
  }

  @Test func blankLinesAreCounted() {
    let manifest = read("\nSHA1(a)= \(sha1)\n \t\n\n")
    #expect(manifest.blankLines == 3)
    #expect(manifest.entries.map(\.place.line) == [2])
    #expect(manifest.diagnostics.isEmpty)
  }
}

@Suite struct ChecksumListTests {
  @Test func aListOfSha256sumIsNoManifestAndStillCompared() {
    let manifest = read("\(sha256)  a.ovf\n\(sha1) *b c.vmdk\n\(sha512)  d\n")
    #expect(manifest.form == .checksumList)
    #expect(manifest.entries.map(\.fileName) == ["a.ovf", "b c.vmdk", "d"])
    #expect(manifest.entries.map(\.form) == [.checksumText, .checksumBinary, .checksumText])
    #expect(manifest.entries.map(\.digest?.algorithm) == [.sha256, .sha1, .sha512])
    #expect(manifest.entries.allSatisfy { !$0.isStrict })
  }

  @Test func aListMixedWithEntriesIsTold() {
    #expect(read("SHA1(a)= \(sha1)\n\(sha1)  b\n").form == .mixed)
  }

  @Test func anEscapedNameOfAListIsRead() {
    let manifest = read("\\\(sha1)  a\\\\b\\nc\n")
    #expect(manifest.entries.map(\.fileName) == ["a\\b\nc"])
  }

  @Test func theOutputOfTheRealToolIsRead() throws {
    let folder = try Folder()
    try folder.write("disk 1.vmdk", "x")
    let list = try run("sha256sum", ["disk 1.vmdk"], in: folder).text
    let tagged = try run("sha256sum", ["--tag", "disk 1.vmdk"], in: folder).text
    let openssl = try run("openssl", ["sha256", "disk 1.vmdk"], in: folder).text
    #expect(read(list).entries.map(\.digest) == [DigestValue.of(Array("x".utf8), .sha256)])
    #expect(read(list).form == .checksumList)
    #expect(read(tagged).entries.map(\.digest) == [DigestValue.of(Array("x".utf8), .sha256)])
    #expect(
      read(tagged).entries.map(\.deviations) == [[.blankBeforeParenthesis, .blankBeforeEquals]])
    #expect(read(openssl).entries.map(\.digest) == [DigestValue.of(Array("x".utf8), .sha256)])
  }

  @Test func aListOfMd5sumIsOneOfMD5() {
    let manifest = read("\(String(repeating: "a", count: 32))  a.ovf\n")
    #expect(manifest.entries.map(\.claim.algorithm) == [.md5])
    #expect(manifest.entries.map(\.fileName) == ["a.ovf"])
  }
}

@Suite struct ManifestDiagnosticTests {
  @Test(arguments: [
    ("SHA1(a)= xyz\n", ManifestDiagnosticKind.digestNotHex),
    ("SHA1(a)= \(sha1.dropLast())o\n", .digestNotHex),
    ("SHA1(a)=\n", .digestMissing),
  ])
  func aLineWithAnUnreadableDigestKeepsItsName(text: String, kind: ManifestDiagnosticKind) {
    let manifest = read("SHA1(z)= \(sha1)\n" + text)
    #expect(manifest.entries.map(\.fileName) == ["z"])
    #expect(manifest.diagnostics.map(\.kind) == [kind])
    #expect(manifest.diagnostics.map(\.fileName) == ["a"])
    #expect(manifest.diagnostics.map(\.place) == [Place("a.mf", line: 2)])
    #expect(manifest.diagnostics.map(\.text) == [text.split(separator: "\n").joined()])
  }

  @Test(arguments: [
    ("hello\n", ManifestDiagnosticKind.notAnEntry),
    ("=\n", .notAnEntry), ("SHA1()= \(sha1)\n", .nameMissing), ("\(sha1)\n", .nameMissing),
    ("SHA1 a\0b\n", .binary), ("# note\n", .notAnEntry), ("# a \(sha1)\n", .notAnEntry),
  ])
  func aLineThatIsNoEntryIsADiagnostic(text: String, kind: ManifestDiagnosticKind) {
    let manifest = read(text)
    #expect(manifest.entries.isEmpty)
    #expect(manifest.form == .none)
    #expect(manifest.diagnostics.map(\.kind) == [kind])
    #expect(manifest.diagnostics.map(\.fileName) == [nil])
  }

  @Test(arguments: ["", "\n", " \r\n\t", "\u{FEFF}"])
  func aFileWithoutAnythingIsEmpty(text: String) {
    #expect(read(text).diagnostics.map(\.kind) == [.empty])
  }

  @Test func aLineBeyondTheLimitIsOneDiagnosticAndReadingGoesOn() {
    let long = "SHA1(\(String(repeating: "x", count: 2_000_000)))= \(sha1)\n"
    let manifest = read(long + "SHA1(a)= \(sha1)\n")
    #expect(manifest.diagnostics.map(\.kind) == [.lineTooLong(limit: 16_384)])
    #expect(manifest.diagnostics.allSatisfy { $0.text.utf8.count <= 160 })
    #expect(manifest.entries.map(\.fileName) == ["a"])
  }

  @Test func aFileBeyondTheLimitIsNotRead() {
    var limits = Limits()
    limits.manifestBytes = 10
    let manifest = read("SHA1(a)= \(sha1)\n", limits: limits)
    #expect(manifest.diagnostics.map(\.kind) == [.tooLarge(limit: 10)])
    #expect(manifest.entries.isEmpty)
  }

  @Test func entriesBeyondTheLimitAreNotRead() {
    var limits = Limits()
    limits.members = 1
    limits.chunks = 1
    let manifest = read(String(repeating: "SHA1(a)= \(sha1)\n", count: 5), limits: limits)
    #expect(manifest.entries.count == 2)
    #expect(manifest.diagnostics.map(\.kind) == [.tooManyEntries(limit: 2)])
  }

  @Test func faultsBeyondTheKeptOnesAreCounted() {
    let manifest = read(String(repeating: "x\n", count: 1_500))
    #expect(manifest.diagnostics.count == 1_000)
    #expect(manifest.diagnosticsDropped == 500)
  }

  @Test func aDamagedManifestIsReadWithoutHarmAndLosesAtMostTheDamagedLines() {
    let bytes = Array(String(repeating: "SHA1(a b)= \(sha1)\n", count: 3).utf8)
    for index in bytes.indices {
      for value in [0x00, 0x0A, 0x0D, 0x28, 0x29, 0x3D, 0x5C, 0xFF] as [UInt8] {
        var broken = bytes
        broken[index] = value
        let manifest = Manifest.read(broken, name: "a.mf")
        // A line end that is lost joins two lines.
        #expect(manifest.entries.count >= 1)
      }
    }
  }

  @Test func everyCutOfAManifestIsReadWithoutHarm() {
    let bytes = Array("\u{FEFF}SHA2-256 (a (1)) =\t\(sha256)\r\n\\\(sha1) *b\\n\n".utf8)
    for end in bytes.indices {
      let manifest = Manifest.read(Array(bytes[..<end]), name: "a.mf")
      #expect(manifest.entries.count + manifest.diagnostics.count >= 1)
    }
  }
}

@Suite struct ManifestLookupTests {
  @Test func aReferenceIsFoundAsWritten() {
    let found = read("SHA1(a%20b)= \(sha1)\n").entries(for: "a%20b")
    #expect(found.entries.count == 1)
    #expect(!found.isDecoded)
  }

  @Test func aReferenceIsFoundPercentDecoded() {
    let found = read("SHA1(a b)= \(sha1)\n").entries(for: "a%20b")
    #expect(found.entries.count == 1)
    #expect(found.isDecoded)
  }

  @Test func theNameAsWrittenWinsOverTheDecodedOne() {
    let found = read("SHA1(a b)= \(sha1)\nSHA1(a%20b)= \(sha1)\n").entries(for: "a%20b")
    #expect(found.entries.map(\.place.line) == [2])
  }

  @Test(arguments: ["a%", "a%2", "a%zz", "%"])
  func aBrokenEscapeStandsForItself(href: String) {
    let found = read("SHA1(\(href))= \(sha1)\n").entries(for: href)
    #expect(found.entries.count == 1)
  }

  @Test func everyEntryOfAFileIsFound() {
    let manifest = read("SHA1(a)= \(sha1)\nSHA256(a)= \(sha256)\n")
    #expect(manifest.entries(for: "a").entries.map(\.digest?.algorithm) == [.sha1, .sha256])
    #expect(manifest.entries(for: "b").entries.isEmpty)
  }

  @Test func namesCompareByBytesAndNotByEquivalence() {
    let manifest = read("SHA1(e\u{301})= \(sha1)\n")
    #expect(manifest.entries(for: "\u{E9}").entries.isEmpty)
    #expect(manifest.entries(for: "e\u{301}").entries.count == 1)
  }

  @Test func bytesThatAreNoTextAndTheTextThatShowsThemAreTwoNames() {
    var bytes = Array("SHA1(\\xE4.ovf)= \(sha1)\n".utf8)
    bytes += Array("SHA1(".utf8) + [0xE4] + Array(".ovf)= \(sha1)\n".utf8)
    let manifest = Manifest.read(bytes, name: "a.mf")
    #expect(manifest.entries.map(\.nameBytes.count) == [8, 5])
    #expect(manifest.entries(for: "\\xE4.ovf").entries.map(\.place.line) == [1])
    #expect(manifest.entries(for: "%E4.ovf").entries.map(\.place.line) == [2])
  }
}

@Suite struct ManifestWriterTests {
  @Test func whatIsWrittenIsStrictAndReadBackTheSame() throws {
    let files = ["a.ovf", "a) b=(1).vmdk", "größe"].map {
      FileDigest(fileName: $0, digest: DigestValue.of(Array($0.utf8), .sha512))
    }
    let manifest = read(try Manifest.text(files))
    #expect(manifest.entries.map(\.fileName) == files.map(\.fileName))
    #expect(manifest.entries.map(\.digest) == files.map(\.digest))
    #expect(manifest.entries.allSatisfy { $0.isStrict })
  }

  @Test(arguments: ["", "a\nb", "a\rb", "a\0b"])
  func aNameThatCannotBeReadBackIsRefused(name: String) {
    let file = FileDigest(fileName: name, digest: DigestValue.of([], .sha1))
    #expect {
      try Manifest.text([file])
    } throws: { error in
      (error as? IntegrityError)?.code == .unwritableName
    }
  }
}
