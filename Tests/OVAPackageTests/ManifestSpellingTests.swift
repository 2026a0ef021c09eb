import Foundation
import OVAByteSource
import OVAIntegrity
import OVAPackage
import OVARules
import OVATestSupport
import Testing

/// A way in which tools write the lines of a manifest.
struct ManifestSpelling: CustomTestStringConvertible, Sendable {
  /// The content of the line of one file.
  struct Line {
    let name: String
    let bytes: [UInt8]
    /// True if the digest is to be another than the file's.
    let isWrong: Bool

    func hex(_ algorithm: DigestAlgorithm = .sha256) -> String {
      let hex = DigestValue.of(bytes, algorithm).hex
      guard isWrong else { return hex }
      // In the middle, where no spelling cuts it off.
      let (start, rest) = (hex.prefix(20), hex.dropFirst(20))
      return start + (rest.first == "0" ? "1" : "0") + rest.dropFirst()
    }
  }

  let testDescription: String
  /// The rule that names the spelling; nil for the standard's own.
  let rule: String?
  let head: String
  let foot: String
  let line: @Sendable (Line) -> String

  init(
    _ description: String, _ rule: String?, head: String = "", foot: String = "",
    line: @escaping @Sendable (Line) -> String
  ) {
    testDescription = description
    self.rule = rule
    self.head = head
    self.foot = foot
    self.line = line
  }

  /// One that writes the name otherwise.
  private static func name(
    _ description: String, _ name: @escaping @Sendable (String) -> String
  ) -> ManifestSpelling {
    ManifestSpelling(description, "manifest-name-spelling") {
      "SHA256(\(name($0.name)))= \($0.hex())\n"
    }
  }

  /// One that writes the digest otherwise.
  private static func digest(
    _ description: String, _ rule: String = "manifest-line-malformed",
    _ digest: @escaping @Sendable (String) -> String
  ) -> ManifestSpelling {
    ManifestSpelling(description, rule) { "SHA256(\($0.name))= \(digest($0.hex()))\n" }
  }

  private static func list(
    _ description: String, head: String = "", foot: String = "",
    line: @escaping @Sendable (Line) -> String
  ) -> ManifestSpelling {
    ManifestSpelling(
      description, "manifest-checksum-list", head: head, foot: foot, line: line)
  }

  private static func grouped(_ hex: String, by separator: String) -> String {
    stride(from: 0, to: hex.count, by: 2)
      .map { String(hex.dropFirst($0).prefix(2)) }.joined(separator: separator)
  }

  private static func base64(_ hex: String) -> String {
    Data(DigestValue(.sha256, hex: hex)?.bytes ?? []).base64EncodedString()
  }

