import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// NUL bytes follow the document.
  static let trailingPadding = Rule(
    id: "trailing-padding",
    group: .descriptor,
    title: "Bytes of zero follow the descriptor's end",
    severity: .warning,
    basis: .clause("XML 1.0, 2.1"),
    why: "A NUL byte may not stand in XML. VirtualBox cuts them off; other importers say the "
      + "document is not well-formed.",
    fix: "Cut the file after `</Envelope>`, then run `ova manifest PATH`.",
    triggering: [
      Example(.folder, .content("web.ovf", .followed(by: [0, 0, 0, 0]))),
      Example(.ova, .content("web.ovf", .followed(by: [0])), documented: false),
    ],
    passing: [
      .sound(.folder), Example(.folder, .content("web.ovf", .followed(by: [0x0A, 0x20]))),
    ]
  ) { checked, findings in
    for (bytes, place) in checked.descriptorDiagnostics({ kind in
      if case .xml(.trailingPadding(let bytes)) = kind { return bytes }
      return nil
    }) {
      findings.add("\(bytes) bytes of zero follow the document", at: place)
    }
  }
}
