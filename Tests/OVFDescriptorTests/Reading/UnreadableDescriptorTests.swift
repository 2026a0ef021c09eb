import OVABasics
import OVFDescriptor
import OVFXML
import Testing

@Suite struct UnreadableDescriptors {
  @Test(arguments: [
    ("", DescriptorError.Code.notXML), ("PK\u{3}\u{4}", .notXML), ("<Envelope>", .notXML),
    ("<html><body/></html>", .notAnEnvelope), ("<domain type='kvm'/>", .notAnEnvelope),
  ])
  func `what is no descriptor says what it is`(text: String, code: DescriptorError.Code) {
    do throws(DescriptorError) {
      _ = try Envelope.read(Array(text.utf8), name: "a.ovf")
      Issue.record("it was read")
    } catch {
      #expect(error.code == code)
      #expect(error.place.file == "a.ovf")
      #expect(!error.reason.isEmpty)
    }
  }

  @Test func `odd XML is read and said`() throws {
    let text =
      "<?xml version='1.0' encoding='utf-16'?>\n<!DOCTYPE x [<!ENTITY e 'v'>]>\n"
      + Text.envelope("<VirtualSystem ovf:id='x'><Name>&e;</Name><foo:Bar/></VirtualSystem>")
    let envelope = try Envelope.read(Array(text.utf8) + [0], name: "a.ovf")
    #expect(envelope.virtualSystems.first?.name?.text == "&e;")
    #expect(
      envelope.diagnostics.map(\.kind) == [
        .xml(.encodingNotKept(declared: "utf-16")), .xml(.doctype),
        .xml(.entityReference(name: "e")), .xml(.undeclaredPrefix("foo")),
        .xml(.trailingPadding(bytes: 1)),
      ])
  }
}
