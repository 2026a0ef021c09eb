import Foundation
import OVAIntegrity
import Testing

@Suite struct DigestTests {
  @Test(arguments: [
    ("SHA1", DigestAlgorithm.sha1), ("sha1", .sha1), ("SHA-1", .sha1), ("SHA256", .sha256),
    ("sha-256", .sha256), ("SHA2-256", .sha256), ("SHA384", .sha384), ("SHA2-384", .sha384),
    ("Sha512", .sha512), ("SHA2-512", .sha512),
  ])
  func anAlgorithmIsReadInEverySpelling(text: String, algorithm: DigestAlgorithm) {
    #expect(DigestAlgorithm(spelled: text) == algorithm)
  }

  @Test(arguments: ["MD5", "SHA2", "SHA3-256", "SHA512/256", "SHA224", "", "256"])
  func anotherAlgorithmIsNotGuessed(text: String) {
    #expect(DigestAlgorithm(spelled: text) == nil)
  }

  @Test(arguments: DigestAlgorithm.allCases)
  func aDigestIsWhatTheSystemToolSays(algorithm: DigestAlgorithm) throws {
    let folder = try Folder()
    let data = (0..<200_003).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
    let path = try folder.write("data", data)
    let line = try run("openssl", ["dgst", "-\(algorithm.name.lowercased())", "-r", path]).text
    #expect(
      line.split(separator: " ").first.map(String.init) == DigestValue.of(data, algorithm).hex)
  }

  @Test(arguments: [1, 63, 512, 8192, 200_003])
  func piecesOfAnySizeGiveTheSameDigestsInOnePass(size: Int) {
    let data = (0..<200_003).map { UInt8(truncatingIfNeeded: $0) }
    var digester = Digester(Set(DigestAlgorithm.allCases))
    for start in stride(from: 0, to: data.count, by: size) {
      digester.update(Array(data[start..<min(start + size, data.count)]))
    }
    #expect(digester.finish() == DigestAlgorithm.allCases.map { DigestValue.of(data, $0) })
    #expect(digester.byteCount == 200_003)
  }

  @Test func onlyTheAlgorithmsAskedForAreComputed() {
    var digester = Digester([.sha512, .sha1])
    digester.update([])
    #expect(digester.finish().map(\.algorithm) == [.sha1, .sha512])
  }

  @Test func finishingDoesNotEndTheDigest() {
    var digester = Digester([.sha256])
    digester.update([1])
    #expect(digester.finish() == [DigestValue.of([1], .sha256)])
    digester.update([2])
    #expect(digester.finish() == [DigestValue.of([1, 2], .sha256)])
  }

  @Test(arguments: ["", "12", "zz", String(repeating: "a", count: 63)])
  func hexOfTheWrongLengthOrDigitsIsNoDigest(hex: String) {
    #expect(DigestValue(.sha256, hex: hex) == nil)
  }

  @Test func hexIsReadInEitherCase() {
    let upper = DigestValue(.sha1, hex: String(repeating: "AB", count: 20))
    #expect(upper?.hex == String(repeating: "ab", count: 20))
  }
}
