import Foundation
import OVATestSupport
import Testing

/// Packages made to do harm, through the whole check: each is told for what it is, in bounded time
/// and memory, and read from a file and from standard input alike.
@Suite struct HostilePackagesTests {
  struct Attack: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// The rules of the errors; or what is said of what is no package.
    let errors: [String]
    let refused: String?
    let change: @Sendable (inout PackageFiles) throws -> Void

    init(
      _ name: String, _ errors: String..., refused: String? = nil,
      change: @escaping @Sendable (inout PackageFiles) throws -> Void
    ) {
      testDescription = name
      self.errors = errors
      self.refused = refused
      self.change = change
    }

    /// One that replaces text in the descriptor.
    init(
      _ name: String, _ old: String, _ new: String, _ errors: String..., refused: String? = nil
    ) {
      testDescription = name
      self.errors = errors
      self.refused = refused
      change = { $0.replace(old, new, in: "web.ovf") }
    }
  }

  private static let envelope = "<Envelope"
  private static let end = "</References>"

  static let xml = [
    Attack(
      "entities within entities", envelope,
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\(envelope)",
      "doctype-present"),
    Attack(
      "a document type elsewhere", envelope,
      "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">\(envelope)", "doctype-present"),
    // Nothing is included; the element is one that nobody knows, which is a warning.
    Attack(
      "XInclude", end,
      "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"/etc/passwd\"/>\(end)"),
    Attack(
      "elements nested without end", end,
      String(repeating: "<a>", count: 400) + String(repeating: "</a>", count: 400) + end,
      refused: "nested deeper than 256"),
    Attack(
      "attributes without end", "<References>",
      "<References \((0..<20_000).map { "a\($0)=\"\"" }.joined(separator: " "))>",
      refused: "20000 attributes"),
    Attack("a zero byte", end, "\0\(end)", refused: "out of allowed range"),
    Attack(
      "an attribute twice", "ovf:href=", "ovf:href=\"x\" ovf:href=", refused: "redefined"),
    Attack("bytes that are no text", refused: "not in the encoding 'UTF-8'") {
      $0["web.ovf"] = Array($0["web.ovf"].dropLast(20)) + [0xFF, 0xFE] + $0["web.ovf"].suffix(20)
    },
  ]

  static let numbers =
    ["-9223372036854775809", "18446744073709551616", "1e9", "١٢", "0x10", ""].flatMap { value in
      [
        Attack(
          "a capacity of '\(value)'", "ovf:capacity=\"64\"", "ovf:capacity=\"\(value)\"",
          "disk-bad-capacity"),
        Attack("a size of '\(value)'", "file-bad-size") {
          let size = $0["web-disk1.vmdk"].count
          $0.replace("ovf:size=\"\(size)\"", "ovf:size=\"\(value)\"", in: "web.ovf")
        },
      ]
    }
    + [
      "byte * 2^99999", "byte * 10^400", "byte / 0",
      "byte" + String(repeating: " * 2", count: 5000),
    ]
    .map {
      Attack(
        "a unit '\($0.prefix(20))'", "Units=\"byte * 2^20", "Units=\"\($0)", "disk-bad-capacity")
    }

  static let paths =
    [
      "/etc/passwd", "../x", "%2e%2e%2fx", "..\\x", "C:\\x", "a%00b", "//host/share",
      String(repeating: "a/", count: 3_000), String(repeating: "a", count: 5_000),
    ].map {
      Attack("a reference to '\($0.prefix(20))'", "web-disk1.vmdk\"", "\($0)\"", "href-unsafe")
    }
    + ["web-disk1.vmdk.", "web-disk1.vmdk ", "CON", "ｗeb-disk1.vmdk", "WEB-DISK1.VMDK"].map {
      Attack("a reference to '\($0)'", "web-disk1.vmdk\"", "\($0)\"", "file-missing")
    }
    // URLs are never fetched.
    + ["file:///etc/passwd", "http://192.0.2.1/x"].map {
      Attack("a reference to '\($0)'", "web-disk1.vmdk\"", "\($0)\"")
    }

  static let graphs = [
    Attack("a circle of 10,000 parents", "disk-parent-cycle") {
      let disks = (0..<10_000).map { number in
        "<Disk ovf:diskId=\"d\(number)\" ovf:capacity=\"1\" ovf:parentRef=\"d\((number + 1) % 10_000)\"/>"
      }
      $0.replace("</DiskSection>", disks.joined() + "</DiskSection>", in: "web.ovf")
    },
    Attack("10,000 files that are not there", "file-missing") {
      let files = (0..<10_000).map { "<File ovf:id=\"f\($0)\" ovf:href=\"x\($0)\"/>" }
      $0.replace(end, files.joined() + end, in: "web.ovf")
    },
  ]

  static let manifests = [
    Attack("a line of mebibytes", "manifest-line-malformed") {
      $0["web.mf"] = [UInt8](repeating: 0x41, count: 2 << 20)
    },
    Attack("a name with a line feed", "manifest-line-malformed") {
      $0["web.mf"] += Array("SHA256(a\nb)= \(String(repeating: "0", count: 64))\n".utf8)
    },
    Attack("a digest of the manifest", "manifest-lists-itself") {
      $0["web.mf"] += Array("SHA256(web.mf)= \(String(repeating: "0", count: 64))\n".utf8)
    },
  ]

  static let certificates = [
    ("hello", ["certificate-unreadable", "signature-unreadable"]),
    ("SHA256(web.mf)= 012\n", ["certificate-unreadable", "signature-unreadable"]),
    ("SHA256(web.mf)= 00\n" + String(repeating: "A", count: 1 << 19), ["certificate-unreadable"]),
    // Of a file beyond the limit nothing is read.
    ("SHA256(web.mf)= 00\n" + String(repeating: "A", count: 3 << 20), ["signature-unreadable"]),
    (
      "SHA256(web.mf)= \(String(repeating: "ab", count: 4_096))\n-----BEGIN CERTIFICATE-----\n"
        + String(repeating: "QUFB", count: 200_000) + "\n-----END CERTIFICATE-----\n",
      ["certificate-unreadable"]
    ),
  ].enumerated().map { number, one in
    Attack("certificate \(number + 1)", errors: one.1) {
      $0.files.insert(("web.cert", Array(one.0.utf8)), at: 2)
    }
  }

  static let compressed = [
    Attack("a bomb of gzip", "gzip-too-large") {
      try $0.compressDisk { _ in [UInt8](repeating: 0, count: 40 << 20) }
    },
    Attack("a stream of gzip that is cut", "gzip-damaged") {
      try $0.compressDisk {
        $0
      } after: {
        $0.dropLast(100)
      }
    },
    Attack("gzip with a wrong length", "gzip-damaged") {
      try $0.compressDisk {
        $0
      } after: {
        $0.dropLast(1) + [0x77]
      }
    },
  ]

  @Test(
    .timeLimit(.minutes(2)),
    arguments: xml + numbers + paths + graphs + manifests + certificates + compressed)
  func itIsToldForWhatItIs(_ attack: Attack) throws {
    let folder = try TemporaryFolder()
    var package = try PackageFiles()
    let before = package
    try attack.change(&package)
    // Only what the attack is about is to be wrong.
    if package["web.mf"] == before["web.mf"] { try package.seal(folder) }
    let path = try folder.write(package.archive(), to: "in/web.ova")
    let read = try check(path, path)
    let streamed = try check("-", path)
    #expect(streamed.text == read.text)
    if let words = attack.refused {
      #expect(read.status == 1)
      #expect(try read.errors().count == 1)
      #expect(read.text.contains(words), "\(read.text)")
    } else {
      let errors = try read.errors()
      #expect(Set(errors) == Set(attack.errors))
      #expect(read.status == (attack.errors.isEmpty ? 0 : 1))
    }
    #expect(!read.text.contains("root:"))
  }

  /// A check with a minute of processor time and no more memory than any of this may take.
  private func check(_ argument: String, _ path: String) throws -> ToolResult {
    try run(
      "bash",
      [
        "-c",
        "ulimit -t 60 -v 8000000; exec \"$0\" check --format json --stdin-filename \"$2\" \"$1\" < \"$2\"",
        OVATool.path, argument, path,
      ])
  }
}

