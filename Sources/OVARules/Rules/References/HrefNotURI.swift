import OVABasics
import OVAPackage
import OVFDescriptor

extension Rule {
  /// An href has characters that a URL does not have.
  static let hrefNotURI = Rule(
    id: "href-not-uri",
    group: .references,
    title: "An href is not written as a URL",
    severity: .warning,
    basis: .clause("DSP0243 7.1"),
    why: "An href is a URL, in which blanks, braces and letters beyond ASCII are percent-encoded. "
      + "Importers differ on names that are written raw: some do not find the file.",
    fix: "Percent-encode the name (`%20` for a blank), or give the file a plain name.",
    triggering: [
      Example(
        .folder, edits: [.init(old: #"href="web-disk1.vmdk""#, new: #"href="web disk1.vmdk""#)],
        [.rename("web-disk1.vmdk", to: "web disk1.vmdk")]),
      Example(
        replacing: #"href="web-disk1.vmdk""#, with: #"href="{{OS_DISK}}""#,
        caption: "a template that nobody filled in"),
      Example(
        replacing: #"href="web-disk1.vmdk""#, with: #"href="%ff.vmdk""#,
        caption: "bytes that are no UTF-8"),
      Example(
        .folder, edits: [.init(old: #"href="web-disk1.vmdk""#, new: #"href="50%.vmdk""#)],
        [.rename("web-disk1.vmdk", to: "50%.vmdk")], documented: false),
      Example(
        .folder, edits: [.init(old: #"href="web-disk1.vmdk""#, new: #"href="диск.vmdk""#)],
        [.rename("web-disk1.vmdk", to: "диск.vmdk")], documented: false),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder, edits: [.init(old: #"href="web-disk1.vmdk""#, new: #"href="web%20disk1.vmdk""#)],
        [.rename("web-disk1.vmdk", to: "web disk1.vmdk")]),
      Example(
        replacing: #"href="web-disk1.vmdk""#, with: #"href="C:\web-disk1.vmdk""#,
        caption: "an unsafe path is said by href-unsafe", documented: false),
    ]
  ) { checked, findings in
    for resolved in checked.package.references {
      guard let href = resolved.reference.href, !href.text.isEmpty else { continue }
      if case .unsafe = resolved.target { continue }
      if resolved.reference.target == .undecodable {
        findings.add(
          "the percent-encoded bytes of '\(href.text)' are not UTF-8", at: href.place,
          found: href.text, severity: .error)
      } else if let wrong = href.text.firstNonURICharacter {
        let template = Placeholder.fix(href.text)
        findings.add(
          "'\(href.text)' holds \(wrong), which a URL does not have", at: href.place,
          expected: template == nil ? href.text.percentEncoded : nil, found: href.text,
          severity: template == nil ? nil : .error, fix: template)
      }
    }
  }
}

extension String {
  /// The first character that is none of a URL's, in words.
  var firstNonURICharacter: String? {
    let bytes = Array(utf8)
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "%") {
        let digits = bytes[(index + 1)...].prefix(2)
        if digits.count == 2, digits.allSatisfy({ Hex.value($0) != nil }) { continue }
        return "a '%' without two hexadecimal digits"
      }
      if byte >= 0x80 { return "letters beyond ASCII" }
      if byte == 0x20 { return "a blank" }
      if !byte.isURICharacter { return "'\(Character(Unicode.Scalar(byte)))'" }
    }
    return nil
  }

  /// The text with everything encoded that a URL does not have.
  fileprivate var percentEncoded: String {
    PercentCoding.encoded(self) { $0.isURICharacter && $0 != UInt8(ascii: "%") }
  }
}

extension UInt8 {
  /// Unreserved and reserved characters of RFC 3986, and the percent sign.
  fileprivate var isURICharacter: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self & 0xDF) && self < 0x80
      || "-._~:/?#[]@!$&'()*+,;=%".utf8.contains(self)
  }
}
