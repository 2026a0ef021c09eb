import Foundation
import OVABasics
import OVATestSupport
import OVFXML
import Testing

/// A text and one of the many ways to write it as an attribute's value.
private struct SpelledValue {
  let value: String
  let written: String

  private static let alphabet: [Unicode.Scalar] = [
    "&", "&", "&", "<", ">", "\"", "'", "a", "R", "#", "3", "8", ";", "x", " ", "%", "$", "{", "ü",
    "磁", "😀", "\t", "\n", "\r",
  ]

  init(using generator: inout SeededNumbers) {
    var value = String.UnicodeScalarView()
    var written = ""
    for _ in 0..<Int.random(in: 1...20, using: &generator) {
      let scalar = Self.alphabet.randomElement(using: &generator) ?? "&"
      value.append(scalar)
      written += Self.spellings(of: scalar).randomElement(using: &generator) ?? ""
    }
    self.value = String(value)
    self.written = written
  }

  /// Every way to write a character between double quotes.
  private static func spellings(of scalar: Unicode.Scalar) -> [String] {
    let hex = String(scalar.value, radix: 16)
    var spellings = [
      "&#\(scalar.value);", "&#x\(hex);", "&#x\(hex.uppercased());", "&#x00\(hex);",
      "&#00\(scalar.value);",
    ]
    switch scalar {
    case "&": spellings.append("&amp;")
    case "<": spellings.append("&lt;")
    case ">": spellings += ["&gt;", ">"]
    case "\"": spellings.append("&quot;")
    case "'": spellings += ["&apos;", "'"]
    case "\t", "\n", "\r": break
    default: spellings.append(String(scalar))
    }
    return spellings
  }
}

@Suite struct AttributeValues {
  private static let values: [SpelledValue] = {
    let count = ProcessInfo.processInfo.environment["ATTRIBUTE_VALUES"].flatMap(Int.init) ?? 2_000
    var generator = SeededNumbers(seed: 13)
    return (0..<count).map { _ in SpelledValue(using: &generator) }
  }()

  private static let document =
    "<r>" + values.map { "<e v=\"\($0.written)\"/>" }.joined(separator: "\n") + "</r>"

  private static func read(_ text: String) throws -> [String?] {
    try XMLTree.read(Array(text.utf8), name: "a").root.children.map {
      $0.attribute("v")?.value
    }
  }

  @Test func `every character is decoded exactly once, however it is written`() throws {
    let read = try Self.read(Self.document)
    #expect(read.count == Self.values.count)
    for (value, read) in zip(Self.values, read) {
      #expect(read == value.value, "\(value.written)")
    }
  }

  @Test func `a document of another encoding has the same values`() throws {
    let text = "<?xml version='1.0' encoding='UTF-16'?>" + Self.document
    let bytes = ([0xFEFF] + Array(text.utf16)).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let root = try XMLTree.read(bytes, name: "a").root
    #expect(root.children.map { $0.attribute("v")?.value } == Self.values.map(\.value))
  }

  @Test(.enabled(if: hasTool("python3"), "python3 is not here"))
  func `another reader finds the same values`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.document, to: "a.xml")
    let script = """
      import json, sys, xml.etree.ElementTree as tree
      print(json.dumps([e.get('v') for e in tree.parse(sys.argv[1]).getroot()]))
      """
    let result = try run("python3", ["-c", script, path])
    let others = try JSONSerialization.jsonObject(with: Data(result.output)) as? [String]
    #expect(try Self.read(Self.document) == others)
  }

  @Test(arguments: ["&amp;", "&#38;", "&#x26;", "&#038;", "&#x0026;"])
  func `a written reference stays one`(ampersand: String) throws {
    let root = try XMLTree.read(
      Array("<r v='\(ampersand)amp; \(ampersand)#38;'>\(ampersand)lt;</r>".utf8), name: "a"
    ).root
    #expect(root.attribute("v")?.value == "&amp; &#38;")
    #expect(root.text == "&lt;")
  }

  @Test func `a namespace with an ampersand is the namespace`() throws {
    let root = try XMLTree.read(
      Array("<a:r xmlns:a='urn:x?a=1&amp;b=2' a:v='1'/>".utf8), name: "a"
    ).root
    #expect(root.name.namespace == "urn:x?a=1&b=2")
    #expect(root.declarations == ["a": "urn:x?a=1&b=2"])
    #expect(root.attribute("v", namespace: "urn:x?a=1&b=2")?.value == "1")
  }

  @Test func `a namespace with a blank is read and said to be no URI`() throws {
    let document = try XMLTree.read(
      Array("<r xmlns:a='http://example.com/my schema' a:v='1'/>".utf8), name: "a")
    #expect(
      document.root.attribute("v", namespace: "http://example.com/my schema")?.value == "1")
    #expect(
      document.diagnostics == [
        XMLDiagnostic(.namespaceNotURI("http://example.com/my schema"), at: Place("a", line: 1))
      ])
  }

  @Test(arguments: ["urn:a b", "it's a 'name' ", "http://[x"])
  func `a namespace that is no URI is told letter for letter, with a prefix and without`(
    namespace: String
  ) throws {
    for name in ["xmlns", "xmlns:a"] {
      let document = try XMLTree.read(Array("<r \(name)=\"\(namespace)\"/>".utf8), name: "a")
      #expect(
        document.diagnostics == [
          XMLDiagnostic(.namespaceNotURI(namespace), at: Place("a", line: 1))
        ], "\(name)")
    }
  }
}