  static let all: [ManifestSpelling] = [
    ManifestSpelling("the standard's own", nil) { "SHA256(\($0.name))= \($0.hex())\n" },
    ManifestSpelling("SHA-1", "manifest-weak-algorithm") { "SHA1(\($0.name))= \($0.hex(.sha1))\n" },
    name("./name") { "./\($0)" }, name(".\\name") { ".\\\($0)" },
    name("an absolute path") { "/home/build/out/\($0)" },
    name("a Windows path") { "C:\\Build Output\\x\\\($0)" },
    name("a share") { "\\\\server\\share\\\($0)" }, name("a path above") { "../out/\($0)" },
    name("a folder") { "out/\($0)" }, name("a URL") { "file:///C:/out/\($0)" },
    name("upper case") { $0.uppercased() },
    name("another case and path") { "D:\\\($0.uppercased())" },
    name("quotes") { "\"\($0)\"" }, name("blanks") { " \($0) " },
    digest("0x") { "0x\($0)" }, digest("colons") { grouped($0, by: ":") },
    digest("blanks between bytes") { grouped($0, by: " ") },
    digest("cut") { String($0.prefix(60)) },
    digest("cut at its start") { String($0.suffix(50)) },
    digest("an ellipsis") { "\($0.prefix(40))..." },
    digest("more digits") { $0 + "00" }, digest("base64") { base64($0) },
    digest("quotes around the digest") { "'\($0)'" },
    digest("upper case digits", "manifest-upper-case-digest") { $0.uppercased() },
    ManifestSpelling("MD5", "manifest-algorithm-unknown") { "MD5(\($0.name))= \($0.hex(.md5))\n" },
    ManifestSpelling("SHA3-256", "manifest-algorithm-unknown") {
      "SHA3-256(\($0.name))= \($0.hex(.sha3x256))\n"
    },
    ManifestSpelling("SHA3-512", "manifest-algorithm-unknown") {
      "SHA3-512(\($0.name))= \($0.hex(.sha3x512))\n"
    },
    ManifestSpelling("md5sum", "manifest-algorithm-unknown") { "\($0.hex(.md5))  \($0.name)\n" },
    ManifestSpelling("OpenSSL 3", "manifest-algorithm-label") {
      "SHA2-256(\($0.name))= \($0.hex())\n"
    },
    ManifestSpelling("sha256sum --tag", "manifest-spacing") {
      "SHA256 (\($0.name)) = \($0.hex())\n"
    },
    ManifestSpelling("a wrong label", "manifest-line-malformed") {
      "SHA1(\($0.name))= \($0.hex())\n"
    },
    list("sha256sum") { "\($0.hex())  \($0.name)\n" },
    list("sha256sum --binary") { "\($0.hex()) *\($0.name)\n" },
    list("sha512sum of paths") { "\($0.hex(.sha512))  ./\($0.name)\n" },
    list("name and digest") { "\($0.name): \($0.hex())\n" },
    list("algorithm, digest, name") { "sha256:\($0.hex()) \($0.name)\n" },
    list(
      "Get-FileHash, a table",
      head: "\nAlgorithm       Hash       Path\n---------       ----       ----\n", foot: "\n\n"
    ) { "SHA256          \($0.hex().uppercased())       C:\\out\\\($0.name)\n" },
    list("Get-FileHash, a list", head: "\n", foot: "\n") {
      "Algorithm : SHA256\nHash      : \($0.hex().uppercased())\nPath      : C:\\out\\\($0.name)\n\n"
    },
    list("Get-FileHash, CSV", head: "\"Algorithm\",\"Hash\",\"Path\"\n") {
      "\"SHA256\",\"\($0.hex().uppercased())\",\"C:\\out\\\($0.name)\"\n"
    },
    list("certutil") {
      "SHA256 hash of \($0.name):\n\($0.hex())\nCertUtil: -hashfile command completed successfully.\n"
    },
    list("certutil of Windows 7 in German") {
      "SHA256-Hash der Datei \($0.name):\n\(grouped($0.hex(), by: " "))\n"
        + "CertUtil: -hashfile-Befehl wurde erfolgreich ausgeführt.\n"
    },
  ]
}

/// An encoding of a manifest's text.
enum ManifestTextEncoding: CaseIterable, Sendable {
  case utf8, utf8WithMark, carriageReturns, padded, utf16Little, utf16LittleWithMark, utf16Big,
    utf16BigWithMark

  /// The rule that names it; nil for the standard's own.
  var rule: String? {
    switch self {
    case .utf8: nil
    case .utf8WithMark: "manifest-byte-order-mark"
    case .carriageReturns: "manifest-line-ends"
    case .padded: "manifest-line-malformed"
    case .utf16Little, .utf16LittleWithMark, .utf16Big, .utf16BigWithMark: "manifest-unreadable"
    }
  }

  func bytes(_ text: String) -> [UInt8] {
    func pairs(isLittle: Bool, _ text: String) -> [UInt8] {
      text.utf16.flatMap { unit in
        let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        return isLittle ? bytes.reversed() : bytes
      }
    }
    return switch self {
    case .utf8: Array(text.utf8)
    case .utf8WithMark: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    case .carriageReturns: Array(text.replacing("\n", with: "\r\n").utf8)
    case .padded: Array(text.utf8) + [UInt8](repeating: 0, count: 300)
    case .utf16Little: pairs(isLittle: true, text)
    case .utf16LittleWithMark: pairs(isLittle: true, "\u{FEFF}" + text)
    case .utf16Big: pairs(isLittle: false, text)
    case .utf16BigWithMark: pairs(isLittle: false, "\u{FEFF}" + text)
    }
  }
}

/// Every spelling in every encoding, with right and wrong digests, in archives, folders and streams.
@Suite struct ManifestSpellingTests {
  private static let names = ["web.ovf", "web-disk1.vmdk"]

  private static let files = Result { () throws -> [(name: String, bytes: [UInt8])] in
    let folder = try TemporaryFolder()
    _ = try ExamplePackage(.sound(.folder)).write(.folder, to: folder)
    return try names.map { ($0, try folder.read($0)) }
  }

  private static let options = ReadingOptions()
  /// The rules of manifests alone: with all rules thousands of packages would take minutes.
  private static let rules = Rule.all.filter { $0.group == .manifest }

