import OVABasics
import OVFXML
import Testing

private func read(_ text: String, limits: Limits = Limits()) throws -> XMLTree {
  try XMLTree.read(Array(text.utf8), name: "a.ovf", limits: limits)
}

private func failure(_ bytes: [UInt8], limits: Limits = Limits()) -> XMLError? {
  do throws(XMLError) {
    _ = try XMLTree.read(bytes, name: "a.ovf", limits: limits)
    return nil
  } catch {
    return error
  }
}

private func utf16(_ text: String, mark: Bool, bigEndian: Bool) -> [UInt8] {
  (mark ? [0xFEFF] + Array(text.utf16) : Array(text.utf16)).flatMap {
    bigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)]
  }
}

@Suite struct Trees {
  @Test func `an element keeps name, namespace, prefix, attributes and children`() throws {
    let document = try read(
      """
      <a:root xmlns:a="urn:a" xmlns="urn:d" a:x="1" y="2"><b>t</b><a:c/></a:root>
      """)
    let root = document.root
    #expect(root.name == XMLName("root", namespace: "urn:a"))
    #expect(root.name.prefix == "a")
    #expect(root.attribute("x", namespace: "urn:a")?.value == "1")
    #expect(root.attribute("y")?.value == "2")
    #expect(root.attribute("x") == nil)
    #expect(root.children.map(\.name.expanded) == ["{urn:d}b", "{urn:a}c"])
    #expect(root.children.first?.text == "t")
    #expect(root.declarations == ["a": "urn:a", "": "urn:d"])
    #expect(document.diagnostics.isEmpty)
  }

  @Test func `text is joined across children, references and sections, blanks kept`() throws {
    let root = try read("<r> a<b/>&lt;&#x41;<![CDATA[<c>&]]> </r>").root
    #expect(root.text == " a<A<c>& ")
    #expect(root.trimmedText == "a<A<c>&")
  }

  @Test func `text around children is the parent's alone`() throws {
    let root = try read("<a>1<b>2<c>3</c>4<c/>5</b>6<b></b>7<!-- 8 --><b>9</b></a>").root
    #expect(root.text == "167")
    #expect(root.children.map(\.text) == ["245", "", "9"])
    #expect(root.children.first?.children.map(\.text) == ["3", ""])
  }

  @Test func `an element is on the line of its start tag, an attribute on its own`() throws {
    let root = try read("<r>\n<a\n  x='1'\n  y='2'/>\n\n<b/></r>").root
    #expect(root.children.map(\.line) == [2, 6])
    #expect(root.children.first?.attributes.map(\.line) == [3, 4])
  }

  @Test func `an element after another on its line has a column, as have its attributes`() throws {
    let root = try read("<r>\n  <a é='ü'/><b x='1'\n y='2'/> <c/>\n\t<d/><e/></r>").root
    #expect(root.column == nil)
    #expect(root.children.map(\.line) == [2, 2, 3, 4, 4])
    #expect(root.children.map(\.column) == [nil, 13, nil, nil, 6])
    #expect(root.children[1].attributes.map(\.column) == [13, nil])
    #expect(root.children[1].place(in: "a.ovf").description == "a.ovf:2:13")
    #expect(root.children[0].attributes[0].place(in: "a.ovf").description == "a.ovf:2")
  }

  @Test func `columns on one long line are counted in characters, whatever the encoding`() throws {
    let text = "<r>" + String(repeating: "<e>ü</e>", count: 20_000) + "</r>"
    let wanted = (0..<20_000).map { 4 + 8 * $0 }
    let latin =
      Array("<?xml version='1.0' encoding='iso-8859-1'?>\n".utf8)
      + text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    for bytes in [Array(text.utf8), latin, utf16(text, mark: true, bigEndian: true)] {
      let root = try XMLTree.read(bytes, name: "a.ovf").root
      #expect(root.children.map(\.column) == wanted)
    }
  }

  @Test func `lines go beyond 65535`() throws {
    let root = try read("<r>" + String(repeating: "\n", count: 70_000) + "<a/></r>").root
    #expect(root.children.first?.line == 70_001)
  }

  @Test func `comments before the document element are kept with their lines`() throws {
    let document = try read("<?xml version='1.0'?>\n<!--one-->\n<!--two-->\n<r><!--in--></r>")
    #expect(document.leadingComments.map(\.text) == ["one", "two"])
    #expect(document.leadingComments.map(\.line) == [2, 3])
  }

