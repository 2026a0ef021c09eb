import OVABasics
import OVFDescriptor
import OVFXML
import Testing

@Suite struct Messages {
  static func text(_ bundles: String, language: String = "") -> String {
    Text.envelope(
      "<References><File ovf:id=\"b\" ovf:href=\"de.xml\"/></References>"
        + "<VirtualSystem ovf:id=\"x\"><Info ovf:msgid=\"m\">in place</Info></VirtualSystem>"
        + bundles, attributes: language)
  }
  static let bundles = """
    <Strings xml:lang="en-US"><Msg ovf:msgid="m">American</Msg></Strings>
    <Strings xml:lang="de"><Msg ovf:msgid="m">deutsch</Msg></Strings>
    <Strings xml:lang="de-CH"><Msg ovf:msgid="m">schweizerisch</Msg></Strings>
    """

  @Test(
    arguments: [
      ("de-CH", "schweizerisch"), ("de_CH.UTF-8", "schweizerisch"), ("DE-ch", "schweizerisch"),
      ("de-AT", "deutsch"), ("de", "deutsch"), ("en-GB", "American"), ("fr", "in place"),
      (nil, "in place"),
    ] as [(String?, String)])
  func `a text falls back from region to language to what stands there`(
    locale: String?, text: String
  ) throws {
    let envelope = try read(Self.text(Self.bundles))
    let message = try #require(envelope.virtualSystems.first?.info)
    #expect(envelope.text(of: message, locale: locale) == text)
  }

  @Test func `where nothing stands, the envelope's language is taken`() throws {
    let text = Self.text(Self.bundles, language: "xml:lang=\"de\"")
      .replacing("in place", with: "")
    let envelope = try read(text)
    let message = try #require(envelope.virtualSystems.first?.info)
    #expect(envelope.text(of: message) == "deutsch")
    #expect(envelope.text(of: message, locale: "fr") == "deutsch")
  }

  @Test func `a bundle outside is asked for, and read`() throws {
    let envelope = try read(Self.text("<Strings xml:lang=\"de\" ovf:fileRef=\"b\"/>")) { file in
      #expect(file.href?.text == "de.xml")
      return Array(
        "<Strings xmlns='\(Text.ovf1)' xmlns:ovf='\(Text.ovf1)'><Msg ovf:msgid='m'>fern</Msg></Strings>"
          .utf8)
    }
    let message = try #require(envelope.virtualSystems.first?.info)
    #expect(envelope.text(of: message, locale: "de") == "fern")
    #expect(envelope.bundles.map(\.isRead) == [true])
    #expect(envelope.hasText(id: "m"))
    #expect(!envelope.hasText(id: "n"))
  }

  @Test func `a bundle that is not listed, or no XML, is said`() throws {
    let envelope = try read(
      Self.text("<Strings ovf:fileRef=\"other\"/><Strings ovf:fileRef=\"b\"/>")
    ) { _ in Array("no".utf8) }
    let files = envelope.diagnostics.compactMap { diagnostic in
      if case .bundleUnread(let file, _) = diagnostic.kind { file } else { nil }
    }
    #expect(files == ["other", "b"])
    #expect(envelope.bundles.map { $0.language == nil } == [true, true])
  }
}