extension HostilePackagesTests.Attack {
  fileprivate init(
    _ name: String, errors: [String],
    change: @escaping @Sendable (inout PackageFiles) throws -> Void
  ) {
    testDescription = name
    self.errors = errors
    refused = nil
    self.change = change
  }
}

extension PackageFiles {
  /// Declares the disk as compressed, and compresses what is made of it.
  fileprivate mutating func compressDisk(
    _ content: ([UInt8]) -> [UInt8], after change: (ArraySlice<UInt8>) -> ArraySlice<UInt8> = { $0 }
  ) throws {
    let size = self["web-disk1.vmdk"].count
    let packed = try run("gzip", ["-nc"], input: content(self["web-disk1.vmdk"])).output
    self["web-disk1.vmdk"] = Array(change(packed[...]))
    replace(
      "ovf:size=\"\(size)\"",
      "ovf:size=\"\(self["web-disk1.vmdk"].count)\" ovf:compression=\"gzip\"", in: "web.ovf")
    replace("ovf:capacity=\"64\"", "ovf:capacity=\"1\"", in: "web.ovf")
  }
}

extension ToolResult {
  /// The rules of the errors in the only package, each once.
  fileprivate func errors() throws -> [String] {
    let packages = try object()["packages"] as? [[String: Any]]
    let findings = packages?.first?["findings"] as? [[String: Any]] ?? []
    return Set(
      findings.filter { $0["severity"] as? String == "error" }.compactMap { $0["rule"] as? String }
    )
    .sorted()
  }
}