  @Test func `names that only look alike are different`() throws {
    let root = try read("<r><e\u{301}/><\u{e9}/></r>").root
    #expect(root.children.count == 2)
    #expect(root.children.first?.name != root.children.last?.name)
  }
}

@Suite struct Encodings {
  static let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><r>Zürich 東京</r>"

  @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
  func `UTF-16 is read in both orders, with and without mark`(mark: Bool, big: Bool) throws {
    let bytes = utf16(Self.text, mark: mark, bigEndian: big)
    let document = try XMLTree.read(bytes, name: "a")
    #expect(document.root.text == "Zürich 東京")
    #expect(document.declaredEncoding == "UTF-16")
    #expect(document.diagnostics.isEmpty)
  }

  @Test func `UTF-16 that calls itself UTF-8 is read, and said`() throws {
    let text = Self.text.replacing("UTF-16", with: "utf-8")
    let document = try XMLTree.read(utf16(text, mark: true, bigEndian: false), name: "a")
    #expect(document.root.text == "Zürich 東京")
    #expect(
      document.diagnostics == [
        XMLDiagnostic(.encodingNotKept(declared: "utf-8"), at: Place("a", line: 1))
      ])
  }

  @Test(arguments: ["utf-16", "unicode", "us-ascii", "UCS-4", "no-such-thing"])
  func `UTF-8 that calls itself something else is read, and said`(name: String) throws {
    let document = try read("<?xml version='1.0' encoding='\(name)'?><r>Zürich</r>")
    #expect(document.root.text == "Zürich")
    #expect(
      document.diagnostics == [
        XMLDiagnostic(.encodingNotKept(declared: name), at: Place("a.ovf", line: 1))
      ])
  }

  @Test func `a byte-order mark beats the declaration`() throws {
    let bytes: [UInt8] =
      [0xEF, 0xBB, 0xBF] + Array("<?xml version='1.0' encoding='latin1'?><r>ü</r>".utf8)
    let document = try XMLTree.read(bytes, name: "a")
    #expect(document.root.text == "ü")
    #expect(
      document.diagnostics == [
        XMLDiagnostic(.encodingNotKept(declared: "latin1"), at: Place("a", line: 1))
      ])
  }

  @Test func `a byte-order mark alone is nothing to mention`() throws {
    let document = try XMLTree.read(
      [0xEF, 0xBB, 0xBF] + Array("<r>ü</r>".utf8), name: "a")
    #expect(document.root.text == "ü")
    #expect(document.diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("ISO-8859-1", [0xFC] as [UInt8], "ü"), ("windows-1252", [0x80], "€"),
    ("Shift_JIS", [0x93, 0xFA], "日"), ("GB18030", [0xD6, 0xD0], "中"),
    ("KOI8-R", [0xC1], "а"),
  ])
  func `single-byte and Asian encodings are read`(
    name: String, bytes: [UInt8], text: String
  ) throws {
    let head = Array("<?xml version='1.0' encoding='\(name)'?><r>".utf8)
    let document = try XMLTree.read(head + bytes + Array("</r>".utf8), name: "a")
    #expect(document.root.text == text)
    #expect(document.diagnostics.isEmpty)
  }

  @Test func `NUL padding is trimmed, and said`() throws {
    let document = try XMLTree.read(Array("<r/>\n".utf8) + [0, 0, 0], name: "a")
    #expect(document.diagnostics.map(\.kind) == [.trailingPadding(bytes: 3)])
    let wide = try XMLTree.read(
      utf16("<r>x</r>", mark: true, bigEndian: false) + [0, 0, 0, 0], name: "a")
    #expect(wide.root.text == "x")
    #expect(wide.diagnostics.map(\.kind) == [.trailingPadding(bytes: 4)])
  }

  @Test func `bytes that are not UTF-8 are refused with their line`() throws {
    let error = failure(Array("<r>\n<a>".utf8) + [0xE9] + Array("</a></r>".utf8))
    #expect(error?.reason.contains("not in UTF-8") == true)
    #expect(error?.place.line == 2)
  }
}

@Suite struct BrokenDocuments {
  @Test func `the error has line, column and libxml2's words`() throws {
    let error = try #require(failure(Array("<r>\n  <a></b>\n</r>".utf8)))
    #expect(error.code == .notWellFormed)
    #expect(error.place.line == 2)
    #expect(error.place.column != nil)
    #expect(error.reason.contains("mismatch"))
    #expect(error.description.hasPrefix("a.ovf:2:"))
  }

