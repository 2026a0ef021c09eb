import Foundation
import OVABasics
import OVFXML
import Testing

@Suite struct Schemas {
  /// A folder with a schema that imports another by an address on the network.
  private static func withFolder(_ body: (SchemaFolder) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "schemas-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let main = """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:p="urn:part"
        targetNamespace="urn:main" elementFormDefault="qualified">
      <xs:import namespace="urn:part" schemaLocation="http://unreachable.invalid/part.xsd"/>
      <xs:element name="r"><xs:complexType><xs:sequence>
      <xs:element name="n" type="p:small" maxOccurs="9"/></xs:sequence></xs:complexType></xs:element>
      </xs:schema>
      """
    let part = """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:part">
      <xs:simpleType name="small"><xs:restriction base="xs:int"><xs:maxInclusive value="9"/>
      </xs:restriction></xs:simpleType></xs:schema>
      """
    try Data(main.utf8).write(to: folder.appending(path: "main.xsd"))
    try Data(part.utf8).write(to: folder.appending(path: "part.xsd"))
    try body(SchemaFolder(folder.path))
  }

  @Test func `a valid document has no diagnostics, imports are found in the folder`() throws {
    try Self.withFolder { folder in
      let diagnostics = try folder.validate(
        Array("<r xmlns='urn:main'><n>5</n></r>".utf8), name: "a")
      #expect(diagnostics.isEmpty)
    }
  }

  @Test func `every diagnostic has its line and libxml2's words`() throws {
    try Self.withFolder { folder in
      let diagnostics = try folder.validate(
        Array("<r xmlns='urn:main'>\n<n>10</n>\n<n>x</n>\n<m/></r>".utf8), name: "a")
      #expect(Set(diagnostics.map(\.place)) == Set([2, 3, 4].map { Place("a", line: $0) }))
      #expect(diagnostics.first?.kind.message.contains("maxInclusive") == true)
    }
  }

  @Test func `a namespace without schema is an error that names it`() throws {
    try Self.withFolder { folder in
      let error = #expect(throws: XMLError.self) {
        try folder.validate(Array("<r xmlns='urn:other'/>".utf8), name: "a")
      }
      #expect(error?.code == .schema)
      #expect(error?.reason.contains("urn:other") == true)
    }
  }

  @Test func `an import that is not in the folder is looked for nowhere else`() throws {
    try Self.withFolder { folder in
      try FileManager.default.removeItem(atPath: folder.path + "/part.xsd")
      let error = #expect(throws: XMLError.self) {
        try folder.validate(Array("<r xmlns='urn:main'><n>5</n></r>".utf8), name: "a")
      }
      #expect(error?.code == .schema)
    }
  }

  /// The standard's schema files, which are not part of the project.
  private static let standardSchemas = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/xsd/ovf-1.1.1")

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: Self.standardSchemas.path),
      "the standard's schema files are not here"))
  func `the standard's schemas judge a descriptor`() throws {
    let folder = Self.standardSchemas
    let namespace = "http://schemas.dmtf.org/ovf/envelope/1"
    let text = """
      <Envelope xmlns="\(namespace)" xmlns:o="\(namespace)">
      <References/>
      <VirtualSystem o:id="x"><Info>i</Info></VirtualSystem>
      </Envelope>
      """
    let schemas = SchemaFolder(folder.path)
    let none = try schemas.validate(Array(text.utf8), name: "a")
    #expect(none.isEmpty)
    let diagnostics = try schemas.validate(
      Array(text.replacing("<Info>i</Info>", with: "").utf8), name: "a")
    #expect(diagnostics.map(\.place.line) == [3])
  }
}
