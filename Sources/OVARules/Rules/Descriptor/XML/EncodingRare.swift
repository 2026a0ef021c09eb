import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The descriptor declares an encoding that not every parser reads.
  static let encodingRare = Rule(
    id: "encoding-rare",
    group: .descriptor,
    title: "The descriptor is not in UTF-8",
    severity: .warning,
    basis: .clause("XML 1.0, 4.3.3"),
    why: "XML parsers have to read UTF-8 and UTF-16 and nothing else. Clients written in Go, such "
      + "as govc, Terraform and Forklift, read only UTF-8, and refuse the declaration alone.",
    fix: "Save the descriptor as UTF-8 with `encoding=\"UTF-8\"`, and recreate the manifest.",
    triggering: [
      Example(replacing: #"encoding="UTF-8""#, with: #"encoding="ISO-8859-1""#),
      Example(replacing: #"encoding="UTF-8""#, with: #"encoding="utf8""#),
    ],
    passing: [
      .sound(.folder),
      Example(replacing: #"encoding="UTF-8""#, with: #"encoding="utf-8""#),
      Example(replacing: #" encoding="UTF-8""#, with: "", documented: false),
    ]
  ) { checked, findings in
    guard let declared = checked.envelope.declaredEncoding,
      declared.lowercased() != "utf-8",
      // Another encoding than the declared one is the finding.
      checked.descriptorDiagnostics({ kind -> Bool? in
        switch kind {
        case .xml(.encodingNotKept), .xml(.encodingDoubtful): true
        default: nil
        }
      }).isEmpty
    else { return }
    let isUTF16 = declared.lowercased().hasPrefix("utf-16")
    findings.add(
      "the descriptor declares the encoding '\(declared)'",
      at: Place(checked.package.descriptor.place.file, line: 1), expected: "UTF-8",
      found: declared, severity: isUTF16 ? .info : nil)
  }
}