  @Test(arguments: ["", "\0\0\0", "   ", "hello", "{}", "<", "<r", "<r>", "<r/><s/>", "<r a=1/>"])
  func `what is no document is an error`(text: String) {
    #expect(failure(Array(text.utf8)) != nil)
  }

  @Test func `nothing is empty`() {
    #expect(failure([])?.code == .empty)
    #expect(failure([0, 0])?.code == .empty)
  }

  @Test func `an undeclared prefix is read by its local part, and said`() throws {
    let document = try read("<r>\n<v:a x='1' w:y='2'>t</v:a></r>")
    let child = try #require(document.root.children.first)
    #expect(child.name == XMLName("a"))
    #expect(child.name.prefix == "v")
    #expect(child.text == "t")
    #expect(child.attributes.map(\.value) == ["1", "2"])
    #expect(
      Set(document.diagnostics) == [
        XMLDiagnostic(.undeclaredPrefix("v"), at: Place("a.ovf", line: 2)),
        XMLDiagnostic(.undeclaredPrefix("w"), at: Place("a.ovf", line: 2)),
      ])
  }

  @Test func `a double attribute is an error`() {
    #expect(failure(Array("<r a='1' a='2'/>".utf8))?.code == .notWellFormed)
  }
}

@Suite struct HostileDocuments {
  @Test func `no entity of a document type is expanded, from inside or outside`() throws {
    let document = try read(
      """
      <!DOCTYPE r [<!ENTITY a "boom"><!ENTITY x SYSTEM "file:///etc/passwd">
      <!ATTLIST r d CDATA "default">]>
      <r e="&a;">&a;&x;</r>
      """)
    #expect(document.root.text == "&a;&x;")
    #expect(document.root.attributes.map(\.value) == [""])
    #expect(document.diagnostics.first == XMLDiagnostic(.doctype, at: Place("a.ovf", line: 1)))
    #expect(document.diagnostics.contains { $0.kind == .entityReference(name: "x") })
  }

  @Test func `a billion laughs cost nothing`() throws {
    var text = "<!DOCTYPE r [<!ENTITY a0 \"ha\">"
    for level in 1...30 {
      text += "<!ENTITY a\(level) \"" + String(repeating: "&a\(level - 1);", count: 10) + "\">"
    }
    let document = try read(text + "]><r>&a30;</r>")
    #expect(document.root.text == "&a30;")
  }

  @Test func `an entity that nothing declares is an error`() {
    #expect(failure(Array("<r>&nbsp;</r>".utf8))?.code == .notWellFormed)
  }

  @Test func `depth is limited, and the error names the limit`() {
    let deep = String(repeating: "<a>", count: 300) + String(repeating: "</a>", count: 300)
    let error = failure(Array(deep.utf8))
    #expect(error?.code == .limit)
    #expect(error?.fix?.contains("xmlDepth") == true)
  }

  @Test func `the number of elements is limited`() {
    var limits = Limits()
    limits.xmlElements = 10
    let error = failure(
      Array(("<r>" + String(repeating: "<a/>", count: 10) + "</r>").utf8), limits: limits)
    #expect(error?.fix?.contains("xmlElements") == true)
  }

  @Test(arguments: ["", "<!DOCTYPE r [<!ENTITY e '> <!--'>]>"])
  func `a tag with very many attributes is refused before it costs time`(head: String) {
    let attributes = (0..<300_000).map { " a\($0)=''" }.joined()
    let error = failure(Array("\(head)<r><b\(attributes)/></r>".utf8))
    #expect(error?.code == .limit)
    #expect(error?.fix?.contains("xmlAttributes") == true)
  }

  @Test func `equals signs in text are no attributes`() throws {
    let text = String(repeating: "=", count: 200_000)
    let root = try read("<r><!-- \(text) --><a>\(text)</a><![CDATA[<\(text)]]></r>").root
    #expect(root.children.first?.text.utf8.count == 200_000)
  }

  @Test func `the number of bytes is limited`() {
    var limits = Limits()
    limits.descriptorBytes = 8
    #expect(failure(Array("<r>123456</r>".utf8), limits: limits)?.code == .limit)
  }

  @Test func `many threads parse at once`() async {
    let good = Array(Encodings.text.replacing("UTF-16", with: "UTF-8").utf8)
    let bad = Array("<r><a></r>".utf8)
    let right = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<200 {
        group.addTask {
          if number.isMultiple(of: 2) {
            return (try? XMLTree.read(good, name: "g"))?.root.text == "Zürich 東京"
          }
          return failure(bad)?.code == .notWellFormed
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(right == 200)
  }
}