  private func findings(
    _ manifest: [UInt8], isReversed: Bool = false
  ) async throws -> [(form: String, findings: [Finding])] {
    let files = try Self.files.get()
    var tar = TarBuilder()
    tar.file(files[0].name, files[0].bytes)
    // A stream has read the disk by then, when the manifest comes last.
    if isReversed { tar.file(files[1].name, files[1].bytes) }
    tar.file("web.mf", manifest)
    if !isReversed { tar.file(files[1].name, files[1].bytes) }
    tar.end()
    let source = MemorySource(tar.bytes, name: "web.ova")
    let folder = try TemporaryFolder()
    for (name, bytes) in files { try folder.write(bytes, to: name) }
    try folder.write(manifest, to: "web.mf")
    let archive = try await Package.open(source).checked(Self.options)
    let loose = try await Package.open(folder.path("web.ovf")).checked(Self.options)
    let (package, evidence) = try Package.read(SourceStream(source), options: Self.options)
    let stream = await package.checked(evidence)
    return [("archive", archive), ("folder", loose), ("stream", stream)].map {
      ($0, Rule.findings(of: Self.rules, in: $1))
    }
  }

  @Test(arguments: ManifestSpelling.all, ManifestTextEncoding.allCases)
  func `a wrong digest is found, a right one is not, and the spelling is named`(
    spelling: ManifestSpelling, encoding: ManifestTextEncoding
  ) async throws {
    for (isWrong, isReversed) in [(false, false), (true, false), (true, true)] {
      let lines = try Self.files.get().map { file in
        spelling.line(
          .init(name: file.name, bytes: file.bytes, isWrong: isWrong && file.name != "web.ovf"))
      }
      let manifest = encoding.bytes(spelling.head + lines.joined() + spelling.foot)
      for (form, findings) in try await self.findings(manifest, isReversed: isReversed) {
        let rules = findings.map(\.rule)
        let mismatches = findings.filter { $0.rule == "manifest-digest-mismatch" }
        #expect(mismatches.count == (isWrong ? 1 : 0), "\(form) \(rules)")
        #expect(mismatches.allSatisfy { $0.severity == .error }, "\(form)")
        #expect(mismatches.allSatisfy { $0.message.contains("'web-disk1.vmdk'") }, "\(form)")
        for rule in [spelling.rule, encoding.rule].compactMap({ $0 }) {
          #expect(rules.contains(rule), "\(form) \(rules)")
        }
        // Nothing that is there is said to be missing.
        for rule in ["manifest-entry-missing", "manifest-entry-without-file"] {
          #expect(!rules.contains(rule), "\(form)")
        }
      }
    }
  }

  @Test(arguments: [
    "BLAKE2b", "BLAKE2b512", "BLAKE3", "SM3", "SHA2-512/256", "RIPEMD160", "SHA224",
  ])
  func `a digest that cannot be computed is neither right nor wrong`(label: String) async throws {
    let digits = String(repeating: "5a", count: 32)
    let manifest = Array(Self.names.map { "\(label)(\($0))= \(digits)\n" }.joined().utf8)
    for (form, findings) in try await self.findings(manifest) {
      let rules = findings.map(\.rule)
      #expect(!rules.contains("manifest-digest-mismatch"), "\(form)")
      let unknown = findings.filter { $0.rule == "manifest-algorithm-unknown" }
      #expect(unknown.map(\.found) == [label], "\(form)")
      #expect(unknown.allSatisfy { $0.message.contains("the file is not verified") })
    }
  }

  @Test func `no digest of a file is verified while one cannot be compared`() async throws {
    let files = try Self.files.get()
    func isVerified(_ second: String) async throws -> Bool {
      let first = "SHA256(web.ovf)= \(DigestValue.of(files[0].bytes, .sha256).hex)\n"
      var tar = TarBuilder()
      tar.file(files[0].name, files[0].bytes)
      tar.file("web.mf", Array((first + second).utf8))
      tar.file(files[1].name, files[1].bytes)
      tar.end()
      return try await Package.open(MemorySource(tar.bytes, name: "web.ova")).checked(Self.options)
        .areDigestsVerified
    }
    let right = DigestValue.of(files[1].bytes, .sha256).hex
    #expect(try await isVerified("SHA256(web-disk1.vmdk)= \(right)\n"))
    #expect(try await !isVerified("BLAKE2b(web-disk1.vmdk)= \(right)\n"))
    #expect(try await !isVerified("SHA256(web-disk1.vmdk)= \(right.dropLast())o\n"))
  }
}