@Suite struct WrongEncodings {
  private static func error(_ bytes: [UInt8]) -> XMLError? {
    do throws(XMLError) {
      _ = try XMLTree.read(bytes, name: "a.ovf")
      return nil
    } catch {
      return error
    }
  }

  @Test(
    arguments: [
      ([0x5A, 0xFC, 0x72], "ISO-8859-1 (Latin-1) or windows-1252", "0xFC"),
      ([0x93, 0x61, 0x94], "windows-1252", "0x93"),
      ([0xD6, 0xD0, 0xCE, 0xC4], "an encoding of two bytes a character", "0xD6"),
    ] as [([UInt8], String, String)])
  func `bytes that are not the declared UTF-8 are named, with place and fix`(
    bytes: [UInt8], likely: String, first: String
  ) throws {
    for declaration in ["<?xml version='1.0' encoding='UTF-8'?>", "<?xml version='1.0'?>", ""] {
      let head = Array((declaration + "\n<r>\n  <a>é").utf8)
      let error = try #require(Self.error(head + bytes + Array("</a></r>".utf8)))
      #expect(error.code == .encoding)
      #expect(error.reason.contains("they look like \(likely)"), "\(error.reason)")
      #expect(error.reason.contains("the first is \(first)"))
      #expect(error.reason.contains("UTF-8"))
      let column = 7 + (bytes.firstIndex { $0 >= 0x80 } ?? 0)
      #expect(error.place == Place("a.ovf", line: 3, column: column))
      #expect(error.fix?.contains("encoding=") == true)
    }
  }

  @Test func `the declaration that is advised makes the document readable`() throws {
    let body = Array("<r>".utf8) + [0x5A, 0xFC, 0x72] + Array("</r>".utf8)
    let fix = try #require(Self.error(body)?.fix)
    let declaration = try #require(fix.firstMatch(of: /`(<\?xml.*\?>)`/)?.1)
    let document = try XMLTree.read(Array(declaration.utf8) + body, name: "a")
    #expect(document.root.text == "Zür")
  }

  @Test(arguments: ["us-ascii", "UTF-16", "no-such-thing"])
  func `bytes of another encoding than the declared one are named`(declared: String) throws {
    let head = Array("<?xml version='1.0' encoding='\(declared)'?>\n<r>".utf8)
    let error = try #require(Self.error(head + [0xE9] + Array("</r>".utf8)))
    #expect(error.code == .encoding)
    #expect(error.reason.contains("'\(declared)'"), "\(error.reason)")
    #expect(error.reason.contains("ISO-8859-1"), "\(error.reason)")
  }

  @Test(arguments: ["ISO-8859-1", "windows-1252", "latin1", "KOI8-R"])
  func `UTF-8 that calls itself an encoding of one byte is read as that, and doubted`(
    declared: String
  ) throws {
    let head = "<?xml version='1.0' encoding='\(declared)'?>"
    let document = try XMLTree.read(Array("\(head)<r>Zürich</r>".utf8), name: "a")
    #expect(document.root.text != "Zürich")
    #expect(
      document.diagnostics == [
        XMLDiagnostic(.encodingDoubtful(declared: declared), at: Place("a", line: 1))
      ])
    let plain = try XMLTree.read(Array("\(head)<r>Zurich</r>".utf8), name: "a")
    #expect(plain.diagnostics.isEmpty)
  }

  @Test func `a fault before the first wrong byte is what is said`() throws {
    let error = try #require(Self.error(Array("<r>\n<a></b>\n".utf8) + [0xE9]))
    #expect(error.code == .notWellFormed)
    #expect(error.place.line == 2)
  }
}
